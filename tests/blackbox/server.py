"""A running `cutroom serve` with an empty folder of films, and one browser's session with it."""

import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import time

DEADLINE_S = 120
# What a film is about does not change with its size; how long it takes does.
SMALL = {"width": 320, "height": 180}


class Server:
    words = ()  # more of the command line

    def __init__(self, program):
        self.program = program
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="cutroom-studio-"))
        (self.folder / "web").mkdir()
        (self.folder / "web/index.html").write_text("<!doctype html><title>page</title>")
        self.films = self.folder / "films"
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [self.program, "serve", "--port", "0", "--films", str(self.films), "--page", str(self.folder / "web"), "-q",
             *self.words],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        link = self.process.stdout.readline().strip()
        found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)(/open\?token=[0-9a-f]{64})", link)
        assert found, link
        self.port, self.cookie = int(found.group(1)), None
        answer = self.ask("GET", found.group(2))
        self.cookie = answer.headers["Set-Cookie"].split(";")[0]

    def kill(self):
        self.process.kill()
        self.process.communicate()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        complained = self.process.communicate(timeout=60)[1]
        assert self.process.returncode == 0, complained

    def remove(self):
        shutil.rmtree(self.folder)

    def ask(self, method, path, body=None, **fields):
        """An answer with its JSON, if it has one, in .json."""
        fields = {name.replace("_", "-"): text for name, text in fields.items()}
        if self.cookie and "Cookie" not in fields:
            fields["Cookie"] = self.cookie
        if body is not None and "Content-Type" not in fields:
            fields["Content-Type"] = "application/json"
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, data, fields)
        answer = connection.getresponse()
        answer.body = answer.read()
        connection.close()
        is_json = answer.headers.get("Content-Type") == "application/json"
        answer.json = json.loads(answer.body) if is_json and answer.body else None
        return answer

    def wait(self, film, holds):
        """The film's state as soon as `holds` is true of it."""
        until = time.monotonic() + DEADLINE_S
        while True:
            state = self.ask("GET", f"/api/films/{film}").json
            if holds(state):
                return state
            assert time.monotonic() < until, (state["status"], state["phases"], state.get("fault"))
            time.sleep(0.05)

    def make(self, **wish):
        answer = self.ask("POST", "/api/films", {"prompt": "How bees find flowers", "seconds": 10, "asks": False, **SMALL, **wish})
        assert answer.status == 201, answer.body
        return answer.json["id"]


def environment():
    """Only what is on this machine makes the films of a test."""
    for name in list(os.environ):
        if name.endswith(("_API_KEY", "_API_TOKEN")):
            del os.environ[name]
