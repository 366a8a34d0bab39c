#!/usr/bin/env python3
"""Two servers on one PostgreSQL and one folder of films: one is killed in the middle of a film, the other ends it."""

import os
import pathlib
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "server/store"))

import postgres
from edits import Seat, name_edit
from server import Server, environment

PROGRAM = os.path.abspath(sys.argv.pop(1))
environment()


class Shared(Server):
    """A server with the database of all, and the films' folder of the first."""

    def __init__(self, program, database, films=None):
        self.words = ["--db", database]
        self.shared = films
        super().__init__(program)

    def start(self):
        self.films = self.shared or self.films
        super().start()


class TwoServers(unittest.TestCase):
    def setUp(self):
        self.database = postgres.Server()
        self.addCleanup(self.database.stop)

    def rows(self, sql):
        psql = [f"{self.database.bin}/psql", "-XAtq", "-v", "ON_ERROR_STOP=1", self.database.url(), "-c", sql]
        return subprocess.run(psql, capture_output=True, text=True, check=True, timeout=30).stdout.split("\n")[:-1]

    def test_what_a_killed_server_left_is_done_by_the_other_and_nothing_twice(self):
        first = Shared(PROGRAM, self.database.url())
        self.addCleanup(first.remove)
        second = Shared(PROGRAM, self.database.url(), first.films)
        self.addCleanup(second.remove)
        film = first.make(seconds=10, width=1280, height=720)
        state = second.wait(film, lambda state: state["phases"].get("storyboard", {}).get("done", 0) > 0)
        self.assertNotEqual(state["status"], "done")
        first.kill()
        before = set(self.rows("SELECT id FROM jobs WHERE state = 'done'"))
        state = second.wait(film, lambda state: state["status"] == "done")
        self.assertEqual(state["percent"], 100)
        self.assertEqual(self.rows("SELECT DISTINCT project FROM jobs"), [film])
        after = set(self.rows("SELECT id FROM jobs WHERE state = 'done'"))
        self.assertTrue(before and before < after, (before, after))
        # One result for each piece of work, told of once.
        twice = "SELECT body::json->>'job' FROM event WHERE body::json->>'state' = 'done' GROUP BY 1 HAVING count(*) > 1"
        self.assertEqual(self.rows(twice), [])
        self.assertEqual(self.rows("SELECT unit FROM jobs WHERE state <> 'done'"), [])
        second.stop()

    def test_an_edit_at_one_server_is_heard_at_the_other(self):
        first = Shared(PROGRAM, self.database.url())
        self.addCleanup(first.remove)
        second = Shared(PROGRAM, self.database.url(), first.films)
        self.addCleanup(second.remove)
        film = first.make(script="# One\nBees fly.\n", seconds=5)
        first.wait(film, lambda state: state["status"] == "done")
        seats = [Seat(server, film) for server in (first, second)]
        for seat in seats:
            self.addCleanup(seat.line.socket.close)
            seat.until(lambda: seat.project is not None)
        for i, seat in enumerate(seats):
            seat.edit(f"edit-{i}", name_edit(f"Edit {i}"))
            for other in seats:
                other.until_edit(f"edit-{i}")
        self.assertEqual([edit["id"] for edit in seats[0].edits], [edit["id"] for edit in seats[1].edits])
        for server in (first, second):
            server.stop()

    def test_a_database_that_was_away_is_met_again(self):
        server = Shared(PROGRAM, self.database.url())
        self.addCleanup(server.remove)
        film = server.make(seconds=5)
        server.wait(film, lambda state: state["status"] == "done")
        self.database.halt()
        refused = server.ask("POST", "/api/films", {"prompt": "How clouds form", "asks": False})
        self.assertGreaterEqual(refused.status, 500, refused.body)
        self.assertNotIn(b"s3cret", refused.body)
        self.database.again()
        changed = server.ask("PATCH", f"/api/films/{film}/scenes/1", {"narration": "Bees see colours."})
        self.assertEqual(changed.status, 200, changed.body)
        state = server.wait(film, lambda state: state["status"] == "done")
        self.assertEqual(state["scenes"]["1"]["narration"], "Bees see colours.")
        server.stop()

    def test_an_address_that_is_wrong_is_said_without_its_password(self):
        for address in ("postgres://cutroom:sesame@127.0.0.1:1/films", self.database.url().replace("s3cret", "sesame")):
            done = subprocess.run([PROGRAM, "serve", "--port", "0", "--db", address], capture_output=True, text=True,
                                  stdin=subprocess.DEVNULL, timeout=60)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn("the database cannot be reached", done.stderr)
            self.assertNotIn("sesame", done.stderr + done.stdout)

    def test_the_database_is_checked_and_its_own_tool_named(self):
        check = subprocess.run([PROGRAM, "store", "check", self.database.url()], capture_output=True, text=True,
                               stdin=subprocess.DEVNULL, timeout=60)
        self.assertEqual((check.returncode, check.stdout), (0, "no damage found\n"), check.stderr)
        copy = subprocess.run([PROGRAM, "store", "backup", self.database.url(), "copy.db"], capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=60)
        self.assertNotEqual(copy.returncode, 0)
        self.assertIn("pg_dump", copy.stderr)


unittest.main(argv=sys.argv)
