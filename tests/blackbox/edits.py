#!/usr/bin/env python3
"""Several people at the project of one film: one order, nothing lost, everybody told."""

import json
import os
import sys
import time
import unittest

from server import DEADLINE_S, Server, environment
from socket_line import TEXT, Line


SCRIPT = "# One\nBees fly.\n\n# Two\nWasps build.\n"
MANY = 200


def clip(project, name):
    found = [clip for track in project["sequences"][0]["tracks"] for clip in track.get("clips", []) if clip["id"] == name]
    assert len(found) == 1, name
    return found[0]


def name_edit(name, clip="video-1"):
    return {"op": "set", "clip": clip, "values": {"name": name}}


class Seat:
    """One window at a film's project, which keeps what it is told."""

    def __init__(self, server, film, since=None, **changes):
        self.line, self.film = Line(server, **changes), film
        assert self.line.accepted(), self.line.head
        self.seq, self.edits, self.others, self.people, self.project = since, [], [], None, None
        wish = {"type": "subscribe", "film": film, "project": True}
        self.line.say(**wish, **({} if since is None else {"since": since}))

    def say(self, **message):
        self.line.say(film=self.film, **message)

    def edit(self, edit_id, edit, name="Edit"):
        self.say(type="edit", id=edit_id, name=name, edit=edit)

    def hear(self):
        message = self.line.hear()
        kind = message["type"]
        assert kind == "refused" or message["film"] == self.film, message
        if kind == "project":
            self.seq, self.project = message["seq"], message["project"]
        elif kind == "edit":
            assert message["seq"] == self.seq + 1, (message["seq"], self.seq)
            self.seq = message["seq"]
            self.edits.append(message)
        elif kind == "people":
            self.people = message["people"]
        else:
            self.others.append(message)
        return message

    def until(self, holds):
        end = time.monotonic() + DEADLINE_S
        while not holds():
            assert time.monotonic() < end
            self.hear()

    def until_edit(self, edit_id):
        self.until(lambda: any(edit["id"] == edit_id for edit in self.edits))

    def answer(self, kind):
        self.until(lambda: any(other["type"] == kind for other in self.others))
        return next(other for other in self.others if other["type"] == kind)


