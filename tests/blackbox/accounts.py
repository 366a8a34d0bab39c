"""`cutroom serve --accounts` attacked over HTTP: nobody gets further than their part reaches."""

import http.client
import json
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile

import schema

# What the API file describes of accounts is held against it.
DESCRIBED = re.compile(
    r"/api/(sessions?(/\d+)?|password|reset|people(/[^/]+/reset)?|parts|(invitations|tokens)(/\d+)?|audit"
    r"|films/[^/]+/(people|invitations(/\d+)?))(\?.*)?")
PASSWORD = "correct horse battery"

# method, path below the film, body, the least role that may.
ROUTES = [
    ("GET", "", None, "viewer"),
    ("GET", "/ledger", None, "viewer"),
    ("GET", "/estimate", None, "viewer"),
    ("PATCH", "", {}, "editor"),
    ("POST", "/duplicate", {}, "editor"),
    ("POST", "/answers", {}, "editor"),
    ("PATCH", "/scenes/1", {}, "editor"),
    ("POST", "/scenes/1/picture", {}, "editor"),
    ("PUT", "/scenes/1/picture", {}, "editor"),
    ("POST", "/approve", {}, "editor"),
    ("PATCH", "/sound", {}, "editor"),
    ("POST", "/retry", {}, "editor"),
    ("POST", "/cancel", {}, "editor"),
    ("POST", "/resume", {}, "editor"),
    ("PATCH", "/models", {}, "editor"),
    ("POST", "/decide", {}, "editor"),
    ("POST", "/scenes", {}, "editor"),
    ("POST", "/scenes/order", {}, "editor"),
    ("DELETE", "/scenes/1", None, "editor"),
    ("POST", "/scenes/1/restore", {}, "editor"),
    ("POST", "/scenes/1/split", {}, "editor"),
    ("POST", "/scenes/1/merge", {}, "editor"),
    ("POST", "/scenes/1/voice", {}, "editor"),
    ("PUT", "/scenes/1/voice", {}, "editor"),
    ("POST", "/scenes/1/motion", {}, "editor"),
    ("PUT", "/scenes/1/motion", {}, "editor"),
    ("PUT", "/people", {}, "owner"),
    ("POST", "/restore", {}, "owner"),
    ("DELETE", "", None, "owner"),
]
ORDER = ["none", "viewer", "editor", "owner"]


class Browser:
    """One person's cookies, or with `token` one program's key."""

    def __init__(self, port, token=None):
        self.port, self.token, self.cookie = port, token, None

    def ask(self, method, path, body=None, **fields):
        fields = {name.replace("_", "-"): text for name, text in fields.items()}
        if self.token:
            fields["Authorization"] = "Bearer " + self.token
        elif "Origin" not in fields:
            fields["Origin"] = f"http://127.0.0.1:{self.port}"
        if self.cookie:
            fields["Cookie"] = self.cookie
        data = None
        if body is not None:
            data = json.dumps(body)
            fields["Content-Type"] = "application/json"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, data, {name: text for name, text in fields.items() if text is not None})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        answer.json = json.loads(text) if text.startswith("{") else None
        answer.body = text
        # What the gate turns away before is told in plain words.
        is_ours = "evil" not in (fields.get("Origin") or "") and DESCRIBED.fullmatch(path)
        if is_ours:
            assert not schema.judge(method, path, answer), schema.judge(method, path, answer)
            assert not text or answer.headers["Cache-Control"] == "no-store", path
        set_cookie = answer.headers.get("Set-Cookie")
        if set_cookie:
            self.cookie = set_cookie.split(";")[0]
        return answer

    def enter(self, name, password=PASSWORD):
        return self.ask("POST", "/api/session", {"name": name, "password": password})


class Server:
    def __init__(self, program):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="cutroom-accounts-"))
        (self.folder / "web").mkdir()
        (self.folder / "web/index.html").write_text("<!doctype html><title>page</title>")
        self.log = (self.folder / "log").open("w+")
        self.process = subprocess.Popen(
            [program, "serve", "--accounts", "--port", "0", "--films", str(self.folder / "films"), "--page", str(self.folder / "web")],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self.log, text=True)
        link = self.process.stdout.readline().strip()
        found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/#invitation=([0-9a-f]{64})", link)
        assert found, link
        self.port, self.invitation = int(found.group(1)), found.group(2)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=60)
        assert self.process.returncode == 0, (self.folder / "log").read_text()[-2000:]


def expect(answer, *statuses):
    assert answer.status in statuses, (answer.status, statuses, answer.json)
    return answer


def join(server, owner, name):
    invitation = expect(owner.ask("POST", "/api/invitations", {}), 201).json["invitation"]
    person = Browser(server.port)
    wish = {"invitation": invitation, "name": name, "password": PASSWORD}
    expect(person.ask("POST", "/api/people", wish), 201)
    expect(person.ask("POST", "/api/people", {**wish, "name": name + "2"}), 403)
    expect(person.enter(name), 200)
    return person


def first_person(server):
    owner = Browser(server.port)
    expect(owner.ask("GET", "/api/films"), 401)
    wish = {"invitation": server.invitation, "name": "owner", "password": "short"}
    expect(owner.ask("POST", "/api/people", wish), 400, 422)
    expect(owner.ask("POST", "/api/people", {**wish, "password": PASSWORD}), 201)
    # A session that somebody else put there is not taken up.
    owner.cookie = f"cutroom-account-{server.port}=" + "a" * 64
    planted = owner.cookie
    answer = expect(owner.enter("owner"), 200)
    assert owner.cookie != planted
    for part in ("HttpOnly", "SameSite=Strict", "Path=/"):
        assert part in answer.headers["Set-Cookie"], part
    assert answer.json == {"name": "owner", "admin": True, "scope": "admin"}
    before = owner.cookie
    expect(owner.enter("owner"), 200)
    stale = Browser(server.port)
    stale.cookie = before
    expect(stale.ask("GET", "/api/session"), 401)
    return owner


