#!/usr/bin/env python3
"""`cutroom serve` beside nginx, on loopback, in turns: ranges of a large file, small files, and both again with
idle connections beside; then what idle subscribers of the live updates cost.

  server.py CUTROOM [--runs N] [--seconds S] [--idle N] [--work FOLDER]

Each server has the first core, the load (wrk) the second. Prints one JSON object a row, for tools/bench; a
peer that is not installed is said to be missing."""

import argparse
import hashlib
import http.client
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "blackbox"))
from socket_line import TEXT, Line  # noqa: E402

LARGE_BYTES, RANGE_BYTES, SMALL_BYTES = 1 << 30, 256 << 10, 1 << 10
CONNECTIONS = 64
SERVER_CORE, LOAD_CORE = "0", "1"
DEADLINE_S = 60

NGINX = """daemon off; worker_processes 1; pid {work}/nginx.pid; error_log {work}/nginx.log;
events {{ worker_connections 16384; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; keepalive_timeout 300;
  client_body_temp_path {work}/t1; proxy_temp_path {work}/t2; fastcgi_temp_path {work}/t3;
  uwsgi_temp_path {work}/t4; scgi_temp_path {work}/t5;
  server {{ listen 127.0.0.1:{port}; root {work}/assets; }}
}}
"""

# Ranges begin anywhere, at a multiple of the page; how long each is does not change.
WRK = """
wrk.headers["Cookie"] = "{cookie}"
local large = {large}
request = function()
  if large then
    local first = math.random(0, {last_page}) * 4096
    wrk.headers["Range"] = "bytes=" .. first .. "-" .. (first + {range} - 1)
  end
  return wrk.format("GET", "{path}")
end
"""


def wait_until(what, holds):
    until = time.monotonic() + DEADLINE_S
    while not holds():
        if time.monotonic() > until:
            sys.exit(f"server: after {DEADLINE_S} s still not: {what}")
        time.sleep(0.01)


