#!/usr/bin/env python3
"""Others reach the server: over its own TLS, and through nginx with the configuration that comes with Cutroom."""

import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import unittest

from server import environment
from socket_line import PING, PONG, Line

PROGRAM = os.path.abspath(sys.argv.pop(1))
DEPLOY = pathlib.Path(__file__).resolve().parent.parent.parent / "server/deploy"
NAME = "films.example.org"
PASSWORD = "correct horse battery"
DEADLINE_S = 60
environment()


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait_until_open(port):
    until = time.monotonic() + DEADLINE_S
    while True:
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert time.monotonic() < until, f"nobody listens on {port}"
        time.sleep(0.02)


class Reached(unittest.TestCase):
    """A server with accounts, at https://NAME:port."""

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="cutroom-reach-"))
        (cls.folder / "web").mkdir()
        (cls.folder / "web/index.html").write_text("<!doctype html><title>page</title>")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}",
                        "-addext", f"subjectAltName=DNS:{NAME},IP:127.0.0.1", "-keyout", str(cls.folder / "key.pem"),
                        "-out", str(cls.folder / "cert.pem")], check=True, stderr=subprocess.DEVNULL)
        (cls.folder / "key.pem").chmod(0o600)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def command(self, *options):
        return [PROGRAM, "serve", "--films", str(self.folder / "films"), "--page", str(self.folder / "web"), "-q", *options]

    def start(self, *options):
        process = subprocess.Popen(self.command(*options), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        self.addCleanup(self.end, process)
        return process.stdout.readline().strip()

    def end(self, process):
        process.send_signal(signal.SIGTERM)
        complained = process.communicate(timeout=DEADLINE_S)[1]
        self.assertEqual(process.returncode, 0, complained)

    def tls(self):
        context = ssl.create_default_context(cafile=str(self.folder / "cert.pem"))
        line = socket.create_connection(("127.0.0.1", self.port), timeout=DEADLINE_S)
        return context.wrap_socket(line, server_hostname=NAME)

    def ask(self, method, path, body=None, **fields):
        fields = {"Host": f"{NAME}:{self.port}", **{name.replace("_", "-"): text for name, text in fields.items()}}
        if body is not None:
            fields |= {"Content-Type": "application/json", "Origin": fields.get("Origin", self.origin)}
        connection = http.client.HTTPConnection(NAME, self.port)
        connection.sock = self.tls()
        connection.request(method, path, body and json.dumps(body), fields)
        answer = connection.getresponse()
        answer.body = answer.read()
        connection.close()
        return answer

    def join(self, link):
        """What a person who was invited does; and what is to be seen of it."""
        found = re.fullmatch(re.escape(self.origin) + r"/#invitation=([0-9a-f]{64})", link)
        self.assertTrue(found, link)
        who = {"name": "Ada", "password": PASSWORD}
        self.assertEqual(self.ask("POST", "/api/people", {"invitation": found.group(1), **who}).status, 201)
        answer = self.ask("POST", "/api/session", who)
        self.assertEqual(answer.status, 200 if answer.status == 200 else 201)
        cookie = answer.headers["Set-Cookie"]
        for word in ("; Secure", "; HttpOnly", "; SameSite=Strict", "; Path=/"):
            self.assertIn(word, cookie)
        self.assertEqual(answer.headers["Strict-Transport-Security"], "max-age=31536000")
        self.assertTrue(cookie.startswith("__Host-cutroom-account-"), cookie)
        self.cookie = cookie.split(";")[0]
        self.assertEqual(self.ask("GET", "/api/session", Cookie=self.cookie).status, 200)

    def keeps_others_out(self):
        self.assertEqual(self.ask("GET", "/", Host="evil.example").status, 421)
        for origin in ("https://evil.example", f"http://{NAME}:{self.port}", "null"):
            answer = self.ask("POST", "/api/session", {"name": "Ada", "password": PASSWORD}, Origin=origin)
            self.assertEqual(answer.status, 403, origin)

    def is_live(self):
        server = type("Server", (), {"port": self.port, "cookie": self.cookie})
        line = Line(server, connect=self.tls, Host=f"{NAME}:{self.port}", Origin=self.origin)
        self.addCleanup(line.socket.close)
        self.assertTrue(line.accepted(), line.head)
        line.send(PING, b"there?")
        self.assertEqual(line.frame(), (PONG, b"there?"))


class Own(Reached):
    def test_tls_from_files(self):
        self.port = free_port()
        self.origin = f"https://{NAME}:{self.port}"
        tls = ["--tls-cert", str(self.folder / "cert.pem"), "--tls-key", str(self.folder / "key.pem")]
        link = self.start("--accounts", "--origin", self.origin, "--port", str(self.port), "--listen", "0.0.0.0", *tls)
        self.join(link)
        self.keeps_others_out()
        self.is_live()
        with self.assertRaises((ConnectionError, http.client.HTTPException)):
            plain = http.client.HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE_S)
            plain.request("GET", "/")
            plain.getresponse()

    def test_what_would_let_strangers_in_is_refused(self):
        cert, key = str(self.folder / "cert.pem"), str(self.folder / "key.pem")
        (self.folder / "open.pem").write_text((self.folder / "key.pem").read_text())
        (self.folder / "open.pem").chmod(0o644)
        accounts = ["--accounts", "--origin", "https://films.example.org"]
        for options, said in (
                (["--origin", "https://films.example.org"], "--accounts"),
                (["--accounts", "--origin", "films.example.org"], "is no origin"),
                (["--accounts", "--origin", "https://films.example.org/x"], "is no origin"),
                (["--accounts", "--listen", "0.0.0.0"], "--origin"),
                ([*accounts, "--listen", "0.0.0.0"], "--tls-cert"),
                ([*accounts, "--tls-cert", cert], "both"),
                ([*accounts, "--tls-cert", cert, "--tls-key", str(self.folder / "open.pem")], "chmod 600"),
                ([*accounts, "--tls-cert", key, "--tls-key", key], "TLS cannot be spoken"),
                ([*accounts, "--tls-cert", str(self.folder / "none"), "--tls-key", key], "cannot be read"),
                (["--proxy", "films.example.org", "--accounts"], "no IPv4 address"),
                (["--listen", "films.example.org", *accounts, "--tls-cert", cert, "--tls-key", key], "no IPv4 address")):
            done = subprocess.run(self.command("--port", "0", *options), capture_output=True, text=True, timeout=DEADLINE_S)
            self.assertNotEqual(done.returncode, 0, options)
            self.assertIn(said, done.stderr, options)
            self.assertNotIn("PRIVATE", done.stderr)


