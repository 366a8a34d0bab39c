#!/usr/bin/env python3
"""Signed addresses of assets: whoever has one reads that asset until it runs out, and nothing else."""

import hashlib
import stat
import sys
import time
import unittest

import schema
from server import DEADLINE_S, Server, environment

environment()
PROGRAM = sys.argv.pop(1)
MEDIA = bytes(range(256)) * 40
KEY = hashlib.sha256(MEDIA).hexdigest()


class AssetLink(unittest.TestCase):
    def setUp(self):
        class WithAssets(Server):
            def start(self):
                folder = self.folder / "assets/objects" / KEY[:2]
                folder.mkdir(parents=True, exist_ok=True)
                (folder / KEY).write_bytes(MEDIA)
                self.words = ("--assets", str(self.folder / "assets"))
                super().start()

        self.server = WithAssets(PROGRAM)
        self.addCleanup(self.server.remove)
        self.addCleanup(lambda: self.server.stop())

    def link(self, status=201, key=KEY, **wish):
        path = f"/api/assets/{key}/link"
        answer = self.server.ask("POST", path, wish)
        self.assertEqual(answer.status, status, answer.body)
        self.assertEqual(schema.judge("POST", path, answer), [])
        return answer.json

    def read(self, address, method="GET", **fields):
        """Without a session."""
        return self.server.ask(method, address, Cookie="none=", **fields)

    def test_reads_without_a_session(self):
        made = self.link()
        self.assertAlmostEqual(made["expires"], time.time() + 3600, delta=60)
        self.assertEqual(self.read(f"/asset/{KEY}").status, 401)
        self.assertEqual(self.read(made["address"]).body, MEDIA)
        part = self.read(made["address"], Range="bytes=10-19")
        self.assertEqual((part.status, part.body), (206, MEDIA[10:20]))
        head = self.read(made["address"], "HEAD")
        self.assertEqual((head.status, head.headers["Content-Length"]), (200, str(len(MEDIA))))
        self.assertEqual(self.read(made["address"], "POST").status, 405)
        self.assertEqual(self.read(made["address"], Origin="https://elsewhere.example").status, 403)

    def test_is_for_what_was_signed(self):
        made = self.link(download=True)
        shown = self.read(made["address"])
        self.assertTrue(shown.headers["Content-Disposition"].startswith("attachment"))
        other = "0" * 64
        for changed in (made["address"].replace("&download=1", ""), made["address"][:-1] + "g",
                        made["address"].replace(KEY, other), made["address"].replace("expires=1", "expires=2"),
                        made["address"].split("&signature")[0] + "&signature="):
            answer = self.read(changed)
            self.assertEqual(answer.status, 403, changed)
            self.assertNotIn(MEDIA[:100], answer.body)
        query = made["address"].split("?")[1]
        for elsewhere in ("/api/films", f"/api/assets/{KEY}/link"):
            self.assertIn(self.read(f"{elsewhere}?{query}").status, (401, 405))

    def test_runs_out(self):
        address = self.link(seconds=1)["address"]
        until = time.monotonic() + DEADLINE_S
        while self.read(address).status == 200 and time.monotonic() < until:
            time.sleep(0.05)
        self.assertEqual(self.read(address).status, 403)

    def test_is_made_for_what_is_there(self):
        self.link(404, key="0" * 64)
        self.link(404, key="secret")
        for seconds in (0, -1, 7 * 24 * 3600 + 1, "an hour", None):
            self.assertEqual(self.link(400, seconds=seconds)["error"]["place"], "/seconds")
        self.assertEqual(self.link(400, download=1)["error"]["place"], "/download")
        self.assertEqual(self.server.ask("POST", f"/api/assets/{KEY}/link", {}, Cookie="none=").status, 401)

    def test_outlives_a_restart(self):
        address = self.link()["address"]
        (secret,) = self.server.folder.rglob("asset-links")
        self.assertEqual(stat.S_IMODE(secret.stat().st_mode), 0o600)
        self.server.stop()
        self.server.start()
        self.assertEqual(self.read(address).body, MEDIA)
        self.server.stop()
        secret.unlink()
        self.server.start()
        self.assertEqual(self.read(address).status, 403)


unittest.main()
