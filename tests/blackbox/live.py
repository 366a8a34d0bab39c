#!/usr/bin/env python3
"""What pages are told as films change, and RFC 6455 on the way."""

import os
import socket
import struct
import sys
import time
import unittest

from server import DEADLINE_S, Server, environment
from socket_line import BINARY, CLOSE, PING, PONG, TEXT, Line

PROGRAM = os.path.abspath(sys.argv.pop(1))
environment()


def merged(target, patch):
    """RFC 7396."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result


class Live(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(PROGRAM)
        # One that stays as it is: its questions are not answered.
        cls.film = cls.server.make(asks=True)
        cls.server.wait(cls.film, lambda state: state["status"] == "asking")

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.server.remove()

    def line(self, **changes):
        line = Line(self.server, **changes)
        self.addCleanup(line.socket.close)
        return line

    def open_line(self):
        line = self.line()
        self.assertTrue(line.accepted(), line.head)
        return line

    def is_alive(self, line):
        line.send(PING, b"still there")
        self.assertEqual(line.frame(), (PONG, b"still there"))

    def test_only_a_session_of_this_origin_gets_in(self):
        self.assertEqual(self.line(Cookie=None).status, 401)
        self.assertEqual(self.line(Cookie=f"cutroom-{self.server.port}=" + "0" * 64).status, 401)
        self.assertEqual(self.line(Origin="http://evil.example").status, 403)
        self.assertEqual(self.line(Host="evil.example").status, 421)

    def test_a_handshake_is_whole(self):
        self.assertEqual(self.line(Sec_WebSocket_Version="8").status, 426)
        for wrong in ({"Sec_WebSocket_Key": "short"}, {"Sec_WebSocket_Key": None}, {"Upgrade": "h2c"},
                      {"Connection": "keep-alive"}):
            self.assertEqual(self.line(**wrong).status, 400, wrong)

    def test_scenes_that_come_and_go_are_told(self):
        script = "# One\nBees fly.\n\n# Two\nWasps build.\n\n# Three\nAnts walk.\n"
        film = self.server.make(script=script, seconds=6)
        self.server.wait(film, lambda state: state["status"] == "done")
        line = self.open_line()
        line.say(type="subscribe", film=film)
        state = line.hear()["state"]
        path = f"/api/films/{film}"
        for method, rest, body in (("POST", "/scenes/order", {"order": [2, 3, 1]}), ("DELETE", "/scenes/3", None),
                                   ("POST", "/scenes/2/split", {"at": 6}), ("POST", "/scenes/3/restore", {}),
                                   ("PATCH", "/sound", {"levels": {"music": -3}})):
            self.assertEqual(self.server.ask(method, path + rest, body).status, 200, rest)
        last = self.server.wait(film, lambda state: state["status"] == "done" and len(state["scenes"]) == 4)
        while state != last:
            message = line.hear()
            state = message["state"] if message["type"] == "snapshot" else merged(state, message["patch"])
        # A scene comes back behind the one that it stood behind.
        places = sorted((scene["position"], scene["number"]) for scene in state["scenes"].values())
        self.assertEqual(places, [(1, 2), (2, 3), (3, 4), (4, 1)])

    def test_a_ping_is_answered_also_between_fragments(self):
        line = self.open_line()
        self.is_alive(line)
        line.send(PING, b"x" * 125)
        self.assertEqual(line.frame(), (PONG, b"x" * 125))
        line.send(TEXT, b'{"type":"sub', final=False)
        self.is_alive(line)
        line.send(0, f'scribe","film":"{self.film}"'.encode(), final=False)
        line.send(0, b"}")
        self.assertEqual(line.hear()["type"], "snapshot")

    def test_what_the_protocol_forbids_ends_the_connection(self):
        wrongs = {
            "a control frame in fragments": lambda line: line.send(PING, b"", final=False),
            "a control frame of 126 bytes": lambda line: line.send(PING, b"x" * 126),
            "a reserved bit": lambda line: line.send(TEXT, b"{}", reserved=4),
            "an unknown opcode": lambda line: line.send(3, b"{}"),
            "an unknown control opcode": lambda line: line.send(11, b""),
            "a continuation of nothing": lambda line: line.send(0, b"{}"),
            "a new message inside another": lambda line: (line.send(TEXT, b"{", final=False), line.send(TEXT, b"}")),
            "a close of one byte": lambda line: line.send(CLOSE, b"x"),
            "a close code that is not to be sent": lambda line: line.send(CLOSE, struct.pack(">H", 1005)),
            "no mask": lambda line: line.send(TEXT, b"{}", masked=False),
        }
        for name, wrong in wrongs.items():
            with self.subTest(name):
                line = self.open_line()
                wrong(line)
                self.assertEqual(line.code(), 1002)

    def test_text_is_utf8(self):
        for parts in ([b"\xff\xfe"], [b"\xce\xba\xe1\xbd\xb9\xed\xa0\x80"], [b"\xf4\x90\x80\x80"], [b"\xe2\x82", b"x"]):
            with self.subTest(parts):
                line = self.open_line()
                for i, part in enumerate(parts):
                    line.send(TEXT if i == 0 else 0, part, final=i == len(parts) - 1)
                self.assertEqual(line.code(), 1007)

    def test_other_frames_and_long_ones_are_refused(self):
        line = self.open_line()
        line.send(BINARY, b"{}")
        self.assertEqual(line.code(), 1003)
        line = self.open_line()
        line.send(TEXT, b"x" * 20000, length=1 << 40)
        self.assertEqual(line.code(), 1009)

    def test_a_close_is_answered(self):
        line = self.open_line()
        line.send(CLOSE, struct.pack(">H", 1000) + b"bye")
        self.assertEqual(line.code(), 1000)
        line = self.open_line()
        line.send(CLOSE)
        self.assertIn(line.code(), (1000, 1005))

    def test_bad_messages_are_refused_and_the_line_stays(self):
        line = self.open_line()
        for text in (b"", b"{", b"[]", b'{"type":"dance"}', b'{"type":"subscribe"}', b"1" * 9000):
            line.send(TEXT, text)
            self.assertEqual(line.hear()["type"], "refused", text[:20])
        line.say(type="subscribe", film="wasps")
        self.assertEqual(line.hear(), {"type": "gone", "film": "wasps"})
        self.is_alive(line)

    def test_bytes_that_come_with_the_handshake_are_heard(self):
        line = self.open_line()
        line.socket.close()
        # Some clients send their first frame before the answer is there.
        raw = socket.create_connection(("127.0.0.1", self.server.port), timeout=60)
        self.addCleanup(raw.close)
        head = (f"GET /api/live HTTP/1.1\r\nHost: 127.0.0.1:{self.server.port}\r\nUpgrade: websocket\r\n"
                f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {line.key}\r\n"
                f"Cookie: {self.server.cookie}\r\n\r\n").encode()
        raw.sendall(head + b"\x89\x80\x00\x00\x00\x00")
        got = b""
        while not got.endswith(b"\x8a\x00"):
            more = raw.recv(4096)
            self.assertTrue(more, got)
            got += more

    def test_a_film_is_told_without_gaps_and_ends_as_it_is(self):
        line = self.open_line()
        film = self.server.make(prompt="Why the sea is salty", seconds=5)
        line.say(type="subscribe", film=film)
        first = line.hear()
        self.assertEqual((first["type"], first["film"]), ("snapshot", film))
        state, seq, count = first["state"], first["seq"], 0
        until = time.monotonic() + DEADLINE_S
        while state["status"] != "done":
            self.assertLess(time.monotonic(), until, state)
            told = line.hear()
            self.assertEqual((told["type"], told["seq"]), ("patch", seq + 1))
            state, seq, count = merged(state, told["patch"]), told["seq"], count + 1
        self.assertGreater(count, 0)
        self.assertEqual(state, self.server.ask("GET", f"/api/films/{film}").json)
        self.come_back(film, first["seq"], seq, state)

    def come_back(self, film, early, late, state):
        with self.open_line() as again:
            again.say(type="subscribe", film=film, since=late)
            self.assertEqual(again.hear(), {"type": "current", "film": film, "seq": late})
            self.server.ask("PATCH", f"/api/films/{film}", {"title": "Salt"})
            told = again.hear()
            self.assertEqual((told["type"], told["seq"], told["patch"]["title"]), ("patch", late + 1, "Salt"))
        with self.open_line() as again:
            again.say(type="subscribe", film=film, since=late)
            self.assertEqual(again.hear()["seq"], late + 1)
        for since in (1, late + 1000):
            with self.open_line() as again:
                again.say(type="subscribe", film=film, since=since)
                told = again.hear()
                self.assertEqual((told["type"], told["seq"], told["state"]["title"]), ("snapshot", late + 1, "Salt"))

    def test_the_list_follows(self):
        line = self.open_line()
        line.say(type="subscribe", films=True)
        told = line.hear()
        self.assertIn(self.film, [card["id"] for card in told["films"]])
        film = self.server.make(prompt="A list of clouds", asks=True)
        seq = told["seq"]
        while film not in [card["id"] for card in told["films"]]:
            told = line.hear()
            self.assertEqual((told["type"], told["seq"]), ("films", seq + 1))
            seq = told["seq"]
        self.server.ask("DELETE", f"/api/films/{film}")
        while film in [card["id"] for card in told["films"]]:
            told = line.hear()

    def test_a_deleted_film_is_gone(self):
        film = self.server.make(prompt="Rain on a roof", asks=True)
        line = self.open_line()
        line.say(type="subscribe", film=film)
        self.assertEqual(line.hear()["type"], "snapshot")
        self.server.ask("DELETE", f"/api/films/{film}")
        told = line.hear()
        while told["type"] == "patch":
            told = line.hear()
        self.assertEqual(told, {"type": "gone", "film": film})

    def test_who_does_not_listen_gets_the_film_and_no_queue(self):
        film = self.server.make(prompt="The slow snail", asks=True)
        self.server.wait(film, lambda state: state["status"] == "asking")
        slow = self.line()
        slow.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        slow.say(type="subscribe", film=film)
        first = slow.hear()
        with self.open_line() as quick:
            quick.say(type="subscribe", film=film)
            quick.hear()
            for i in range(200):
                self.server.ask("PATCH", f"/api/films/{film}", {"title": f"{i} " + "snail" * 30})
                # The film may have other news of its own, and two changes may come as one.
                told = quick.hear()
                while not told["patch"].get("title", "").startswith(f"{i} "):
                    told = quick.hear()
        self.assertEqual(slow.hear()["seq"], first["seq"] + 1)


class Stop(unittest.TestCase):
    def test_a_server_that_stops_says_so(self):
        server = Server(PROGRAM)
        line = Line(server)
        line.send(PING, b"")
        self.assertEqual(line.frame(), (PONG, b""))
        server.process.terminate()
        self.assertEqual(line.code(), 1001)
        line.socket.close()
        server.process.communicate(timeout=60)
        self.assertEqual(server.process.returncode, 0)
        server.remove()


unittest.main(argv=[sys.argv[0]])