class Nginx(Reached):
    def test_the_configuration_that_comes_with_it(self):
        self.port, inner, plain = free_port(), free_port(), free_port()
        self.origin = f"https://{NAME}:{self.port}"
        link = self.start("--accounts", "--origin", self.origin, "--proxy", "127.0.0.1", "--port", str(inner))
        self.start_nginx(inner, plain)
        self.join(link)
        self.keeps_others_out()
        self.is_live()
        part = self.ask("GET", "/", Cookie=self.cookie, Range="bytes=2-8")
        self.assertEqual((part.status, part.body), (206, b"doctype"))
        self.assertEqual(part.headers["Cross-Origin-Embedder-Policy"], "require-corp")
        self.is_http2()
        self.assertEqual(self.moved(plain), f"https://{NAME}/films")
        self.counts_by_address()

    def try_invitation(self, source, forged):
        context = ssl.create_default_context(cafile=str(self.folder / "cert.pem"))
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=DEADLINE_S, context=context, source_address=(source, 0))
        body = json.dumps({"invitation": "0" * 64, "name": "stranger", "password": PASSWORD})
        fields = {"Host": f"{NAME}:{self.port}", "Origin": self.origin, "Content-Type": "application/json", "X-Forwarded-For": forged}
        connection.request("POST", "/api/people", body, fields)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status

    def counts_by_address(self):
        """Behind the server in front it is told apart from where keys are tried, whatever the client claims."""
        tried = [self.try_invitation("127.0.0.5", f"192.0.2.{i}") for i in range(61)]
        self.assertEqual(tried, [403] * 60 + [429])
        self.assertEqual(self.try_invitation("127.0.0.6", "127.0.0.5"), 403)

    def start_nginx(self, inner, plain):
        site = (DEPLOY / "nginx.conf").read_text()
        for shipped, here in (("127.0.0.1:8787", f"127.0.0.1:{inner}"), ("listen 80;", f"listen 127.0.0.1:{plain};"),
                              ("listen 443 ssl", f"listen 127.0.0.1:{self.port} ssl"),
                              (f"/etc/letsencrypt/live/{NAME}/fullchain.pem", str(self.folder / "cert.pem")),
                              (f"/etc/letsencrypt/live/{NAME}/privkey.pem", str(self.folder / "key.pem"))):
            self.assertIn(shipped, site)
            site = site.replace(shipped, here)
        temporary = "".join(f"{name}_temp_path {self.folder}/{name};"
                            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        (self.folder / "nginx.conf").write_text(
            f"daemon off; pid {self.folder}/nginx.pid; error_log {self.folder}/nginx.log;\nevents {{}}\n"
            f"http {{ access_log off; {temporary}\n{site}\n}}\n")
        program = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
        process = subprocess.Popen([program, "-c", str(self.folder / "nginx.conf")], stderr=subprocess.DEVNULL)
        self.addCleanup(process.wait, DEADLINE_S)
        self.addCleanup(process.terminate)
        wait_until_open(self.port)

    def is_http2(self):
        done = subprocess.run(["curl", "-sS", "--http2", "--cacert", str(self.folder / "cert.pem"), "-o", "/dev/null",
                               "-w", "%{http_version} %{http_code}", "--resolve", f"{NAME}:{self.port}:127.0.0.1",
                               f"{self.origin}/"], check=True, capture_output=True, text=True)
        self.assertEqual(done.stdout, "2 200")

    def moved(self, plain):
        connection = http.client.HTTPConnection("127.0.0.1", plain, timeout=DEADLINE_S)
        connection.request("GET", "/films", headers={"Host": NAME})
        answer = connection.getresponse()
        self.assertEqual(answer.status, 301)
        return answer.headers["Location"]


unittest.main(argv=[sys.argv[0]])
