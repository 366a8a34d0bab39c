#!/usr/bin/env python3
"""A film of paid services over HTTP: what it will cost and has cost, who makes what, what is never
paid again, and what is asked when a service refuses. The simulator's bill is the witness."""

import base64
import hashlib
import hmac
import http.client
import http.server
import json
import os
import pathlib
import sys
import threading
import time
import unittest
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "blackbox"))

import schema
from server import Server
from simulator import KEYS, Simulator

PROGRAM = os.path.abspath(sys.argv.pop(1))
# What the simulator knows is not to be mixed with what this machine has.
SERVICES = {"OPENAI_API_KEY": "OpenAI", "REPLICATE_API_TOKEN": "Replicate", "ELEVENLABS_API_KEY": "ElevenLabs"}
PHOENIX = "replicate-picture:leonardoai/phoenix-1.0"
PRO = "replicate-picture:black-forest-labs/flux-1.1-pro"
RESTS = ("done", "failed", "waiting")


class Studio(unittest.TestCase):
    def setUp(self):
        self.simulator = Simulator()
        self.addCleanup(self.simulator.close)
        self.start()

    def start(self, **more):
        before = dict(os.environ)
        os.environ.clear()
        os.environ.update({**before, **self.simulator.environment(**more)})
        self.server = Server(PROGRAM)
        os.environ.clear()
        os.environ.update(before)
        self.addCleanup(self.server.remove)
        self.addCleanup(self.server.stop)

    def begin(self, **wish):
        self.film = self.server.make(**{"seconds": 12, **wish})
        self.path = f"/api/films/{self.film}"

    def ask(self, method, path, body=None, status=200):
        """An answer that is as the OpenAPI file says."""
        answer = self.server.ask(method, path, body)
        self.assertEqual(schema.judge(method, path, answer), [])
        self.assertEqual(answer.status, status, answer.body)
        return answer.json

    def rest(self):
        state = self.server.wait(self.film, lambda state: state["status"] in RESTS)
        self.assertEqual(schema.faults(state, {"$ref": "#/FilmState"}), [])
        return state

    def done(self):
        state = self.rest()
        self.assertEqual((state["status"], state.get("fault")), ("done", None))
        return state

    def bought(self):
        """The models that were paid for, in order."""
        bill = self.simulator.ask("bill")
        self.assertEqual(bill["twice"], [])
        return [entry["model"] for entry in bill["entries"]]

    def do(self, method, path, body):
        """The models that are paid for by this."""
        before = len(self.bought())
        self.ask(method, self.path + path, body)
        self.done()
        return sorted(self.bought()[before:])


