#!/usr/bin/env python3
"""`cutroom serve` from outside: what a browser is given, and what nobody else is."""

import contextlib
import http.client
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.path.abspath(sys.argv.pop(1))
# The films of whoever runs the tests are none of theirs.
HOME = tempfile.TemporaryDirectory(prefix="cutroom-home-")
os.environ["XDG_DATA_HOME"] = HOME.name
MEDIA = bytes(range(256)) * 40  # 10 240 bytes, each telling its place


class Serve(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="cutroom-serve-"))
        film, page = cls.folder / "bees.cutroom", cls.folder / "web"
        (film / "assets").mkdir(parents=True)
        (film / "project.json").write_text('{"version": 1, "title": "Bees", "sequences": [{"id": "film"}]}')
        (film / "assets/a.mp4").write_bytes(MEDIA)
        (film / "state.db").write_text("not for the network")
        (film / "assets/link").symlink_to("/etc/passwd")
        (page / "assets").mkdir(parents=True)
        (page / "index.html").write_text("<!doctype html><title>page</title>")
        (page / "assets/main-A1b2C3d4.js").write_text("plain")
        (page / "assets/main-A1b2C3d4.js.br").write_bytes(b"as brotli")
        cls.server = subprocess.Popen(
            [PROGRAM, "serve", str(film), "--port", "0", "--page", str(page), "-q"], stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        link = cls.server.stdout.readline().strip()
        found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)(/open\?token=[0-9a-f]{64}&film=bees)", link)
        assert found, link
        cls.port, cls.link = int(found.group(1)), found.group(2)
        answer = cls.ask(cls.link)
        assert answer.status == 303, answer.status
        cls.location = answer.headers["Location"]
        cls.set_cookie = answer.headers["Set-Cookie"]
        cls.cookie = cls.set_cookie.split(";")[0]

    @classmethod
    def tearDownClass(cls):
        cls.server.send_signal(signal.SIGTERM)
        said, complained = cls.server.communicate(timeout=30)
        shutil.rmtree(cls.folder)
        assert cls.server.returncode == 0, complained

    @classmethod
    def ask(cls, path, method="GET", **fields):
        connection = http.client.HTTPConnection("127.0.0.1", cls.port, timeout=30)
        connection.request(method, path, headers={name.replace("_", "-"): text for name, text in fields.items()})
        answer = connection.getresponse()
        answer.body = answer.read()
        connection.close()
        return answer

    def film(self, path, method="GET", **fields):
        return self.ask(path, method, Cookie=self.cookie, **fields)

    def raw(self, text):
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as line:
            line.sendall(text.encode("latin-1"))
            answer = b""
            while chunk := line.recv(65536):
                answer += chunk
        return answer

    def test_the_link_opens_the_page_with_the_film_once(self):
        self.assertEqual(self.location, "/?project=films/bees/project.json")
        self.assertIn("HttpOnly", self.set_cookie)
        self.assertIn("SameSite=Strict", self.set_cookie)
        again = self.ask(self.link)
        self.assertEqual(again.status, 403)
        self.assertNotIn("Set-Cookie", again.headers)

    def test_the_page_gets_threads_and_a_policy(self):
        page = self.ask("/")
        self.assertEqual((page.status, page.headers["Content-Type"]), (200, "text/html; charset=utf-8"))
        self.assertEqual(page.headers["Cross-Origin-Opener-Policy"], "same-origin")
        self.assertEqual(page.headers["Cross-Origin-Embedder-Policy"], "require-corp")
        self.assertIn("default-src 'self'", page.headers["Content-Security-Policy"])
        self.assertEqual(page.headers["Cache-Control"], "no-cache")
        self.assertEqual(self.ask("/", If_None_Match=page.headers["ETag"]).status, 304)

    def test_hashed_names_are_kept_and_sent_compressed(self):
        name = "/assets/main-A1b2C3d4.js"
        plain = self.ask(name)
        self.assertEqual((plain.body, plain.headers["Content-Encoding"]), (b"plain", None))
        self.assertIn("immutable", plain.headers["Cache-Control"])
        small = self.ask(name, Accept_Encoding="gzip, br")
        self.assertEqual((small.body, small.headers["Content-Encoding"]), (b"as brotli", "br"))
        self.assertEqual(small.headers["Vary"], "Accept-Encoding")
        self.assertNotEqual(small.headers["ETag"], plain.headers["ETag"])
        self.assertEqual(self.ask(name, Accept_Encoding="br;q=0").body, b"plain")

    def test_media_come_whole_and_in_ranges(self):
        address = "/films/bees/assets/a.mp4"
        whole = self.film(address)
        self.assertEqual((whole.status, whole.body), (200, MEDIA))
        self.assertEqual((whole.headers["Content-Type"], whole.headers["Accept-Ranges"]), ("video/mp4", "bytes"))
        part = self.film(address, Range="bytes=1000-1999")
        self.assertEqual((part.status, part.body), (206, MEDIA[1000:2000]))
        self.assertEqual(part.headers["Content-Range"], f"bytes 1000-1999/{len(MEDIA)}")
        self.assertEqual(self.film(address, Range="bytes=-10").body, MEDIA[-10:])
        self.assertEqual(self.film(address, Range=f"bytes={len(MEDIA)}-").status, 416)
        tag = whole.headers["ETag"]
        self.assertEqual(self.film(address, Range="bytes=0-9", If_Range=tag).status, 206)
        self.assertEqual(self.film(address, Range="bytes=0-9", If_Range='"other"').status, 200)
        self.assertEqual(self.film(address, If_Match='"other"').status, 412)
        head = self.film(address, "HEAD")
        self.assertEqual((head.status, head.body, head.headers["Content-Length"]), (200, b"", str(len(MEDIA))))

    def test_several_ranges_come_as_parts(self):
        answer = self.film("/films/bees/assets/a.mp4", Range="bytes=0-9,5000-5009,-5")
        kind = re.fullmatch(r"multipart/byteranges; boundary=(.+)", answer.headers["Content-Type"])
        self.assertEqual((answer.status, len(answer.body)), (206, int(answer.headers["Content-Length"])))
        parts = answer.body.split(b"--" + kind.group(1).encode())
        self.assertEqual(len(parts), 5)
        bodies = [part.split(b"\r\n\r\n", 1)[1].removesuffix(b"\r\n") for part in parts[1:4]]
        self.assertEqual(bodies, [MEDIA[:10], MEDIA[5000:5010], MEDIA[-5:]])
        self.assertEqual(parts[4].strip(), b"--")

    def test_without_a_session_there_are_no_films(self):
        for cookie in ("", "cutroom=1", f"cutroom-{self.port}=" + "0" * 64, "x" + self.cookie):
            self.assertEqual(self.ask("/films/bees/project.json", Cookie=cookie).status, 401, cookie)
        self.assertEqual(self.film("/films/bees/project.json").status, 200)
        self.assertEqual(self.film("/films/").body.decode().count("bees"), 2)

    def test_only_this_machine_and_this_origin_are_answered(self):
        for host in ("evil.example", f"evil.example:{self.port}", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example"):
            self.assertEqual(self.film("/films/", Host=host).status, 421, host)
        self.assertEqual(self.film("/", Host=f"localhost:{self.port}").status, 200)
        self.assertEqual(self.film("/films/", Origin="http://evil.example").status, 403)
        self.assertEqual(self.film("/films/", Origin="null").status, 403)
        self.assertEqual(self.film("/films/", Origin=f"http://127.0.0.1:{self.port}").status, 200)

    def test_nothing_beside_the_film_is_reached(self):
        for path in ("/films/bees/state.db", "/films/bees/assets/link", "/films/bees/assets", "/films/bees",
                     "/films/wasps/project.json", "/assets/gone.js", "/assets"):
            self.assertEqual(self.film(path).status, 404, path)
        for path in ("/films/bees/assets/../state.db", "/films/bees/assets/%2e%2e/state.db", "/..%2fweb/index.html",
                     "/a//b", "/a%00b", "/a%5cb", "/%zz", "/a%"):
            self.assertEqual(self.film(path).status, 400, path)

    def test_other_methods_say_what_there_is(self):
        for method in ("POST", "PUT", "DELETE", "OPTIONS"):
            answer = self.film("/", method)
            self.assertEqual((answer.status, answer.headers["Allow"]), (405, "GET, HEAD"))

    def test_what_is_no_request_harms_nobody(self):
        with contextlib.ExitStack() as lines:
            for text in ("\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\x00\xff\x16\x03\r\n\r\n",
                         "GET / HTTP/1.1\r\nHost"):
                line = lines.enter_context(socket.create_connection(("127.0.0.1", self.port), timeout=30))
                line.sendall(text.encode("latin-1"))
            self.assertEqual(self.film("/films/bees/assets/a.mp4").body, MEDIA)

    def test_what_is_too_long_is_refused(self):
        for text in ("GET / HTTP/1.1\r\nHost: a\r\nX: " + "a" * 100000 + "\r\n\r\n",
                     "GET /" + "a" * 100000 + " HTTP/1.1\r\nHost: a\r\n\r\n"):
            try:
                answer = self.raw(text)
            except ConnectionError:
                answer = b""
            self.assertTrue(answer == b"" or re.match(rb"HTTP/1\.[01] 4\d\d", answer), answer[:80])

    def test_one_connection_carries_many_requests(self):
        one = f"GET /healthz HTTP/1.1\r\nHost: localhost:{self.port}\r\n\r\n"
        last = one.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")
        self.assertEqual(self.raw(one * 9 + last).count(b"HTTP/1.1 200"), 10)

    def test_a_thousand_who_say_nothing_harm_nobody(self):
        lines = [socket.create_connection(("127.0.0.1", self.port), timeout=30) for _ in range(900)]
        try:
            self.assertEqual(self.film("/films/bees/assets/a.mp4").body, MEDIA)
        finally:
            for line in lines:
                line.close()


class Refused(unittest.TestCase):
    def run_serve(self, *words):
        done = subprocess.run([PROGRAM, "serve", *words], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=30)
        return done.returncode, done.stderr

    def test_what_is_not_there_is_named(self):
        code, said = self.run_serve("/nowhere/at/all")
        self.assertEqual(code, 4)
        self.assertIn("/nowhere/at/all", said)
        code, said = self.run_serve("--page", "/nowhere/web")
        self.assertEqual(code, 4)
        self.assertIn("/nowhere/web", said)

    def test_wrong_words_are_named(self):
        for words in (["--port", "70000"], ["--port"], ["--wrong"]):
            self.assertEqual(self.run_serve(*words)[0], 2, words)

    def test_a_taken_port_is_said(self):
        with tempfile.TemporaryDirectory() as page, socket.socket() as taken:
            (pathlib.Path(page) / "index.html").write_text("page")
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            code, said = self.run_serve("--page", page, "--port", str(taken.getsockname()[1]))
            self.assertEqual(code, 1)
            self.assertIn("taken", said)


unittest.main(argv=[sys.argv[0]])
