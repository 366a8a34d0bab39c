#!/usr/bin/env python3
"""`cutroom play` from outside, on a machine without a display: it opens, plays, and says what it did."""

import array
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

PROGRAM = os.path.abspath(sys.argv.pop(1))
TICKS = 705600000
USAGE, MISSING = 2, 4
FACTS = re.compile(r"at (\S+): (\d+) pictures shown, (\d+) dropped, quality (\w+), painter (\w+), "
                   r"sound (\w+), picture minus sound (-?[\d.]+) ms\n")


class Play(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="cutroom-play-"))
        self.addCleanup(shutil.rmtree, self.folder)
        subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=160x90:r=25:d=3",
                        "-f", "lavfi", "-i", "sine=440:d=3", "-c:v", "mjpeg", "-c:a", "pcm_s16le", "film.mkv"],
                       cwd=self.folder, check=True)

    def start(self, *words, **environment):
        headless = {"SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy", **environment}
        return subprocess.Popen([PROGRAM, "play", *words], cwd=self.folder, env={**os.environ, **headless},
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def play(self, *words, code=0, **environment):
        process = self.start(*words, **environment)
        said, complained = process.communicate(timeout=60)
        self.assertEqual(process.returncode, code, complained)
        return said, complained

    def facts(self, said):
        found = FACTS.fullmatch(said)
        self.assertTrue(found, said)
        return found.groups()

    def test_media_plays_to_a_number_of_pictures(self):
        said, _ = self.play("film.mkv", "--frames", "20", "--quality", "half")
        _, shown, _, quality, painter, sound, _ = self.facts(said)
        self.assertEqual((int(shown), quality, painter, sound), (20, "half", "cpu", "on"))

    def test_a_project_plays_to_its_end(self):
        clip = {"id": "c1", "kind": "solid", "start": 0, "duration": TICKS, "color": "#2266aaff"}
        film = {"version": 1, "title": "Small", "settings": {"width": 320, "height": 180, "frame_rate": "30/1"},
                "sequences": [{"id": "film", "tracks": [{"id": "v1", "kind": "video", "clips": [clip]}]}]}
        (self.folder / "film.json").write_text(json.dumps(film), encoding="utf-8")
        said, _ = self.play("film.json", "--frames", "1000")
        self.assertEqual(self.facts(said)[0], "00:00:01:00")

    def test_what_is_heard_is_the_film(self):
        said, _ = self.play("film.mkv", "--frames", "1000", SDL_AUDIODRIVER="disk", SDL_DISKAUDIOFILE="heard")
        self.assertEqual(self.facts(said)[0], "00:00:03:00")
        heard = array.array("f", (self.folder / "heard").read_bytes())[::2]
        loud = [sample for sample in heard if abs(sample) > 0.001]
        self.assertGreater(len(loud), 2.8 * 48000)
        self.assertAlmostEqual(max(loud), 0.125, delta=0.02)

    def test_without_a_device_it_plays_on(self):
        said, complained = self.play("film.mkv", "--frames", "1000", SDL_AUDIODRIVER="nosuch")
        self.assertEqual(self.facts(said)[5], "off")
        self.assertIn("there is no sound", complained)

    def test_interrupted_it_ends_well(self):
        process = self.start("film.mkv", "--loop", SDL_AUDIODRIVER="disk", SDL_DISKAUDIOFILE="heard")
        heard = self.folder / "heard"
        for _ in range(600):
            try:
                process.wait(0.05)
            except subprocess.TimeoutExpired:
                if heard.exists() and heard.stat().st_size > 0:
                    break
        process.send_signal(signal.SIGINT)
        said, complained = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 0, complained)
        self.facts(said)

    def test_mistakes_are_sentences(self):
        for code, words, says in [(USAGE, [], "which file"), (MISSING, ["gone.mp4"], "gone.mp4"),
                                  (USAGE, ["film.mkv", "--quality", "best"], "best"),
                                  (USAGE, ["film.mkv", "--from", "noon"], "noon")]:
            _, complained = self.play(*words, code=code)
            self.assertIn(says, complained)
        _, complained = self.play("film.mkv", code=MISSING, SDL_VIDEODRIVER="nosuch")
        self.assertIn("there is no display", complained)


if __name__ == "__main__":
    unittest.main(verbosity=2)
