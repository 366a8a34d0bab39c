#!/usr/bin/env python3
"""A whole film through the paid services' wires: the real program against the simulator, whose bill is held
against the film's ledger. The keys are looked for in everything that is left behind."""

import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

from simulator import KEYS, Simulator

PROGRAM = os.path.abspath(sys.argv.pop(1))
WORDS = ["make", "How bees find flowers", "-y", "--seconds", "15", "--size", "240x136", "-o", "film.mp4"]


class PaidFilm(unittest.TestCase):
    def setUp(self):
        self.simulator = Simulator()
        self.addCleanup(self.simulator.close)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="cutroom-paid-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def make(self, *words, code=0, **environment):
        words = [*WORDS, *words] if not words or words[0].startswith("-") else ["make", *words, *WORDS[2:]]
        done = subprocess.run([PROGRAM, *words], cwd=self.folder, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=200,
                              env=self.simulator.environment(**environment))
        said = done.stdout + done.stderr
        self.assertEqual(done.returncode, code, said)
        for key in (*KEYS.values(), *environment.values()):
            if "secret" in key:
                self.assertNotIn(key, said)
        return said

    def calls(self):
        with sqlite3.connect(self.folder / "film.cutroom/state.db") as state:
            state.row_factory = sqlite3.Row
            return [dict(row) for row in state.execute("select * from calls order by id")]

    def ledger_is_the_bill(self):
        """What the film says it cost is what it was billed, but for the answers' tokens, which are rounded."""
        cost = sum(call["cost"] for call in self.calls()) / 1e6
        self.assertAlmostEqual(cost, self.simulator.ask("bill")["total"], delta=0.002)

    def test_every_wire(self):
        said = self.make()
        for maker in ("OpenAI", "FLUX", "ElevenLabs", "Lyria", "WAN"):
            self.assertIn(maker, said)
        self.assertGreater((self.folder / "film.mp4").stat().st_size, 10000)
        bill = self.simulator.ask("bill")
        self.assertEqual(bill["twice"], [])
        wires = {entry["wire"] for entry in bill["entries"]}
        self.assertEqual(wires, {"openai", "replicate", "elevenlabs"})
        self.ledger_is_the_bill()
        self.assertEqual({call["state"] for call in self.calls()}, {"bought"})
        # The same film again costs nothing.
        self.make()
        self.assertEqual(len(self.simulator.ask("bill")["entries"]), len(bill["entries"]))
        for path in self.folder.rglob("*"):
            if path.is_file():
                data = path.read_bytes()
                for key in KEYS.values():
                    self.assertNotIn(key.encode(), data, path)

    def test_words_are_in_time_with_the_voice(self):
        self.make()
        project = json.loads((self.folder / "film.cutroom/project.json").read_text())
        words = [word for track in project["sequences"][0]["tracks"] if track.get("role") == "captions"
                 for clip in track["clips"] for word in clip["words"]]
        self.assertGreater(len(words), 10)

    def test_storms_pass(self):
        self.simulator.faults(
            {"fault": "429", "chance": 0.3, "count": 12, "retry_after": 0.05},
            {"fault": "503", "route": "get", "chance": 0.3, "count": 5},
            {"fault": "cut", "route": "output", "chance": 0.5, "count": 3},
            {"fault": "empty", "route": "output", "chance": 0.5, "count": 2},
            {"fault": "corrupt", "route": "output", "chance": 0.5, "count": 2},
            {"fault": "aborted", "route": "work", "count": 1},
            {"fault": "failed", "wire": "replicate", "route": "work", "count": 1},
            {"fault": "prose", "count": 1}, {"fault": "json", "route": "get", "count": 2})
        self.make()
        self.assertEqual(self.simulator.ask("bill")["twice"], [])
        self.ledger_is_the_bill()
        self.assertEqual(self.simulator.ask("state")["running"], 0)

    def test_a_lost_answer_is_found_again(self):
        # Taken on and billed, but the connection dies: the account's own lists tell.
        self.simulator.faults({"wire": "replicate", "route": "create", "fault": "lost", "count": 3},
                              {"wire": "elevenlabs", "route": "speech", "fault": "lost", "count": 1},
                              {"wire": "replicate", "route": "create", "fault": "500", "count": 2})
        self.make()
        suffered = self.simulator.ask("state")["suffered"]
        self.assertEqual(suffered["replicate/create/lost"], 3)
        self.assertEqual(suffered["elevenlabs/speech/lost"], 1)
        self.assertEqual(self.simulator.ask("bill")["twice"], [])
        self.ledger_is_the_bill()

    def test_refusals_are_told_as_what_they_are(self):
        said = self.make(REPLICATE_API_TOKEN="bad-key", code=3)
        self.assertIn("REPLICATE_API_TOKEN", said)
        said = self.make(REPLICATE_API_TOKEN="poor-key", code=3)
        self.assertIn("no money left", said)
        self.simulator.faults({"wire": "replicate", "fault": "blocked", "route": "work"})
        said = self.make(code=3)
        self.assertIn("refuses this content", said)
        self.simulator.faults()
        self.make()
        self.ledger_is_the_bill()

    def test_the_other_services(self):
        """Groq, MiniMax and Google in place of the first three."""
        nothing = {name: "" for name in KEYS}
        said = self.make(**nothing, GROQ_API_KEY="gsk-secret", MINIMAX_API_KEY="mm-secret", GEMINI_API_KEY="g-secret",
                         VERTEX_ACCESS_TOKEN="v-secret", VERTEX_BASE_URL=f"{self.simulator.url}/google/v1/projects/p")
        for maker in ("Groq", "built-in painter", "MiniMax speech", "Lyria 2 (Google Vertex AI)", "Veo 3.1"):
            self.assertIn(maker, said)
        self.assertEqual({entry["wire"] for entry in self.simulator.ask("bill")["entries"]},
                         {"groq", "minimax", "google"})
        self.assertEqual(self.simulator.ask("bill")["twice"], [])

    def test_a_model_by_name(self):
        said = self.make(CUTROOM_PICTURE_MODEL="leonardoai/phoenix-1.0", CUTROOM_MOTION_MODEL="builtin",
                         CUTROOM_MUSIC_MODEL="meta/musicgen")
        for maker in ("Phoenix", "built-in motion", "MusicGen"):
            self.assertIn(maker, said)
        self.ledger_is_the_bill()

    def test_a_note_changes_the_picture_that_is_there(self):
        self.make(CUTROOM_MOTION_MODEL="builtin")
        done = subprocess.run([PROGRAM, "make", "-o", "film.mp4", "--edit-scene", "1", "--note", "at night", "-y"],
                              cwd=self.folder, capture_output=True, text=True, stdin=subprocess.DEVNULL,
                              env=self.simulator.environment(CUTROOM_MOTION_MODEL="builtin"))
        self.assertEqual(done.returncode, 0, done.stderr)
        models = [entry["model"] for entry in self.simulator.ask("bill")["entries"]]
        self.assertEqual(models.count("black-forest-labs/flux-dev"), 1)
        self.ledger_is_the_bill()

    def test_a_presenter_speaks(self):
        self.make("How bees find flowers: a presenter speaks")
        bill = self.simulator.ask("bill")
        self.assertIn("kwaivgi/kling-avatar-v2", {entry["model"] for entry in bill["entries"]})
        self.ledger_is_the_bill()
        with sqlite3.connect(self.folder / "film.cutroom/state.db") as state:
            outputs = [json.loads(row[0]) for row in state.execute(
                "select output from jobs where kind = 'lipsync' and state = 'done'")]
        self.assertTrue(outputs)

    def test_the_budget_is_a_cap(self):
        said = self.make("--budget", "0.5", code=3)
        self.assertIn("budget of 0.50 US$", said)
        self.assertIn("hardly do", said)
        self.assertLess(self.simulator.ask("bill")["total"], 0.5)
        self.assertIn("cost     2.0", self.make("--budget", "4"))
        self.ledger_is_the_bill()

    def test_interrupted_work_goes_on_there_and_is_taken_up_here(self):
        self.simulator.ask("latency", {"ms": 3000})
        running = subprocess.Popen([PROGRAM, *WORDS], cwd=self.folder, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   env=self.simulator.environment())
        deadline = time.monotonic() + 60
        while not self.simulator.ask("state")["running"]:
            self.assertIsNone(running.poll())
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.02)  # polling a condition, not waiting for luck
        running.send_signal(signal.SIGINT)
        self.assertEqual(running.wait(timeout=60), 130)
        self.simulator.ask("latency", {"ms": 50})
        self.make()
        self.assertEqual(self.simulator.ask("bill")["twice"], [])
        self.ledger_is_the_bill()


if __name__ == "__main__":
    unittest.main(verbosity=1)
