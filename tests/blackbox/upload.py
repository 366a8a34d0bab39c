#!/usr/bin/env python3
"""Media into a film by the tus protocol: in pieces, resumed after a cut and a kill, judged before they are part of it."""

import base64
import hashlib
import os
import socket
import struct
import sys
import unittest
import wave
import io

import schema
from server import Server, environment

PROGRAM = os.path.abspath(sys.argv.pop(1))
environment()
PIECE = 1 << 20


def sound(seconds):
    """A WAV file, no two of whose seconds are alike."""
    kept = io.BytesIO()
    with wave.open(kept, "wb") as file:
        file.setparams((2, 2, 48000, 0, "NONE", ""))
        file.writeframes(b"".join(struct.pack("<hh", i * 7919 % 20011 - 10000, i * 104729 % 30011 - 15000) for i in range(48000 * seconds)))
    return kept.getvalue()


class Upload(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(PROGRAM)
        cls.film = cls.server.make(asks=True)
        cls.base = f"/api/films/{cls.film}/media"

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.server.remove()

    def ask(self, method, path, body=None, **fields):
        answer = self.server.ask(method, path, body, **{"Tus_Resumable": "1.0.0", **fields})
        if ".." not in path:
            self.assertEqual(schema.judge(method, path, answer), [])
        return answer

    def begin(self, length, name="sea.wav", **fields):
        name = base64.b64encode(name.encode()).decode()
        return self.ask("POST", self.base, None, **{"Upload_Length": str(length), "Upload_Metadata": f"filename {name},kind eA==", **fields})

    def begun(self, length, name="sea.wav"):
        answer = self.begin(length, name)
        self.assertEqual(answer.status, 201, answer.body)
        return answer.headers["Location"]

    def piece(self, place, offset, data, **fields):
        return self.ask("PATCH", place, data, **{"Upload_Offset": str(offset), "Content_Type": "application/offset+octet-stream", **fields})

    def offset(self, place):
        answer = self.ask("HEAD", place)
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        return int(answer.headers["Upload-Offset"])

    def rest(self, place, data):
        """Sends what is missing; gives the last answer."""
        at = self.offset(place)
        while at < len(data):
            answer = self.piece(place, at, data[at:at + PIECE])
            if answer.status != 204:
                return answer
            at = int(answer.headers["Upload-Offset"])
        return answer

    def test_what_the_server_can_is_told(self):
        answer = self.server.ask("OPTIONS", self.base)
        self.assertEqual(answer.status, 204)
        self.assertEqual(answer.headers["Tus-Version"], "1.0.0")
        self.assertEqual(answer.headers["Tus-Extension"], "creation,checksum,termination")
        self.assertTrue(self.server.ask("GET", "/api/server").json["features"]["uploads"])

    def test_a_file_comes_in_pieces_over_a_cut_and_a_kill(self):
        data = sound(30)
        place = self.begun(len(data))
        self.assertEqual(self.piece(place, 0, data[:PIECE]).status, 204)
        # Cut in the middle of a piece: none of it counts, or all of what was whole before.
        head = (f"PATCH {place} HTTP/1.1\r\nHost: 127.0.0.1:{self.server.port}\r\nCookie: {self.server.cookie}\r\nTus-Resumable: 1.0.0\r\n"
                f"Content-Type: application/offset+octet-stream\r\nUpload-Offset: {PIECE}\r\nContent-Length: {PIECE}\r\n\r\n")
        with socket.create_connection(("127.0.0.1", self.server.port)) as line:
            line.sendall(head.encode() + data[PIECE:PIECE + 1000])
        self.assertEqual(self.offset(place), PIECE)
        self.assertEqual(self.piece(place, PIECE, data[PIECE:2 * PIECE]).status, 204)
        self.server.kill()
        self.server.start()
        self.assertEqual(self.offset(place), 2 * PIECE)
        answer = self.rest(place, data)
        self.assertEqual(answer.status, 204)
        asset = answer.headers["Cutroom-Asset"]
        self.assertEqual(asset, f"assets/{hashlib.sha256(data).hexdigest()[:20]}.wav")
        self.assertEqual(self.server.ask("GET", f"/films/{self.film}/{asset}").body, data)
        self.assertEqual(self.ask("HEAD", place).status, 404)

    def test_a_piece_goes_where_the_last_one_ended(self):
        data = sound(1)
        place = self.begun(len(data))
        self.assertEqual(self.piece(place, 0, data[:100]).status, 204)
        self.assertEqual(self.piece(place, 0, data[:100]).status, 409)
        self.assertEqual(self.piece(place, 200, data[200:300]).status, 409)
        self.assertEqual(self.piece(place, 100, data[100:] + b"more").status, 413)
        self.assertEqual(self.piece(place, 100, data[100:200], Content_Type="text/plain").status, 415)
        self.assertEqual(self.piece(place, 100, data[100:200], Tus_Resumable="0.2.2").status, 412)
        self.assertEqual(self.offset(place), 100)
        wrong = base64.b64encode(hashlib.sha256(b"other").digest()).decode()
        self.assertEqual(self.piece(place, 100, data[100:], Upload_Checksum=f"sha256 {wrong}").status, 460)
        self.assertEqual(self.piece(place, 100, data[100:], Upload_Checksum="md5 eA==").status, 400)
        right = base64.b64encode(hashlib.sha256(data[100:]).digest()).decode()
        self.assertEqual(self.piece(place, 100, data[100:], Upload_Checksum=f"sha256 {right}").status, 204)

    def test_what_is_no_media_does_not_stay(self):
        for data in (b"just words " * 1000, b"\x89PNG\r\n\x1a\n" + os.urandom(2000), sound(1)[:20]):
            place = self.begun(len(data), "film.mp4")
            answer = self.rest(place, data)
            self.assertEqual(answer.status, 422, answer.body)
            self.assertIn("nothing that can be shown or heard", answer.json["error"]["message"])
            self.assertEqual(self.ask("HEAD", place).status, 404)
        self.assertEqual(list((self.server.films / f"{self.film}.cutroom/uploads").iterdir()), [])

    def test_bounds(self):
        self.assertEqual(self.begin(0).status, 413)
        self.assertEqual(self.begin(1 << 50).status, 413)
        self.assertEqual(self.ask("POST", self.base).status, 413)
        self.assertEqual(self.ask("HEAD", f"{self.base}/{'0' * 32}").status, 404)
        self.assertEqual(self.ask("HEAD", f"{self.base}/..%2f..%2fstate.db").status, 400)
        self.assertEqual(self.ask("POST", "/api/films/nothing/media", None, Upload_Length="5").status, 404)
        self.assertEqual(self.server.ask("POST", self.base, None, Tus_Resumable="1.0.0", Upload_Length="5", Cookie="none").status, 401)
        place = self.begun(10, "../../evil.sh;x")
        parts = [part.name for part in (self.server.films / f"{self.film}.cutroom/uploads").iterdir()]
        self.assertTrue(all(part.count(".") == 2 and "/" not in part for part in parts), parts)
        self.assertEqual(self.ask("DELETE", place).status, 204)
        self.assertEqual(self.ask("HEAD", place).status, 404)
        begun = [self.begun(10) for _ in range(32)]
        self.assertEqual(self.begin(10).status, 413)
        for one in begun:
            self.ask("DELETE", one)


if __name__ == "__main__":
    unittest.main(verbosity=2)