def other_origins(server, owner):
    expect(owner.ask("POST", "/api/tokens", {"scope": "read"}, Origin="http://evil.example"), 403)
    expect(owner.ask("POST", "/api/tokens", {"scope": "read"}, Origin=None), 403)
    expect(owner.ask("POST", "/api/films", {"prompt": "x"}, Origin=None), 403)
    expect(owner.ask("GET", "/api/films", Host="films.example"), 421)


def roles(server, owner, film):
    people = {role: join(server, owner, role + "-1") for role in ORDER}
    for role in ORDER[1:]:
        expect(owner.ask("PUT", f"/api/films/{film}/people", {"name": role + "-1", "role": role}), 204)
    for method, path, body, least in ROUTES:
        for role in ORDER[:ORDER.index(least)]:
            answer = people[role].ask(method, f"/api/films/{film}{path}", body)
            assert answer.status == (404 if role == "none" else 403), (method, path, role, answer.status)
        # Whoever may is not kept out; what they ask for may be nonsense.
        if (method, path) != ("DELETE", ""):
            answer = people[least].ask(method, f"/api/films/{film}{path}", body)
            assert answer.status not in (401, 403), (method, path, least, answer.status)
    for path in ("/api/audit", "/metrics"):
        expect(people["owner"].ask("GET", path), 403)
    expect(people["owner"].ask("POST", "/api/invitations", {}), 403)
    expect(people["none"].ask("GET", f"/films/{film}/project.json"), 404)
    listed = [card["id"] for card in people["none"].ask("GET", "/api/films").json["films"]]
    assert film not in listed
    listed = [card["id"] for card in people["viewer"].ask("GET", "/api/films").json["films"]]
    assert film in listed
    expect(owner.ask("PUT", f"/api/films/{film}/people", {"name": "viewer-1", "role": "none"}), 204)
    expect(people["viewer"].ask("GET", f"/api/films/{film}"), 404)
    return people


def tokens(server, person, film):
    keys = {scope: expect(person.ask("POST", "/api/tokens", {"scope": scope}), 201).json["token"] for scope in ("read", "write")}
    reader, writer = (Browser(server.port, keys[scope]) for scope in ("read", "write"))
    expect(reader.ask("GET", f"/api/films/{film}"), 200)
    expect(reader.ask("PATCH", f"/api/films/{film}", {}), 403)
    expect(writer.ask("POST", "/api/tokens", {"scope": "write"}), 403)
    expect(writer.ask("PUT", f"/api/films/{film}/people", {"name": "none-1", "role": "owner"}), 403)
    as_cookie = Browser(server.port)
    as_cookie.cookie = f"cutroom-account-{server.port}={keys['write']}"
    expect(as_cookie.ask("GET", "/api/session"), 401)
    expect(person.ask("DELETE", "/api/tokens"), 204)
    expect(reader.ask("GET", f"/api/films/{film}"), 401)
    return list(keys.values())


def wrong_passwords(server):
    told = []
    for name in ("editor-1", "nobody-of-ours"):
        browser = Browser(server.port)
        answers = [browser.enter(name, "wrong password %d" % i) for i in range(11)]
        told.append([(answer.status, answer.json["error"]["message"] if "error" in answer.json else answer.json) for answer in answers])
        assert [answer.status for answer in answers] == [401] * 10 + [429]
    assert told[0] == told[1], told
    expect(Browser(server.port).enter("editor-1"), 429)


def leaks(server, secrets):
    (server.folder / "log").read_text()
    places = [server.folder / "log", *server.folder.glob("films/accounts.sqlite*")]
    assert len(places) > 1
    for place in places:
        kept = place.read_bytes()
        for secret in secrets:
            assert secret.encode() not in kept, place
    database = server.folder / "films/accounts.sqlite"
    assert database.stat().st_mode & 0o077 == 0
    hashes = sqlite3.connect(database).execute("SELECT password FROM users").fetchall()
    assert hashes and all(text.startswith("$argon2id$") for text, in hashes)


def main():
    server = Server(sys.argv[1])
    try:
        owner = first_person(server)
        other_origins(server, owner)
        film = expect(owner.ask("POST", "/api/films", {"prompt": "Bees", "seconds": 10, "width": 320, "height": 180}), 201).json["id"]
        people = roles(server, owner, film)
        secrets = tokens(server, people["owner"], film)
        wrong_passwords(server)
        done = {line["what"] for line in expect(owner.ask("GET", "/api/audit"), 200).json["lines"]}
        assert done >= {"invite", "join", "enter", "refused", "share", "token", "leave"}, done
        secrets += [server.invitation, PASSWORD, owner.cookie.split("=")[1]]
        again = Browser(server.port)
        again.cookie = owner.cookie
        expect(owner.ask("DELETE", "/api/session?all=true"), 204)
        expect(again.ask("GET", "/api/session"), 401)
        server.stop()
        leaks(server, secrets)
    finally:
        if server.process.poll() is None:
            server.process.kill()
            server.process.communicate()
        server.log.close()
        shutil.rmtree(server.folder)


if __name__ == "__main__":
    main()
