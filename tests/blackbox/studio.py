#!/usr/bin/env python3
"""A film by HTTP: asked for, answered, changed, stopped, killed in the middle and gone on with."""

import os
import subprocess
import sys
import time
import unittest

import schema
from server import SMALL, Server, environment

PROGRAM = os.path.abspath(sys.argv.pop(1))
environment()


class Studio(unittest.TestCase):
    def setUp(self):
        self.server = Server(PROGRAM)

    def tearDown(self):
        self.server.stop()
        self.server.remove()

    def ask(self, method, path, body=None, status=200, **fields):
        """An answer that is as the OpenAPI file says."""
        answer = self.server.ask(method, path, body, **fields)
        self.assertEqual(schema.judge(method, path, answer), [])
        self.assertEqual(answer.status, status, answer.body)
        return answer.json

    def done(self, film):
        return self.server.wait(film, lambda state: state["status"] == "done")

    def test_from_a_prompt_to_a_changed_film(self):
        server = self.ask("GET", "/api/server")
        self.assertEqual((server["features"]["studio"], server["features"]["live"]), (True, True))
        self.assertEqual(self.ask("GET", "/api/films"), {"films": []})
        film = self.ask("POST", "/api/films", {"prompt": "How bees find flowers", "seconds": 8, **SMALL}, 201)["id"]
        path = f"/api/films/{film}"
        state = self.server.wait(film, lambda state: state["status"] == "asking")
        self.assertEqual(schema.faults(state, {"$ref": "#/FilmState"}), [])
        tone = next(question for question in state["questions"] if question["id"] == "tone")
        self.ask("POST", path + "/answers", {"answers": {"tone": tone["choices"][1]["value"]}, "brief": {"seconds": 6}})
        state = self.done(film)
        self.assertEqual((state["brief"]["tone"], state["brief"]["seconds"]), (tone["choices"][1]["value"], 6))
        self.assertEqual((state["percent"], state["phase"]), (100, "edit"))
        answers = {question["id"]: question.get("answer") for question in state["questions"]}
        self.assertEqual(answers["tone"], tone["choices"][1]["value"])
        for url in (state["film"]["project"], state["scenes"]["1"]["picture"]["url"], state["music"]["url"],
                    state["scenes"]["1"]["voice"]["url"], state["scenes"]["1"]["clip"]["url"]):
            self.assertEqual(self.server.ask("GET", url).status, 200, url)
            self.assertEqual(self.server.ask("GET", url, Cookie="none=1").status, 401, url)
        card = self.ask("GET", "/api/films")["films"][0]
        self.assertEqual((card["isFinished"], card["poster"]), (True, state["scenes"]["1"]["picture"]["url"]))
        self.change_pictures(film, state)
        self.change_words(film)
        self.copy_and_delete(film)

    def change_pictures(self, film, before):
        path = f"/api/films/{film}/scenes/1/picture"
        self.ask("POST", path, {"note": "at night"})
        noted = self.done(film)
        first, second = before["scenes"]["1"]["picture"], noted["scenes"]["1"]["picture"]
        self.assertNotEqual(first["url"], second["url"])
        self.assertEqual(noted["scenes"]["1"]["voice"], before["scenes"]["1"]["voice"])
        self.assertEqual([one["isChosen"] for one in second["variants"]], [False, True])
        self.ask("PUT", path, {"variant": second["variants"][0]["variant"]})
        self.assertEqual(self.done(film)["scenes"]["1"]["picture"]["url"], first["url"])
        self.ask("POST", path, {"another": True})
        self.assertEqual(len(self.done(film)["scenes"]["1"]["picture"]["variants"]), 3)
        self.ask("PUT", path, {"variant": 9999}, 404)
        self.ask("PUT", path, {}, 400)

    def change_words(self, film):
        path = f"/api/films/{film}"
        self.ask("PATCH", path + "/scenes/1", {"narration": "Bees see colours that we cannot see."})
        self.ask("PATCH", path + "/sound", {"music": {"mood": "calm", "another": True}})
        state = self.done(film)
        words = [word["text"] for word in state["scenes"]["1"]["voice"]["words"]]
        self.assertIn("colours", " ".join(words))
        self.assertEqual(state["music"]["mood"], "calm")
        self.ask("PATCH", path + "/scenes/99", {"narration": "x"}, 404)
        self.assertEqual(self.ask("PATCH", path + "/scenes/1", {"visual": 5}, 400)["error"]["place"], "/visual")

    def copy_and_delete(self, film):
        path = f"/api/films/{film}"
        copy = self.ask("POST", path + "/duplicate", {}, 201)["id"]
        self.assertEqual(self.done(copy)["scenes"]["1"]["narration"], "Bees see colours that we cannot see.")
        self.ask("PATCH", path, {"title": "Bees"})
        self.ask("DELETE", path, status=204)
        self.assertEqual([card["id"] for card in self.ask("GET", "/api/films")["films"]], [copy])
        self.assertEqual([card["title"] for card in self.ask("GET", "/api/films?deleted=true")["films"]], ["Bees"])
        self.ask("POST", path + "/restore", {})
        self.assertEqual(len(self.ask("GET", "/api/films")["films"]), 2)

    def test_bad_requests_name_the_place(self):
        for body, place in ((b"{", "line 1"), (b'{"prompt": "a", "prompt": "b"}', "/prompt"), (b"[]", ""),
                            ({}, "/prompt"), ({"prompt": " "}, "/prompt"), ({"prompt": "x" * 5000}, "/prompt"),
                            ({"prompt": "x", "seconds": 3}, "/seconds"), ({"prompt": "x", "aspect": "4:3"}, "/aspect"),
                            ({"prompt": "x", "tone": 7}, "/tone"), ({"prompt": "x", "asks": "no"}, "/asks")):
            error = self.ask("POST", "/api/films", body, 400)["error"]
            self.assertTrue(error["place"].startswith(place) and error["message"], (body, error))
        self.assertEqual(self.ask("GET", "/api/films"), {"films": []})
        self.ask("POST", "/api/films", b'{"prompt": "x"}', 415, Content_Type="text/plain")
        self.ask("POST", "/api/films", {"prompt": "x"}, 401, Cookie="none=1")
        self.assertEqual(self.server.ask("POST", "/api/films", {"prompt": "x"}, Origin="http://evil.example").status, 403)
        self.assertEqual(self.server.ask("POST", "/api/films", b" " * (2 << 20)).status, 413)
        self.assertEqual(self.server.ask("PUT", "/api/films", {}).headers["Allow"], "GET, POST")
        for method, path in (("GET", "/api/films/wasps"), ("DELETE", "/api/films/wasps")):
            self.ask(method, path, status=404)
        self.assertEqual(self.server.ask("GET", "/api/nothing").json["error"]["code"], "notfound")

    def test_a_storyboard_waits_until_it_is_approved(self):
        film = self.server.make(seconds=5, approves=True)
        state = self.server.wait(film, lambda state: state["status"] == "waiting")
        self.assertEqual(state["phases"]["storyboard"]["percent"], 100)
        self.assertEqual(state["phases"]["sound"]["done"], 0)
        self.ask("POST", f"/api/films/{film}/approve", {"phase": "motion"}, 400)
        self.ask("POST", f"/api/films/{film}/approve", {"phase": "storyboard"})
        self.done(film)

    def test_a_stop_stops_and_a_restart_keeps_it(self):
        film = self.server.make(seconds=20, width=1280, height=720)
        self.server.wait(film, lambda state: state["phases"].get("storyboard", {}).get("done", 0) > 0)
        state = self.ask("POST", f"/api/films/{film}/cancel", {})
        self.assertEqual((state["status"], sum(phase["active"] for phase in state["phases"].values())), ("cancelled", 0))
        self.server.stop()
        self.server.start()
        self.assertEqual(self.ask("GET", f"/api/films/{film}")["status"], "cancelled")
        self.ask("POST", f"/api/films/{film}/resume", {})
        self.server.wait(film, lambda state: state["status"] == "working")

    def test_killed_in_mid_film_it_goes_on(self):
        films = [self.server.make(seconds=5, prompt=prompt, width=1280, height=720) for prompt in ("Why the sea is salty", "How clouds form")]
        for film in films:
            self.server.wait(film, lambda state: state["phases"].get("storyboard", {}).get("done", 0) > 0)
        before = [self.ask("GET", f"/api/films/{film}") for film in films]
        self.assertNotIn("done", [state["status"] for state in before])
        self.server.kill()
        self.server.start()
        for film, old in zip(films, before):
            state = self.done(film)
            for number, scene in old["scenes"].items():
                if scene["picture"]["state"] == "done":
                    self.assertEqual(state["scenes"][number]["picture"], scene["picture"])

    def test_a_film_of_the_command_line_is_listed(self):
        done = subprocess.run([PROGRAM, "make", "A walk in the rain", "--seconds", "5", "--size", "320x180", "--yes", "--no-render", "-o",
                               str(self.server.films / "rain.mp4")], stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        card = self.ask("GET", "/api/films")["films"][0]
        self.assertEqual((card["id"], card["status"], card["isFinished"]), ("rain", "done", True))
        self.assertEqual(self.server.ask("GET", "/films/rain/project.json").status, 200)

    def test_measures_and_a_log(self):
        self.server.ask("GET", "/api/films")
        text = self.server.ask("GET", "/metrics").body.decode()
        self.assertRegex(text, r'cutroom_requests_total\{status="2xx"\} [1-9]')
        self.assertIn("cutroom_films_running 0\n", text)
        self.assertEqual(self.server.ask("GET", "/healthz").body, b"ok\n")


class Schema(unittest.TestCase):
    def test_a_wrong_answer_is_seen(self):
        film = {"$ref": "#/FilmCard"}
        self.assertTrue(schema.faults({}, film))
        self.assertTrue(schema.faults({"id": 5}, film))
        self.assertTrue(schema.faults({"films": [{"colour": "red"}]}, {"$ref": "#/FilmList"}))


class Session(unittest.TestCase):
    def test_a_page_that_was_open_goes_on_after_a_crash(self):
        server = Server(PROGRAM)
        secret = server.cookie.split("=")[1]
        server.kill()
        kept = server.films / "sessions"
        self.assertEqual(kept.stat().st_mode & 0o777, 0o600)
        self.assertNotIn(secret, kept.read_text())
        server.start()
        for value, status in ((secret, 200), ("0" * 64, 401), (kept.read_text().split()[0], 401)):
            self.assertEqual(server.ask("GET", "/api/films", Cookie=f"cutroom-{server.port}={value}").status, status)
        server.stop()
        # A session that nobody used for long, and lines that are none.
        day = 86400
        hashed = kept.read_text().split()[0]
        for text, status in ((f"{hashed} {int(time.time()) - 29 * day}\n", 200), (f"{hashed} {int(time.time()) - 32 * day}\n", 401),
                             (f"zz 1\n\n{hashed}", 401), ("", 401)):
            kept.write_text(text)
            server.start()
            cookie = f"cutroom-{server.port}={secret}"
            self.assertEqual(server.ask("GET", "/api/films", Cookie=cookie).status, status, text)
            server.stop()
        server.remove()


unittest.main(argv=[sys.argv[0]])