class Edits(unittest.TestCase):
    program = ""

    @classmethod
    def setUpClass(cls):
        cls.server = Server(cls.program)
        cls.film = cls.server.make(script=SCRIPT, seconds=5)
        cls.server.wait(cls.film, lambda state: state["status"] == "done")

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.server.remove()

    def seat(self, since=None, film=None):
        seat = Seat(self.server, film or self.film, since)
        self.addCleanup(seat.line.socket.close)
        if since is None:
            seat.until(lambda: seat.project is not None)
        return seat

    def fresh(self):
        return self.seat().project

    def on_disk(self, holds):
        path = self.server.films / f"{self.film}.cutroom/project.json"
        end = time.monotonic() + DEADLINE_S
        while not holds(json.loads(path.read_text())):
            assert time.monotonic() < end, path.read_text()[:2000]
            time.sleep(0.05)

    def test_an_edit_reaches_everybody_and_the_disk(self):
        mine, theirs = self.seat(), self.seat()
        mine.edit("reach-1", name_edit("Reached"), "Rename clip")
        for seat in (mine, theirs):
            seat.until_edit("reach-1")
            edit = seat.edits[-1]
            self.assertEqual((edit["name"], edit["person"], edit["edit"]), ("Rename clip", "", name_edit("Reached")))
        self.assertEqual(clip(self.fresh(), "video-1")["name"], "Reached")
        self.on_disk(lambda project: clip(project, "video-1")["name"] == "Reached")

    def test_what_the_core_refuses_comes_back_with_its_reason(self):
        seat = self.seat()
        seat.edit("bad-1", {"op": "move", "clip": "nothing", "start": 0})
        refused = seat.answer("edit-refused")
        self.assertEqual((refused["id"], refused["error"]["code"], refused["error"]["place"]), ("bad-1", "notfound", "/clip"))
        self.assertTrue(refused["error"]["message"])
        self.assertEqual(seat.edits, [])

    def test_the_same_edit_twice_is_one(self):
        seat = self.seat()
        seat.edit("twice", name_edit("Once"))
        seat.until_edit("twice")
        seat.edit("twice", name_edit("Once"))
        known = seat.answer("edit-known")
        self.assertEqual((known["id"], known["seq"]), ("twice", seat.seq))
        self.assertEqual(len(seat.edits), 1)

    def test_two_who_type_at_once_see_one_order(self):
        seats = [self.seat(), self.seat()]
        for i in range(MANY):
            for number, seat in enumerate(seats):
                seat.edit(f"at-once-{number}-{i}", name_edit(f"{number} {i}"))
        for seat in seats:
            for number in range(2):
                seat.until_edit(f"at-once-{number}-{MANY - 1}")
        first, second = ([edit["id"] for edit in seat.edits if edit["id"].startswith("at-once")] for seat in seats)
        self.assertEqual(first, second)
        self.assertEqual(len(set(first)), 2 * MANY)

    def test_who_comes_back_hears_what_was_missed(self):
        seat, other = self.seat(), self.seat()
        seat.line.socket.close()
        for i in range(3):
            other.edit(f"missed-{i}", name_edit(f"Missed {i}"))
        other.until_edit("missed-2")
        back = self.seat(since=seat.seq)
        back.until_edit("missed-2")
        self.assertEqual([edit["id"] for edit in back.edits], ["missed-0", "missed-1", "missed-2"])
        self.assertIsNone(back.project)

    def test_who_missed_too_much_gets_it_whole(self):
        seat, other = self.seat(), self.seat()
        since = seat.seq
        # More than the server keeps for who comes back.
        for i in range(1100):
            other.edit(f"much-{i}", name_edit(f"Much {i}"))
            other.until_edit(f"much-{i}")
        back = self.seat(since=since)
        back.until(lambda: back.project is not None)
        self.assertEqual(back.seq, other.seq)
        self.assertEqual(clip(back.project, "video-1")["name"], "Much 1099")

    def test_a_killed_server_has_lost_nothing(self):
        seat = self.seat()
        seat.edit("kill-1", name_edit("Before the kill"))
        seat.until_edit("kill-1")
        self.server.kill()
        self.server.start()
        back = self.seat(since=seat.seq)
        self.assertEqual(back.answer("current")["seq"], seat.seq)
        back.edit("kill-1", name_edit("Before the kill"))
        self.assertEqual(back.answer("edit-known")["seq"], seat.seq)
        self.assertEqual(clip(self.fresh(), "video-1")["name"], "Before the kill")
        self.on_disk(lambda project: clip(project, "video-1")["name"] == "Before the kill")

    def test_a_scene_made_again_comes_under_the_edits(self):
        seat = self.seat()
        seat.edit("mine", name_edit("My own name", "video-2"))
        seat.until_edit("mine")
        before = {asset["id"]: asset["uri"] for asset in self.fresh()["assets"]}
        answer = self.server.ask("POST", f"/api/films/{self.film}/scenes/2/picture", {"note": "at night"})
        self.assertEqual(answer.status, 200, answer.body)
        seat.until(lambda: any("storyboard" in edit["name"] for edit in seat.edits))
        after = self.fresh()
        uris = {asset["id"]: asset["uri"] for asset in after["assets"]}
        self.assertNotEqual(uris["scene-002-picture"], before["scene-002-picture"])
        self.assertNotEqual(uris["scene-002-clip"], before["scene-002-clip"])
        self.assertEqual(uris["scene-001-clip"], before["scene-001-clip"])
        self.assertEqual(clip(after, "video-2")["name"], "My own name")

    def test_who_is_there_is_told(self):
        mine, theirs = self.seat(), self.seat()
        mine.say(type="here", here={"window": "a", "at": 5})
        theirs.until(lambda: theirs.people == [{"name": "", "here": {"window": "a", "at": 5}}])
        theirs.say(type="here", here={"window": "b"})
        windows = lambda seat: sorted(person["here"]["window"] for person in seat.people or [])
        for seat in (mine, theirs):
            seat.until(lambda: windows(seat) == ["a", "b"])
        theirs.line.socket.close()
        mine.until(lambda: windows(mine) == ["a"])
        mine.say(type="here", here={"long": "x" * 5000})
        self.assertIn("fewer words", mine.answer("refused")["reason"])

    def test_messages_that_make_no_sense_are_refused(self):
        seat = self.seat()
        for message in ({"type": "edit"}, {"type": "edit", "id": "x", "edit": 5}, {"type": "here"},
                        {"type": "edit", "id": "x" * 65, "edit": name_edit("x")}):
            seat.others.clear()
            seat.say(**message)
            seat.until(lambda: seat.others)
            self.assertIn(seat.others[0]["type"], ("refused", "edit-refused"))
        other = Line(self.server)
        self.addCleanup(other.socket.close)
        other.say(type="subscribe", film="nothing", project=True)
        self.assertEqual(other.hear(), {"type": "gone", "film": "nothing"})

    def test_an_edit_may_be_long_but_not_endless(self):
        seat = self.seat()
        long = [name_edit("n" * 200) for _ in range(2000)]
        seat.edit("long", {"op": "batch", "name": "Long", "edits": long})
        seat.until_edit("long")
        seat.line.send(TEXT, b'{"type":"edit","x":"' + b"x" * (1 << 20) + b'"}')
        self.assertEqual(seat.line.code(), 1009)


if __name__ == "__main__":
    Edits.program = os.path.abspath(sys.argv.pop(1))
    environment()
    unittest.main(verbosity=2)
