"""A PostgreSQL server of the tests' own, of the newest version that Debian has put here.

    postgres.py PROGRAM …   runs the program with CUTROOM_TEST_DATABASE set
"""

import contextlib
import glob
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

READY_SECONDS = 60


def programs():
    """The folder of initdb and postgres."""
    found = glob.glob("/usr/lib/postgresql/*/bin/postgres")
    if not found:
        raise SystemExit("no PostgreSQL server is installed: tools/packages test installs it")
    newest = max(found, key=lambda path: int(path.split("/")[4].split(".")[0]))
    return os.path.dirname(newest)


def unprivileged(command):
    """PostgreSQL refuses to be run by root."""
    if os.geteuid() != 0:
        return command
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", *command]


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def wait_until_ready(bin_folder, port, server, log):
    deadline = time.monotonic() + READY_SECONDS
    ask = [f"{bin_folder}/pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    while subprocess.run(ask, check=False).returncode != 0:
        if server.poll() is not None or time.monotonic() > deadline:
            with open(log, encoding="utf-8") as said:
                raise SystemExit("PostgreSQL did not start: " + said.read())
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(0.05)


class Server:
    """Started at once; stop() leaves nothing."""

    def __init__(self):
        self.bin = programs()
        # A socket's path has little room, and the unprivileged user must be able to go there.
        self.folder = tempfile.mkdtemp(prefix="cutroom-postgres-", dir="/tmp")
        self.data = os.path.join(self.folder, "data")
        self.password = "s3cret word"
        with open(os.path.join(self.folder, "password"), "w", encoding="utf-8") as file:
            file.write(self.password + "\n")
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            for path in (self.folder, os.path.join(self.folder, "password")):
                os.chown(path, user.pw_uid, user.pw_gid)
        self.process = None
        try:
            self.start()
        except BaseException:
            self.stop()
            raise

    def start(self):
        password = os.path.join(self.folder, "password")
        make = [f"{self.bin}/initdb", "-D", self.data, "-U", "cutroom", "-A", "scram-sha-256"]
        make += [f"--pwfile={password}", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        subprocess.run(
            unprivileged(make), check=True, stdout=subprocess.DEVNULL, cwd=self.folder
        )
        self.port = free_port()
        self.again()

    def again(self):
        """After a stop, or for the first time."""
        run = [f"{self.bin}/postgres", "-D", self.data, "-p", str(self.port), "-k", self.folder]
        run += ["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
        log = os.path.join(self.folder, "log")
        with open(log, "w", encoding="utf-8") as output:
            self.process = subprocess.Popen(
                unprivileged(run), stdout=output, stderr=output, cwd=self.folder
            )
        wait_until_ready(self.bin, self.port, self.process, log)

    def url(self, database="postgres"):
        word = self.password.replace(" ", "%20")
        return f"postgres://cutroom:{word}@127.0.0.1:{self.port}/{database}"

    def halt(self):
        """Ends the process, at once but in order."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process = None

    def stop(self):
        self.halt()
        shutil.rmtree(self.folder, ignore_errors=True)


def main():
    # An end from outside stops the server, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    server = Server()
    try:
        environment = dict(os.environ, CUTROOM_TEST_DATABASE=server.url())
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode
    finally:
        server.stop()


if __name__ == "__main__":
    sys.exit(main())
