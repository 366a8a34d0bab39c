#!/usr/bin/env python3
"""A film's scenes added, moved, split, merged, deleted and restored; lines and clips made again."""

import os
import sys
import unittest

import schema
from server import SMALL, Server, environment

PROGRAM = os.path.abspath(sys.argv.pop(1))
environment()

SCRIPT = """# One
Bees fly from flower to flower. They carry pollen home.

# Two
Wasps build their nests of paper.

# Three
Ants walk in long straight lines.
"""


def urls(state, kind):
    return {number: scene[kind]["url"] for number, scene in state["scenes"].items() if kind in scene}


def order(state):
    return sorted((int(number) for number in state["scenes"]), key=lambda number: state["scenes"][str(number)]["position"])


class Arrange(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(PROGRAM)

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.server.remove()

    def setUp(self):
        self.film = self.server.make(prompt="Insects", script=SCRIPT, seconds=12)
        self.path = f"/api/films/{self.film}"
        self.first = self.done()
        self.assertEqual(order(self.first), [1, 2, 3])

    def ask(self, method, path, body=None, status=200):
        """An answer that is as the OpenAPI file says."""
        answer = self.server.ask(method, self.path + path, body)
        self.assertEqual(schema.judge(method, self.path + path, answer), [])
        self.assertEqual(answer.status, status, answer.body)
        return answer.json

    def done(self):
        state = self.server.wait(self.film, lambda state: state["status"] in ("done", "failed"))
        self.assertEqual((state["status"], state.get("fault")), ("done", None))
        self.assertEqual(schema.faults(state, {"$ref": "#/FilmState"}), [])
        return state

    def attempts(self, state):
        return sum(unit["attempts"] for name, unit in state["units"].items() if name.startswith("scene/") or name == "music")

    def test_another_order_makes_nothing_anew(self):
        self.ask("POST", "/scenes/order", {"order": [3, 1, 2]})
        state = self.done()
        self.assertEqual(order(state), [3, 1, 2])
        for kind in ("picture", "voice", "clip"):
            self.assertEqual(urls(state, kind), urls(self.first, kind))
        self.assertEqual(state["music"], self.first["music"])
        self.assertEqual(self.attempts(state), self.attempts(self.first))
        project = self.server.ask("GET", state["film"]["project"]).json
        clips = next(track for track in project["sequences"][0]["tracks"] if track["kind"] == "video")["clips"]
        self.assertEqual([clip["id"] for clip in clips], ["video-3", "video-1", "video-2"])
        for wrong in ([3, 1], [1, 2, 2], [1, 2, 9], [1, 2, 3, 4], "3 1 2", None):
            self.assertEqual(self.ask("POST", "/scenes/order", {"order": wrong}, 400)["error"]["place"], "/order")

    def test_a_scene_comes_goes_and_comes_back(self):
        self.ask("POST", "/scenes", {"after": 1, "narration": "Beetles are everywhere.", "visual": "A beetle on a leaf"})
        state = self.done()
        self.assertEqual(order(state), [1, 4, 2, 3])
        self.assertEqual(state["scenes"]["4"]["narration"], "Beetles are everywhere.")
        for kind in ("picture", "voice", "clip"):
            self.assertEqual({n: url for n, url in urls(state, kind).items() if n != "4"}, urls(self.first, kind))
        self.ask("DELETE", "/scenes/1")
        gone = self.done()
        self.assertEqual((order(gone), gone["removed"]["1"]["narration"]), ([4, 2, 3], self.first["scenes"]["1"]["narration"]))
        self.assertEqual(gone["removed"]["1"]["poster"], self.first["scenes"]["1"]["picture"]["url"])
        self.ask("PATCH", "/scenes/1", {"narration": "x"}, 404)
        self.ask("POST", "/scenes/1/restore", {})
        back = self.done()
        self.assertEqual((order(back), back.get("removed")), ([1, 4, 2, 3], None))
        self.assertEqual(back["scenes"], state["scenes"])
        self.ask("POST", "/scenes/1/restore", {}, 404)
        self.ask("POST", "/scenes", {"after": 77, "narration": "x"}, 404)
        self.assertEqual(self.ask("POST", "/scenes", {"narration": " "}, 400)["error"]["place"], "/narration")
        for number in (1, 4, 2):
            self.ask("DELETE", f"/scenes/{number}")
        self.ask("DELETE", "/scenes/3", status=409)

    def test_a_scene_is_split_and_merged(self):
        narration = self.first["scenes"]["1"]["narration"]
        at = narration.index("They")
        self.ask("POST", "/scenes/1/split", {"at": at})
        state = self.done()
        self.assertEqual(order(state), [1, 4, 2, 3])
        self.assertEqual([state["scenes"][n]["narration"] for n in "14"], [narration[:at].strip(), narration[at:]])
        # One picture serves both, and nothing of the other scenes is made again.
        self.assertEqual(state["scenes"]["4"]["picture"]["url"], self.first["scenes"]["1"]["picture"]["url"])
        self.assertEqual(state["scenes"]["1"]["picture"]["url"], self.first["scenes"]["1"]["picture"]["url"])
        for number in "23":
            self.assertEqual({**state["scenes"][number], "position": 0}, {**self.first["scenes"][number], "position": 0})
        self.ask("POST", "/scenes/4/picture", {"another": True})
        other = self.done()
        self.assertNotEqual(other["scenes"]["4"]["picture"]["url"], other["scenes"]["1"]["picture"]["url"])
        self.ask("POST", "/scenes/1/merge", {})
        whole = self.done()
        self.assertEqual((order(whole), whole["scenes"]["1"]["narration"]), ([1, 2, 3], narration))
        # The words are those of before: so are the voice and the clip.
        for kind in ("picture", "voice", "clip"):
            self.assertEqual(whole["scenes"]["1"][kind]["url"], self.first["scenes"]["1"][kind]["url"])
        self.ask("POST", "/scenes/3/merge", {}, 409)
        for at in (0, 500, -1, "x", None):
            self.assertEqual(self.ask("POST", "/scenes/1/split", {"at": at}, 400)["error"]["place"], "/at")

    def test_a_line_is_recorded_again(self):
        self.ask("POST", "/scenes/2/voice", {})
        again = self.done()["scenes"]["2"]["voice"]
        self.assertEqual([one["isChosen"] for one in again["variants"]], [False, True])
        self.ask("PUT", "/scenes/2/voice", {"variant": again["variants"][0]["variant"]})
        self.assertEqual(self.done()["scenes"]["2"]["voice"]["url"], self.first["scenes"]["2"]["voice"]["url"])
        self.ask("POST", "/scenes/2/voice", {"pronunciation": {"wasps": "woss pes"}})
        state = self.done()
        self.assertNotEqual(state["scenes"]["2"]["voice"]["url"], self.first["scenes"]["2"]["voice"]["url"])
        self.assertEqual(state["scenes"]["2"]["pronunciation"], {"wasps": "woss pes"})
        project = self.server.ask("GET", state["film"]["project"]).body.decode()
        self.assertIn("Wasps build", project)
        self.assertNotIn("woss", project)
        self.ask("POST", "/scenes/2/voice", {"pronunciation": {}, "narration": "Wasps chew wood into paper.", "voice": "deep"})
        state = self.done()
        self.assertEqual((state["scenes"]["2"]["narration"], state["scenes"]["2"]["speaker"]), ("Wasps chew wood into paper.", "deep"))
        self.assertNotIn("pronunciation", state["scenes"]["2"])
        self.assertEqual(state["scenes"]["1"], self.first["scenes"]["1"])
        for wrong, place in (({"pronunciation": []}, "/pronunciation"), ({"pronunciation": {"a": 5}}, "/pronunciation/a"),
                             ({"model": "nobody"}, "/model"), ({"narration": 5}, "/narration")):
            self.assertEqual(self.ask("POST", "/scenes/2/voice", wrong, 400)["error"]["place"], place)

    def test_a_clip_is_made_again(self):
        before = self.first["scenes"]["3"]
        self.ask("POST", "/scenes/3/motion", {"seconds": before["seconds"] + 3, "prompt": "slowly"})
        state = self.done()
        scene = state["scenes"]["3"]
        self.assertAlmostEqual(scene["seconds"], before["seconds"] + 3, delta=0.1)
        self.assertEqual((scene["motionPrompt"], scene["picture"]), ("slowly", before["picture"]))
        self.ask("POST", "/scenes/3/motion", {"seconds": 0, "prompt": ""})
        self.assertEqual(self.done()["scenes"]["3"]["clip"]["url"], before["clip"]["url"])
        self.ask("POST", "/scenes/3/motion", {"isPresenter": True})
        speaking = self.done()
        self.assertEqual((speaking["scenes"]["3"]["isPresenter"], speaking["units"]["scene/3/motion"]["kind"]), (True, "lipsync"))
        self.ask("POST", "/scenes/3/motion", {"isPresenter": False})
        self.assertEqual(self.done()["units"]["scene/3/motion"]["kind"], "motion")
        self.assertEqual(self.ask("POST", "/scenes/3/motion", {"seconds": 9999}, 400)["error"]["place"], "/seconds")
        self.assertEqual(self.ask("POST", "/scenes/3/motion", {"model": "builtin-painter"}, 400)["error"]["place"], "/model")

    def test_music_and_levels(self):
        self.ask("PATCH", "/sound", {"music": {"mood": "tense", "another": True}, "levels": {"music": -6, "voice": 1.5}})
        state = self.done()
        self.assertEqual((state["levels"], state["music"]["mood"]), ({"voice": 1.5, "music": -6}, "tense"))
        self.assertEqual([one["isChosen"] for one in state["music"]["variants"]], [False, True])
        project = self.server.ask("GET", state["film"]["project"]).json
        gains = {track["id"]: track.get("gain", 0) for track in project["sequences"][0]["tracks"]}
        self.assertEqual((float(gains["voice"]), float(gains["music"])), (1.5, -15))
        self.ask("PATCH", "/sound", {"music": {"variant": state["music"]["variants"][0]["variant"]}})
        self.assertEqual(self.done()["music"]["url"], self.first["music"]["url"])
        self.ask("PATCH", "/sound", {"music": {"variant": 99999}}, 404)
        self.assertEqual(self.ask("PATCH", "/sound", {"levels": {"music": 40}}, 400)["error"]["place"], "/levels/music")

    def test_money(self):
        self.ask("PATCH", "", {"cap": 2.5})
        ledger = self.ask("GET", "/ledger")
        self.assertEqual(ledger, {"currency": "USD", "cap": 2.5, "spent": 0, "reserved": 0, "lines": []})
        estimate = self.ask("GET", "/estimate")
        self.assertEqual((estimate["cost"], estimate["left"], estimate["phases"]), (0, 2.5, {}))
        self.assertEqual(self.ask("GET", "")["ledger"]["cap"], 2.5)
        for wrong in (-1, "2", 1e9):
            self.assertEqual(self.ask("PATCH", "", {"cap": wrong}, 400)["error"]["place"], "/cap")
        self.assertEqual(self.ask("PATCH", "/models", {"picture": "nobody"}, 400)["error"]["place"], "/picture")
        self.assertEqual(self.ask("PATCH", "/models", {"colour": "red"}, 400)["error"]["place"], "/colour")
        self.ask("PATCH", "/models", {"picture": "builtin-painter"})
        state = self.done()
        self.assertEqual((state["models"], self.attempts(state)), ({"picture": "builtin-painter"}, self.attempts(self.first)))
        self.ask("POST", "/decide", {"unit": "music", "choice": "retry"}, 409)


class Approve(unittest.TestCase):
    def test_scene_by_scene(self):
        server = Server(PROGRAM)
        film = server.make(prompt="Insects", script=SCRIPT, seconds=12, approves=True)
        path = f"/api/films/{film}"
        server.wait(film, lambda state: state["status"] == "waiting")
        server.ask("POST", path + "/approve", {"scene": 2})
        state = server.wait(film, lambda state: state["scenes"]["2"]["clip"]["state"] == "done" and state["status"] == "waiting")
        self.assertEqual([state["scenes"][n]["isApproved"] for n in "123"], [False, True, False])
        self.assertEqual([state["scenes"][n]["clip"]["state"] for n in "13"], ["waiting", "waiting"])
        self.assertEqual([state["scenes"][n]["voice"]["state"] for n in "13"], ["waiting", "waiting"])
        # Another picture is to be looked at again.
        server.ask("POST", path + "/scenes/2/picture", {"another": True})
        state = server.wait(film, lambda state: state["status"] == "waiting")
        self.assertFalse(state["scenes"]["2"]["isApproved"])
        for number in (1, 2, 3):
            self.assertEqual(server.ask("POST", path + "/approve", {"scene": number}).status, 200)
        state = server.wait(film, lambda state: state["status"] == "done")
        self.assertFalse(state["isHeld"])
        server.stop()
        server.remove()


unittest.main(argv=[sys.argv[0]])