class PaidStudio(Studio):
    def test_the_makers_are_told_with_their_prices(self):
        makers = {maker["id"]: maker for maker in self.ask("GET", "/api/server")["providers"]}
        phoenix, flux = makers[PHOENIX], makers["replicate-picture:black-forest-labs/flux-schnell"]
        self.assertEqual((phoenix["price"], phoenix["isDefault"]), ({"unit": "image", "usd": 0.08}, False))
        self.assertEqual((flux["isDefault"], flux["can"]["notes"], flux["service"]), (True, True, "Replicate"))
        self.assertIn("16:9", flux["can"]["aspects"])
        wan = makers["replicate-motion:wan-video/wan-2.5-i2v"]
        self.assertEqual((wan["can"]["lengths"], wan["can"]["seconds"], wan["phase"]), ([5, 10], 10, "motion"))
        self.assertIn("warm", makers["builtin-voice"]["can"]["voices"])
        for maker in makers.values():
            self.assertEqual(maker["isBuiltin"], "service" not in maker)
        self.assertEqual({maker["service"] for maker in makers.values() if not maker["isBuiltin"]}, set(SERVICES.values()))

    def test_the_estimate_is_near_and_the_ledger_is_the_bill(self):
        self.begin(asks=True)
        self.server.wait(self.film, lambda state: state["status"] == "asking")
        estimate = self.ask("GET", self.path + "/estimate")
        self.ask("POST", self.path + "/answers", {})
        state = self.done()
        ledger = self.ask("GET", self.path + "/ledger")
        bill = self.simulator.ask("bill")
        self.assertAlmostEqual(ledger["spent"], bill["total"], delta=0.002)
        self.assertAlmostEqual(sum(line["cost"] for line in ledger["lines"]), ledger["spent"], places=6)
        self.assertAlmostEqual(estimate["cost"], bill["total"], delta=bill["total"] * 0.3)
        self.assertEqual(len(ledger["lines"]), len(bill["entries"]))
        units = [line["unit"] for line in ledger["lines"]]
        self.assertEqual(sorted(units), sorted(name for name in state["units"] if name != "assemble"))
        left = self.ask("GET", self.path + "/estimate")
        self.assertEqual((left["cost"], left["phases"]), (0, {}))
        self.assertAlmostEqual(left["left"], 10 - ledger["spent"], places=6)

    def test_nothing_is_paid_twice(self):
        self.begin()
        state = self.done()
        numbers = [scene["number"] for scene in sorted(state["scenes"].values(), key=lambda scene: -scene["position"])]
        self.assertEqual(self.do("POST", "/scenes/order", {"order": numbers}), [])
        self.assertEqual(self.do("DELETE", "/scenes/2", None), [])
        self.assertEqual(self.do("POST", "/scenes/2/restore", {}), [])
        narration = state["scenes"]["1"]["narration"]
        at = narration.index(" ", len(narration) // 2)
        voice, clip = "eleven_multilingual_v2", "wan-video/wan-2.5-i2v"
        # The first half's clip is cut from the one that there is; the second's picture is the first's.
        self.assertEqual(self.do("POST", "/scenes/1/split", {"at": at}), [voice, voice, clip])
        self.assertEqual(self.do("POST", "/scenes/1/merge", {}), [])
        self.assertEqual(self.do("POST", "/scenes/1/voice", {}), [voice])
        self.assertEqual(self.do("POST", "/scenes/1/motion", {"another": True}), [clip])
        variants = self.rest()["scenes"]["1"]["clip"]["variants"]
        self.assertEqual(self.do("PUT", "/scenes/1/motion", {"variant": variants[0]["variant"]}), [])
        self.assertEqual(self.do("POST", "/scenes/1/motion", {"prompt": "the bee lands"}), [clip])
        self.assertEqual(self.do("PATCH", "/sound", {"levels": {"music": -3}}), [])

    def test_another_maker_for_one_scene_and_for_all(self):
        self.begin()
        self.done()
        self.assertEqual(self.do("PATCH", "/models", {"picture": PHOENIX, "motion": "builtin-motion"}), [])
        self.assertEqual(self.do("POST", "/scenes/1/picture", {"another": True}), ["leonardoai/phoenix-1.0"])
        state = self.rest()
        self.assertEqual(state["units"]["scene/1/picture"]["providerId"], PHOENIX)
        # The clip of the other picture is made by who made the one before: it stays with its maker.
        old = state["scenes"]["1"]["picture"]["variants"][0]
        self.assertEqual(self.do("PUT", "/scenes/1/picture", {"variant": old["variant"]}), [])
        self.assertEqual(self.do("POST", "/scenes/1/motion", {"model": "replicate-motion:kwaivgi/kling-v2.1"}), ["kwaivgi/kling-v2.1"])
        self.assertEqual(self.rest()["scenes"]["1"]["models"]["motion"], "replicate-motion:kwaivgi/kling-v2.1")

    def test_every_maker_of_pictures_clips_and_lips(self):
        """Each by what its own schema takes, and once only; lips move in a film of the picture where a model wants one."""
        self.begin(seconds=6)
        state = self.done()
        makers = [maker for maker in self.ask("GET", "/api/server")["providers"] if maker.get("service") == "Replicate"]
        made = {kind: [maker for maker in makers if maker["kind"] == kind and not maker["isDefault"]]
                for kind in ("picture", "motion", "lipsync", "music")}
        self.assertEqual([len(made[kind]) for kind in made], [2, 4, 3, 1])
        self.assertEqual(self.do("POST", "/scenes/1/motion", {"isPresenter": True}), ["kwaivgi/kling-avatar-v2"])
        for maker in made["lipsync"]:
            self.assertEqual(self.do("POST", "/scenes/1/motion", {"model": maker["id"]}), [maker["model"]])
            self.assertEqual(self.rest()["units"]["scene/1/motion"]["providerId"], maker["id"])
        self.assertEqual(self.do("POST", "/scenes/1/motion", {"isPresenter": False}), [])
        for maker in made["motion"]:
            self.assertEqual(self.do("POST", "/scenes/1/motion", {"model": maker["id"]}), [maker["model"]])
        self.assertEqual(self.do("POST", "/scenes/1/motion", {"model": "builtin-motion"}), [])
        for maker in made["picture"]:
            self.assertEqual(self.do("POST", "/scenes/1/picture", {"model": maker["id"]}), [maker["model"]])
        # The last is FLUX 1.1 pro, whose pictures have somebody else to change them.
        self.assertEqual(self.do("POST", "/scenes/1/picture", {"note": "at night"}), ["black-forest-labs/flux-kontext-pro"])
        self.assertEqual(self.rest()["scenes"]["1"]["picture"]["understood"], "at night")
        self.assertEqual(self.do("PATCH", "/sound", {"music": {"model": made["music"][0]["id"]}}), ["meta/musicgen"])
        self.assertEqual(len(self.rest()["music"]["variants"]), 2)
        self.assertEqual(state["scenes"]["1"]["voice"], self.rest()["scenes"]["1"]["voice"])
        self.assertAlmostEqual(self.ask("GET", self.path + "/ledger")["spent"], self.simulator.ask("bill")["total"], delta=0.002)

    def test_voices_and_pictures_of_openai(self):
        self.begin(seconds=6)
        self.done()
        makers = {maker["id"]: maker for maker in self.ask("GET", "/api/server")["providers"]}
        self.assertIn("coral", makers["openai-voice:gpt-4o-mini-tts"]["can"]["voices"])
        wish = {"model": "openai-voice:gpt-4o-mini-tts", "voice": "coral"}
        self.assertEqual(self.do("POST", "/scenes/1/voice", wish), ["gpt-4o-mini-tts"])
        scene = self.rest()["scenes"]["1"]
        self.assertEqual([scene["speaker"], len(scene["voice"]["words"])], ["coral", len(scene["narration"].split())])
        self.assertEqual(self.do("POST", "/scenes/1/picture", {"model": "openai-picture:gpt-image-1"}), ["gpt-image-1", "wan-video/wan-2.5-i2v"])

    def test_who_else_shall_make_it_is_asked(self):
        self.simulator.faults({"wire": "replicate", "route": "work", "fault": "blocked"})
        self.begin()
        state = self.rest()
        self.assertEqual(state["status"], "waiting")
        decision = next(one for one in state["decisions"] if one["unit"] == "scene/1/picture")
        self.assertIn("refuses this content", decision["text"])
        self.assertEqual(state["units"]["scene/1/picture"]["fault"]["class"], "blocked")
        prices = {choice["value"]: choice["cost"] for choice in decision["choices"]}
        self.assertEqual(prices, {"retry": 0.003, PHOENIX: 0.08, PRO: 0.04, "openai-picture:gpt-image-1": 0.063, "builtin-painter": 0})
        self.ask("POST", self.path + "/decide", {"unit": "scene/1/picture", "choice": "nobody"}, 400)
        self.ask("POST", self.path + "/decide", {"unit": "script", "choice": "retry"}, 409)
        self.ask("POST", self.path + "/decide", {"unit": "scene/1/picture", "choice": "builtin-painter", "all": True})
        state = self.rest()
        self.assertEqual({scene["picture"]["state"] for scene in state["scenes"].values()}, {"done"})
        self.simulator.faults()
        for decision in state.get("decisions", []):
            self.ask("POST", self.path + "/decide", {"unit": decision["unit"], "choice": "retry"})
        state = self.done()
        self.assertEqual(state["units"]["scene/1/picture"]["providerId"], "builtin-painter")
        self.assertNotIn("decisions", state)

    def test_a_film_begins_with_its_cap_and_its_makers(self):
        self.begin(seconds=6, cap=3, models={"picture": PHOENIX, "motion": "builtin-motion"})
        state = self.done()
        self.assertEqual((state["ledger"]["cap"], state["models"]["picture"]), (3, PHOENIX))
        self.assertEqual({model for model in self.bought() if "/" in model}, {"leonardoai/phoenix-1.0", "google/lyria-2"})
        before = len(self.ask("GET", "/api/films")["films"])
        for wrong, place in (({"models": {"picture": "nobody"}}, "/picture"), ({"cap": "much"}, "/cap")):
            answer = self.ask("POST", "/api/films", {"prompt": "Bees", **wrong}, 400)
            self.assertEqual(answer["error"]["place"], place)
        self.assertEqual(len(self.ask("GET", "/api/films")["films"]), before)

    def test_the_cap_holds_and_can_be_raised(self):
        self.begin(asks=True)
        self.server.wait(self.film, lambda state: state["status"] == "asking")
        self.ask("PATCH", self.path, {"cap": 0.5})
        self.ask("POST", self.path + "/answers", {})
        state = self.rest()
        self.assertEqual(state["status"], "waiting")
        self.assertIn("cap", {unit["fault"]["class"] for unit in state["units"].values() if "fault" in unit})
        self.assertLess(self.simulator.ask("bill")["total"], 0.5)
        self.ask("PATCH", self.path, {"cap": 10})
        self.ask("POST", self.path + "/resume", {})
        self.done()
        self.assertEqual(self.simulator.ask("bill")["twice"], [])

class Relay:
    """Hands on what services tell to a server that is started later, and remembers it."""

    def __init__(self):
        relay = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                told = {name: value for name, value in self.headers.items() if name.lower().startswith("webhook-")}
                status = relay.hand_on(self.path, body, told)
                relay.told.append((self.path, body, told, status))
                self.send_response(status)
                self.end_headers()

            def log_message(self, *words):
                pass

        self.told, self.port = [], None
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        self.thread = threading.Thread(target=self.http.serve_forever)
        self.thread.start()

    def hand_on(self, path, body, fields):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        # As through a proxy: by another name, with no session.
        connection.request("POST", path, body, {**fields, "Host": "films.example"})
        status = connection.getresponse().status
        connection.close()
        return status

    def close(self):
        self.http.shutdown()
        self.thread.join()
        self.http.server_close()


class Webhooks(Studio):
    def setUp(self):
        self.simulator = Simulator()
        self.addCleanup(self.simulator.close)
        self.relay = Relay()
        self.addCleanup(self.relay.close)
        request = urllib.request.Request(f"{self.simulator.url}/replicate/v1/webhooks/default/secret",
                                         headers={"Authorization": f"Bearer {KEYS['REPLICATE_API_TOKEN']}"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            self.secret = json.load(answer)["key"]
        # Nobody looks by himself within the hour: only what is told makes the film go on.
        self.start(CUTROOM_WEBHOOK_URL=self.relay.url, REPLICATE_WEBHOOK_SECRET=self.secret, CUTROOM_POLL_MS="3600000")
        self.relay.port = self.server.port

    def signed(self, body, name="msg_1", late=0, secret=None):
        sent = str(int(time.time()) - late)
        key = base64.b64decode((secret or self.secret).removeprefix("whsec_"))
        sign = hmac.new(key, f"{name}.{sent}.".encode() + body, hashlib.sha256).digest()
        return {"webhook-id": name, "webhook-timestamp": sent, "webhook-signature": "v1," + base64.b64encode(sign).decode()}

    def test_a_film_is_made_by_what_is_told(self):
        self.simulator.faults({"wire": "replicate", "route": "webhook", "fault": "duplicate", "count": 2})
        self.begin()
        self.done()
        statuses = [status for _, _, _, status in self.relay.told]
        self.assertGreaterEqual(len(statuses), 5)
        self.assertEqual(set(statuses), {204})
        self.assertEqual({path for path, _, _, _ in self.relay.told}, {"/api/webhooks/replicate"})
        self.bought()

    def test_what_is_not_signed_is_nothing(self):
        path, body = "/api/webhooks/replicate", b'{"id": "abc", "status": "succeeded"}'
        other = "whsec_" + base64.b64encode(b"another key of some length").decode()
        for fields, status in (({}, 400), (self.signed(body), 204), (self.signed(body), 204),
                               (self.signed(body, secret=other), 401), (self.signed(body, late=400), 401),
                               (self.signed(body, late=-400), 401), (self.signed(body + b" "), 401)):
            self.assertEqual(self.relay.hand_on(path, body, fields), status, fields)
        self.assertEqual(self.relay.hand_on(path, b"[]", self.signed(b"[]", "msg_2")), 400)
        self.assertEqual(self.relay.hand_on("/api/webhooks/openai", body, self.signed(body)), 404)
        # Nothing else is open to who has no session.
        self.assertEqual(self.relay.hand_on("/api/films", b"{}", {}), 421)
        for fields in ({}, self.signed(body)):
            answer = self.server.ask("POST", path, body, **fields)
            self.assertEqual(schema.judge("POST", path, answer), [])


if __name__ == "__main__":
    unittest.main(verbosity=1)
