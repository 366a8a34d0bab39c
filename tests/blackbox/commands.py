#!/usr/bin/env python3
"""What a person meets at the command line: every mistake is a sentence that names the thing and the
place, with its own exit code, and nothing is lost or half-written."""

import json
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = os.path.abspath(sys.argv.pop(1))
TICKS = 705600000
FAILED, USAGE, BAD_INPUT, MISSING, NO_SPACE, INTERRUPTED = 1, 2, 3, 4, 5, 130


def project(seconds=2, **changes):
    """A small film: a colour, a title over it, nothing from outside."""
    clip = {"id": "c1", "kind": "solid", "start": 0, "duration": seconds * TICKS, "color": "#2266aaff"}
    title = {"id": "t1", "kind": "title", "start": 0, "duration": TICKS, "text": "Hello"}
    film = {"version": 1, "title": "Small", "settings": {"width": 320, "height": 180, "frame_rate": "30/1"},
            "sequences": [{"id": "film", "tracks": [
                {"id": "v1", "kind": "video", "clips": [clip]},
                {"id": "x1", "kind": "text", "clips": [title]}]}]}
    film.update(changes)
    return film


class Commands(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="cutroom-blackbox-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.path = self.write("project.json", json.dumps(project()))

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def run_program(self, *words, environment=None, **options):
        return subprocess.run([PROGRAM, *map(str, words)], cwd=self.folder, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=120,
                              env={**os.environ, **(environment or {})}, **options)

    def refuse(self, code, *words, says=(), **options):
        """The command fails with this code and one sentence that holds all of these words."""
        done = self.run_program(*words, **options)
        self.assertEqual(done.returncode, code, done.stderr)
        sentences = [line for line in done.stderr.splitlines() if line.startswith("cutroom")]
        self.assertTrue(sentences, done.stderr)
        for word in says:
            self.assertIn(word, done.stderr)
        self.assertNotIn("assert", done.stderr)
        return done

    def only(self, *names):
        """Nothing else is in the folder: no half-written file."""
        self.assertEqual(sorted(p.name for p in self.folder.iterdir()), sorted(names))

    def test_help_and_version(self):
        for words in (["--help"], ["make", "--help"], ["render", "--help"], ["probe", "--help"],
                      ["digest", "--help"], ["check", "--help"], ["edit", "--help"], ["status", "--help"]):
            done = self.run_program(*words)
            self.assertEqual(done.returncode, 0)
            self.assertIn("usage: cutroom", done.stdout)
        self.assertRegex(self.run_program("--version").stdout, r"\d+\.\d+\.\d+")

    def test_wrong_command_lines(self):
        self.refuse(USAGE, "fly", says=["fly"])
        self.refuse(USAGE, "render", self.path)
        self.refuse(USAGE, "render", self.path, "-o", "x.mp4", "--size", "banana", says=["banana"])
        self.refuse(USAGE, "render", self.path, "-o", "x.mp4", "--from", "later", says=["later"])
        self.refuse(BAD_INPUT, "make", "A film", "--aspect", "4:5", says=["4:5"])
        self.refuse(BAD_INPUT, "make", "A film", "--seconds", "soon", says=["--seconds", "soon"])
        self.only("project.json")

    def test_render_writes_the_whole_film(self):
        done = self.run_program("render", self.path, "-o", "film.mp4")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.only("project.json", "film.mp4")
        said = subprocess.run(["ffprobe", "-v", "error", "-count_frames", "-show_entries",
                               "stream=codec_name,nb_read_frames,color_space", "-of", "csv=p=0",
                               self.folder / "film.mp4"], capture_output=True, text=True)
        self.assertEqual(said.stderr, "")
        self.assertIn("h264,bt709,60", said.stdout)

    def test_part_and_size(self):
        done = self.run_program("render", self.path, "-o", "part.mp4", "--from", "0:00.5", "--to", "1",
                                "--size", "160x90")
        self.assertEqual(done.returncode, 0, done.stderr)
        said = subprocess.run(["ffprobe", "-v", "error", "-count_frames", "-select_streams", "v",
                               "-show_entries", "stream=width,height,nb_read_frames", "-of", "csv=p=0",
                               self.folder / "part.mp4"], capture_output=True, text=True)
        self.assertEqual(said.stdout.strip(), "160,90,15")

    def test_other_formats(self):
        for name in ("film.webm", "film.webp", "film.zip", "film.digest"):
            done = self.run_program("render", self.path, "-o", name, "--to", "0.2")
            self.assertEqual(done.returncode, 0, f"{name}: {done.stderr}")
            self.assertGreater((self.folder / name).stat().st_size, 100)

    def test_one_picture_or_many(self):
        self.refuse(BAD_INPUT, "render", self.path, "-o", "film.png", says=["film.png", "60", ".zip"])
        done = self.run_program("render", self.path, "-o", "poster.png", "--from", "1", "--to", "1.03")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue((self.folder / "poster.png").read_bytes().startswith(b"\x89PNG"))
        self.only("project.json", "poster.png")

    def test_digest_is_the_same_however_it_is_painted(self):
        lines = {self.run_program("digest", self.path, *words).stdout
                 for words in ([], ["--threads", "1"], ["--threads", "2"], ["--no-simd"])}
        self.assertEqual(len(lines), 1)
        self.assertEqual(sum(line.startswith("frame") for line in lines.pop().splitlines()), 60)

    def test_broken_project_is_named_with_its_place(self):
        self.refuse(MISSING, "check", "nowhere.json", says=["nowhere.json"])
        broken = self.write("broken.json", '{"version": 1,')
        self.refuse(BAD_INPUT, "check", broken, says=["broken.json", "line 1"])
        wrong = project()
        wrong["sequences"][0]["tracks"][0]["clips"][0]["duration"] = "long"
        path = self.write("wrong.json", json.dumps(wrong))
        for command in (["check", path], ["render", path, "-o", "x.mp4"], ["digest", path]):
            self.refuse(BAD_INPUT, *command, says=["/sequences/0/tracks/0/clips/0/duration"])
        self.assertFalse((self.folder / "x.mp4").exists())

    def test_vanished_asset_is_named(self):
        lost = project(assets=[{"id": "a1", "uri": "gone.mp4", "duration": 2 * TICKS}])
        lost["sequences"][0]["tracks"][0]["clips"] = [
            {"id": "c1", "kind": "media", "asset": "a1", "start": 0, "duration": TICKS}]
        path = self.write("lost.json", json.dumps(lost))
        self.refuse(MISSING, "render", path, "-o", "x.mp4", says=["gone.mp4"])
        self.refuse(MISSING, "check", path, says=["gone.mp4"])
        self.assertFalse((self.folder / "x.mp4").exists())

    def test_unreadable_media_is_named(self):
        self.write("words.mp4", "these are words and no film at all")
        done = self.run_program("probe", "words.mp4")
        self.assertEqual(done.returncode, BAD_INPUT, done.stderr)
        self.assertIn("words.mp4", done.stderr)
        self.refuse(MISSING, "probe", "nowhere.mp4", says=["nowhere.mp4"])

    def test_missing_font_is_named(self):
        data = self.folder / "data"
        (data / "fonts").mkdir(parents=True)
        (data / "fonts/fonts.txt").write_text("NoSuchFont.ttf\n")
        self.refuse(MISSING, "render", self.path, "-o", "x.mp4", says=["NoSuchFont.ttf"],
                    environment={"CUTROOM_DATA": str(data)})
        self.assertFalse((self.folder / "x.mp4").exists())

    def test_full_disk(self):
        def small_files():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

        self.refuse(NO_SPACE, "render", self.path, "-o", "film.mp4", says=["film.mp4"],
                    preexec_fn=small_files)
        self.only("project.json")

    def test_edit_and_its_inverse(self):
        # In the form that the program writes, so that bytes can be compared.
        (self.folder / "no.json").write_text('{"op": "batch", "edits": []}')
        self.assertEqual(self.run_program("edit", self.path, "no.json").returncode, 0)
        before = self.path.read_bytes()
        edit = self.write("edit.json", json.dumps(
            {"op": "trim", "clip": "c1", "edge": "end", "to": TICKS}))
        done = self.run_program("edit", self.path, edit, "--inverse", "undo.json")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotEqual(self.path.read_bytes(), before)
        done = self.run_program("edit", self.path, "undo.json")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.path.read_bytes(), before)

    def test_refused_edit_changes_nothing(self):
        before = self.path.read_bytes()
        edit = self.write("edit.json", json.dumps({"op": "split", "clip": "c99", "at": 5}))
        self.refuse(MISSING, "edit", self.path, edit, says=["c99"])
        self.refuse(BAD_INPUT, "edit", self.path, self.write("odd.json", '{"op": "levitate"}'),
                    says=["levitate"])
        self.assertEqual(self.path.read_bytes(), before)

    def test_prompts_that_cannot_be(self):
        self.refuse(BAD_INPUT, "make", "", "-y", "-o", "x.mp4")
        self.refuse(BAD_INPUT, "make", "   ", "-y", "-o", "x.mp4")
        done = self.refuse(BAD_INPUT, "make", "word " * 20000, "-y", "-o", "x.mp4")
        self.assertLess(len(done.stderr), 500)
        self.refuse(MISSING, "make", "--script", "nowhere.md", "-y", "-o", "x.mp4", says=["nowhere.md"])
        answers = self.write("answers.json", '{"tone": 7}')
        self.refuse(BAD_INPUT, "make", "Bees", "-y", "--answers", answers, "-o", "x.mp4", says=["tone"])
        self.only("project.json", "answers.json")

    def test_interrupted_render_leaves_nothing(self):
        long_film = self.write("long.json", json.dumps(project(seconds=600)))
        running = subprocess.Popen([PROGRAM, "render", str(long_film), "-o", "long.mp4"], cwd=self.folder,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while not list(self.folder.glob("long.mp4*")) and time.monotonic() < deadline:
            self.assertIsNone(running.poll(), "it ended before it began to write")
            time.sleep(0.02)  # polling a condition, not waiting for luck
        running.send_signal(signal.SIGINT)
        self.assertEqual(running.wait(timeout=30), INTERRUPTED)
        self.only("project.json", "long.json")


if __name__ == "__main__":
    unittest.main(verbosity=1)
