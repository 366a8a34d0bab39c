#!/usr/bin/env python3
"""A render that is killed with --resume goes on where it was: whatever the moment, the film comes out as if
nothing had happened, and nothing is left lying about."""

import json
import os
import pathlib
import random
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
SECONDS = 20
NO_SPACE, FAILED, INTERRUPTED = 5, 1, 130
# Another number of them where the program is slow, as with sanitizers.
KILLS = int(sys.argv.pop(1)) if len(sys.argv) > 1 and sys.argv[1].isdigit() else 20


def project():
    """Colours that change every second, a moving picture, a tone, and captions: no two pictures are alike."""
    def clip(name, start, length, **more):
        return {"id": name, "start": int(start * TICKS), "duration": int(length * TICKS), **more}

    media = [clip(f"m{i}", i, 1, kind="media", asset="a", source_start=i * TICKS // 4) for i in range(SECONDS)]
    sound = [clip("s", 0, SECONDS, kind="media", asset="a")]
    lines = [clip(f"t{i}", i, 1.5, kind="caption", text=f"Line {i}") for i in range(0, SECONDS - 1, 2)]
    return {"version": 1, "title": "Resumed", "settings": {"width": 96, "height": 64, "frame_rate": "30000/1001"},
            "assets": [{"id": "a", "uri": "moving.mkv", "duration": SECONDS * TICKS}],
            "sequences": [{"id": "film", "tracks": [
                {"id": "v1", "kind": "video", "clips": media},
                {"id": "a1", "kind": "audio", "clips": sound},
                {"id": "x1", "kind": "text", "clips": lines}]}]}


class Resume(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="cutroom-resume-"))
        self.addCleanup(shutil.rmtree, self.folder)
        subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i",
                        f"testsrc2=s=96x64:r=30:d={SECONDS}", "-f", "lavfi", "-i",
                        f"sine=330:r=48000:d={SECONDS}", "-c:v", "ffv1", "-pix_fmt", "yuv420p", "-c:a",
                        "pcm_s16le", self.folder / "moving.mkv"], check=True)
        (self.folder / "film.json").write_text(json.dumps(project()), encoding="utf-8")
        self.mine = {"film.json", "moving.mkv"}

    def command(self, output, *words):
        return [PROGRAM, "render", "film.json", "-o", output, "--exact", "--speed", "ultrafast", *words]

    def render(self, output, *words, code=0, **options):
        done = subprocess.run(self.command(output, *words), cwd=self.folder, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=120, **options)
        self.assertEqual(done.returncode, code, done.stderr)
        return done.stderr

    def only(self, *names):
        """These files and nothing else: no segment, no half-written file."""
        self.assertEqual({p.name for p in self.folder.iterdir()} - self.mine, set(names))

    def frame_digests(self, name):
        said = subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-i", self.folder / name, "-map", "0:v", "-map",
                               "0:a", "-f", "framemd5", "-"], capture_output=True, text=True, check=True)
        self.assertEqual(said.stderr, "")
        return [line for line in said.stdout.splitlines() if not line.startswith("#")]

    def kill_at(self, seconds, output, *words):
        """Kills it so long after its start; true when it was still at work."""
        running = subprocess.Popen(self.command(output, *words), cwd=self.folder, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        try:
            running.wait(timeout=seconds)
            return False
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()
            return True

    def test_killed_at_random_it_comes_out_the_same(self):
        begin = time.monotonic()
        self.render("whole.mp4", "--resume", "steps-whole", "-q")
        length = time.monotonic() - begin
        self.only("whole.mp4")
        chance, kills, films, killed = random.Random(20), 0, 0, self.folder / "killed.mp4"
        while kills < KILLS or films == 0:
            may_finish = kills >= KILLS
            if not may_finish and self.kill_at(chance.uniform(0.02, 0.5) * length, "killed.mp4", "--resume", "steps"):
                kills += 1
                self.assertFalse(killed.exists())
                continue
            if may_finish:
                self.render("killed.mp4", "--resume", "steps")
            films += 1
            self.only("whole.mp4", "killed.mp4")
            self.assertEqual(self.frame_digests("killed.mp4"), self.frame_digests("whole.mp4"))
            self.assertEqual(killed.read_bytes(), (self.folder / "whole.mp4").read_bytes())
            killed.unlink()

    def test_what_is_there_is_said_and_not_made_again(self):
        self.stop_in_the_middle("film.mp4")
        before = {p.name: p.stat().st_mtime_ns for p in (self.folder / "steps").glob("picture-*.segment")}
        self.assertTrue(before)
        # Another film of the same folder's segments: another name, the same wishes. The disk ends in the
        # join, so that the segments can be looked at.
        said = self.render("other.mp4", "--resume", "steps", code=NO_SPACE, preexec_fn=self.small_files)
        self.assertRegex(said, r"going on: \d+ of 600 frames and the sound are there already")
        self.assertIn("other.mp4", said)
        self.assertIn("no space", said)
        after = {p.name: p.stat().st_mtime_ns for p in (self.folder / "steps").glob("picture-*.segment")}
        self.assertEqual({name: after[name] for name in before}, before)
        self.assertEqual(len(after), 3)
        self.only("steps")
        said = self.render("other.mp4", "--resume", "steps")
        self.assertIn("600 of 600", said)
        self.only("other.mp4")

    @staticmethod
    def small_files():
        """No file may grow as large as the film; its segments may."""
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (700000, 700000))

    def stop_in_the_middle(self, output, *words):
        """Interrupts it as soon as a segment of pictures is there."""
        running = subprocess.Popen(self.command(output, "--resume", "steps", *words), cwd=self.folder,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        deadline = time.monotonic() + 60
        while not list((self.folder / "steps").glob("picture-*.segment")):
            self.assertIsNone(running.poll(), "it ended before a segment was there")
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.005)  # polling a condition, not waiting for luck
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=30)
        self.assertEqual(running.returncode, INTERRUPTED, said)
        self.assertIn("the same command goes on", said)
        self.only("steps")

    def test_other_wishes_and_edits_begin_anew(self):
        self.stop_in_the_middle("film.mp4")
        said = self.render("film.mp4", "--resume", "steps", "--quality", "40")
        self.assertNotIn("going on", said)
        once = self.render("once.mp4", "--resume", "elsewhere", "--quality", "40")
        self.assertNotIn("going on", once)
        self.assertEqual((self.folder / "film.mp4").read_bytes(), (self.folder / "once.mp4").read_bytes())

    def test_changed_media_begin_anew(self):
        self.stop_in_the_middle("film.mp4")
        subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", "-i", self.folder / "moving.mkv", "-vf", "negate",
                        "-c:v", "ffv1", "-c:a", "copy", self.folder / "new.mkv"], check=True)
        (self.folder / "new.mkv").rename(self.folder / "moving.mkv")
        said = self.render("film.mp4", "--resume", "steps")
        self.assertNotIn("going on", said)

    def test_two_in_one_folder(self):
        running = subprocess.Popen(self.command("one.mp4", "--resume", "steps"), cwd=self.folder,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while not list(self.folder.glob("steps/*.segment*")):
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.005)  # polling a condition, not waiting for luck
        said = self.render("two.mp4", "--resume", "steps", code=FAILED)
        self.assertIn("steps: another export is at work in this folder", said)
        self.assertEqual(running.wait(timeout=60), 0)
        self.only("one.mp4")

    def test_a_folder_of_mine_stays(self):
        (self.folder / "steps").mkdir()
        (self.folder / "steps/notes.txt").write_text("mine")
        self.render("film.mp4", "--resume", "steps", "--to", "1")
        self.assertEqual([p.name for p in (self.folder / "steps").iterdir()], ["notes.txt"])

    def test_the_film_is_streamable(self):
        self.render("film.mp4", "--resume", "steps")
        data = (self.folder / "film.mp4").read_bytes()
        self.assertLess(data.index(b"moov"), data.index(b"mdat"))
        self.assertIn(b"colrnclx\0\1\0\1\0\1", data)  # BT.709, limited
        self.render("film.webm", "--resume", "steps", "--to", "9")
        data = (self.folder / "film.webm").read_bytes()
        cues, cluster = b"\x1c\x53\xbb\x6b", b"\x1f\x43\xb6\x75"
        # The first mention of the cues is in the list of what is where; they too come before the media.
        self.assertGreaterEqual(data[:data.index(cluster)].count(cues), 2)
        said = subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-i", self.folder / "film.mp4", "-f", "srt", "-"],
                              capture_output=True, text=True, check=True)
        self.assertEqual(said.stderr, "")
        self.assertEqual(said.stdout.count("Line "), 10)


if __name__ == "__main__":
    unittest.main(verbosity=1)