def is_open(port):
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def make_assets(work):
    """A large file and a small one as the store keeps them, and the same ones for nginx. Gives their names."""
    assets = work / "assets"
    (assets / "about").mkdir(parents=True)
    names = {}
    for kind, size in (("large", LARGE_BYTES), ("small", SMALL_BYTES)):
        temporary = work / kind
        digest = hashlib.sha256()
        with temporary.open("wb") as file:
            piece = os.urandom(min(size, 1 << 20))
            for _ in range(size // len(piece)):
                file.write(piece)
                digest.update(piece)
        key = names[kind] = digest.hexdigest()
        (assets / "objects" / key[:2]).mkdir(parents=True)
        temporary.rename(assets / "objects" / key[:2] / key)
        about = {"type": "application/octet-stream", "name": kind, "modified": int(time.time())}
        (assets / "about" / f"{key}.json").write_text(json.dumps(about))
    return names


class Cutroom:
    def __init__(self, program, work):
        page = work / "page"
        page.mkdir()
        (page / "index.html").write_text("<!doctype html><title>page</title>")
        self.process = subprocess.Popen(
            ["taskset", "-c", SERVER_CORE, program, "serve", "--port", "0", "--assets", str(work / "assets"), "--films",
             str(work / "films"), "--page", str(page), "-q"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        link = self.process.stdout.readline().strip()
        port, path = re.fullmatch(r"http://127\.0\.0\.1:(\d+)(/open\?token=[0-9a-f]+)", link).groups()
        self.port = int(port)
        self.cookie = self.ask("GET", path).headers["Set-Cookie"].split(";")[0]

    def address(self, key):
        return f"/asset/{key}"

    def ask(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE_S)
        fields = {"Content-Type": "application/json"} if body else {}
        if hasattr(self, "cookie"):
            fields["Cookie"] = self.cookie
        connection.request(method, path, body and json.dumps(body), fields)
        answer = connection.getresponse()
        answer.body = answer.read()
        connection.close()
        return answer

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(DEADLINE_S)


class Nginx:
    def __init__(self, program, work):
        self.port, self.cookie = free_port(), "a=b"
        (work / "nginx.conf").write_text(NGINX.format(work=work, port=self.port))
        self.process = subprocess.Popen(["taskset", "-c", SERVER_CORE, program, "-c", str(work / "nginx.conf")],
                                        stderr=subprocess.DEVNULL)
        wait_until("nginx listens", lambda: is_open(self.port))

    def address(self, key):
        return f"/objects/{key[:2]}/{key}"

    def stop(self):
        self.process.terminate()
        self.process.wait(DEADLINE_S)


def family(pid):
    """The process and what it has started."""
    found = [pid]
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        found += [one for child in (task / "children").read_text().split() for one in family(int(child))]
    return found


def cpu_seconds(pid):
    ticks = 0
    for one in family(pid):
        fields = pathlib.Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def memory_bytes(pid):
    return int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def load(server, work, name, is_large, seconds):
    """Requests a second, and the processor's seconds for each GiB."""
    script = work / "load.lua"
    script.write_text(WRK.format(cookie=server.cookie, large="true" if is_large else "false", path=server.address(name),
                                 last_page=(LARGE_BYTES - RANGE_BYTES) // 4096, range=RANGE_BYTES))
    before = cpu_seconds(server.process.pid)
    said = subprocess.run(["taskset", "-c", LOAD_CORE, "wrk", "-t", "1", "-c", str(CONNECTIONS), "-d", f"{seconds}s", "-s",
                           str(script), f"http://127.0.0.1:{server.port}/"], check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        sys.exit(f"server: not every request was answered:\n{said}")
    spent = cpu_seconds(server.process.pid) - before
    requests = int(re.search(r"(\d+) requests in", said).group(1))
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said).group(1))
    return rate, spent / (requests * (RANGE_BYTES if is_large else SMALL_BYTES) / (1 << 30))


def row(name, ours, peer, unit, goal, digits=1):
    print(json.dumps({"row": name, "ours": round(ours, digits), "peer": peer and round(peer, digits), "peer_name": "nginx",
                      "unit": unit, "goal": goal}), flush=True)


def compare(servers, work, names, options, suffix=""):
    """The rows of ranges and small files; gives what ours had of ranges."""
    found = {}
    for _ in range(options.runs):
        for who, server in servers.items():
            for kind in ("large", "small"):
                found.setdefault((who, kind), []).append(
                    load(server, work, names[kind], kind == "large", options.seconds))
                print(f"server: {who} {kind}{suffix}: {found[who, kind][-1][0]:.0f} requests/s", file=sys.stderr)
    middle = {key: [statistics.median(column) for column in zip(*values)] for key, values in found.items()}
    peer = middle.get(("nginx", "large"), [None, None])
    row(f"range{suffix}", middle["ours", "large"][0], peer[0], "req/s", ">= 1.2")
    row(f"range-cpu{suffix}", middle["ours", "large"][1], peer[1], "s/GiB", "<= 0.85", 3)
    row(f"range-small{suffix}", middle["ours", "small"][0], middle.get(("nginx", "small"), [None])[0], "req/s", ">= 1.0")
    return middle["ours", "large"][0]


def idle_connections(server, count):
    """Connections that have asked once and are kept."""
    lines = []
    for _ in range(count):
        one = socket.create_connection(("127.0.0.1", server.port), timeout=DEADLINE_S)
        one.sendall(f"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
        one.recv(4096)
        lines.append(one)
    return lines


def measure_subscribers(server, count):
    film = json.loads(server.ask("POST", "/api/films", {"prompt": "A quiet film", "seconds": 5}).body)["id"]
    wait_until("the film asks", lambda: json.loads(server.ask("GET", f"/api/films/{film}").body)["status"] == "asking")
    before = memory_bytes(server.process.pid)
    lines = [Line(server) for _ in range(count)]
    for line in lines:
        line.say(type="subscribe", film=film)
    for line in lines:
        assert line.hear()["type"] == "snapshot"
    spent = memory_bytes(server.process.pid) - before
    began = time.monotonic()
    server.ask("PATCH", f"/api/films/{film}", {"title": "Quieter"})
    for line in lines:
        assert line.frame()[0] == TEXT
    seconds = time.monotonic() - began
    for line in lines:
        line.socket.close()
    row(f"idle-{count}-memory", spent / (1 << 20), None, "MiB", "<= 100")
    row(f"idle-{count}-delta", seconds, None, "s", "<= 1", 3)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("cutroom")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--idle", type=int, default=10000)
    parser.add_argument("--work")
    options = parser.parse_args()
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    work = pathlib.Path(tempfile.mkdtemp(prefix="cutroom-bench-", dir=options.work))
    work.chmod(0o755)  # nginx reads it as somebody else
    servers = {}
    try:
        names = make_assets(work)
        servers["ours"] = Cutroom(options.cutroom, work)
        nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
        if nginx:
            servers["nginx"] = Nginx(nginx, work)
        alone = compare(servers, work, names, options)
        idle = min(options.idle, files - 1000)
        lines = idle_connections(servers["ours"], idle)
        beside = statistics.median(load(servers["ours"], work, names["large"], True, options.seconds)[0]
                                   for _ in range(options.runs))
        for line in lines:
            line.close()
        print(json.dumps({"row": f"range beside {idle} idle", "ours": round(beside, 1), "peer": round(alone, 1),
                          "peer_name": "without", "unit": "req/s", "goal": ">= 0.95"}), flush=True)
        measure_subscribers(servers["ours"], idle)
    finally:
        for server in servers.values():
            server.stop()
        shutil.rmtree(work)


main()
