#!/usr/bin/env python3
"""A whole film, made by the real program with the built-in makers, and measured as a listener and a
viewer would: loudness, music under the voice, captions in step with the words, nothing black, frozen
or cut."""

import array
import json
import math
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest
import wave

PROGRAM = os.path.abspath(sys.argv.pop(1))
TICKS = 705600000
SCRIPT = """# The Last Ferry

## Harbour
The last ferry leaves at nine. Nora has never missed it.

## Morning
By morning, the water is glass. Nora waves, and the ferry waves back.
"""


def run(*words, folder):
    done = subprocess.run([str(word) for word in words], cwd=folder, capture_output=True, text=True,
                          stdin=subprocess.DEVNULL)
    assert done.returncode == 0, f"{words[:3]}: {done.stderr}"
    return done.stdout + done.stderr


def decibels(path, stretches):
    """The mean level of a 16-bit stereo file over some stretches of ticks, in dB of full scale."""
    with wave.open(str(path)) as sound:
        samples = array.array("h", sound.readframes(sound.getnframes()))
    total = count = 0
    for start, end in stretches:
        part = samples[start * 48000 // TICKS * 2:end * 48000 // TICKS * 2]
        total += sum(value * value for value in part)
        count += len(part)
    return 10 * math.log10(max(total, 1) / max(count, 1) / 32768 ** 2)


class WholeFilm(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="cutroom-film-"))
        (cls.folder / "script.md").write_text(SCRIPT, encoding="utf-8")
        run(PROGRAM, "make", "How bees find flowers, for curious ten-year-olds", "-y", "-o", "bees.mp4",
            "--seconds", "15", "--size", "480x270", "-q", folder=cls.folder)
        run(PROGRAM, "make", "A film", "-y", "--script", "script.md", "-o", "tall.mp4", "--aspect", "9:16",
            "--size", "270x480", "-q", folder=cls.folder)
        cls.films = ("bees", "tall")
        cls.projects = {film: json.loads((cls.folder / f"{film}.cutroom/project.json").read_text())
                        for film in cls.films}

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def tracks(self, film, role):
        return [track for track in self.projects[film]["sequences"][0]["tracks"]
                if track.get("role") == role]

    def clips(self, film, role):
        return [clip for track in self.tracks(film, role) for clip in track["clips"]]

    def spoken(self, film, clip):
        """The words of a voice clip with their times in the film, as the voice's maker told them."""
        project = self.projects[film]
        asset = next(a for a in project["assets"] if a["id"] == clip["asset"])
        with sqlite3.connect(self.folder / f"{film}.cutroom/state.db") as state:
            outputs = [json.loads(row[0]) for row in state.execute(
                "select output from jobs where kind = 'voice' and state = 'done'")]
        words = next(o["words"] for o in outputs if o["file"] == asset["uri"])
        offset = clip["start"] - clip.get("source_start", 0)
        return [(word["text"], word["start"] + offset, word["end"] + offset) for word in words]

    def test_the_file_is_what_it_should_be(self):
        for film, size in (("bees", "480,270"), ("tall", "270,480")):
            said = run("ffprobe", "-v", "error", "-count_frames", "-show_entries",
                       "stream=codec_name,profile,width,height,color_range,color_space,nb_read_frames,duration",
                       "-of", "csv=p=0", f"{film}.mp4", folder=self.folder)
            self.assertRegex(said, rf"h264,High,{size},tv,bt709,")
            self.assertRegex(said, r"aac,LC")
            self.assertIn("mov_text", said)
            data = (self.folder / f"{film}.mp4").read_bytes()
            self.assertLess(data.index(b"moov"), data.index(b"mdat"))
            self.assertGreater((self.folder / f"{film}.srt").stat().st_size, 50)

    def test_loudness_and_peak(self):
        for film in self.films:
            said = run("ffmpeg", "-nostdin", "-i", f"{film}.mp4", "-af", "ebur128=peak=true", "-f", "null", "-",
                       folder=self.folder)
            loudness = float(re.findall(r"I:\s+(-?[\d.]+) LUFS", said)[-1])
            peak = float(re.findall(r"Peak:\s+(-?[\d.]+) dBFS", said)[-1])
            self.assertAlmostEqual(loudness, -14, delta=0.5, msg=film)
            self.assertLessEqual(peak, -1, film)

    def test_nothing_is_black_or_frozen(self):
        for film in self.films:
            said = run("ffmpeg", "-nostdin", "-i", f"{film}.mp4", "-vf",
                       "blackdetect=d=1:pix_th=0.02,freezedetect=n=-70dB:d=1", "-f", "null", "-",
                       folder=self.folder)
            self.assertNotIn("black_start", said, film)
            self.assertNotIn("freeze_start", said, film)

    def test_pictures_cover_every_frame(self):
        for film in self.films:
            video = next(track for track in self.projects[film]["sequences"][0]["tracks"]
                         if track["kind"] == "video")
            ends = [(clip["start"], clip["start"] + clip["duration"]) for clip in video["clips"]]
            self.assertEqual(ends[0][0], 0)
            for (_, end), (start, _) in zip(ends, ends[1:]):
                self.assertEqual(end, start)

    def test_voices_are_whole_and_apart(self):
        for film in self.films:
            clips = self.clips(film, "voice")
            end_of_film = max(clip["start"] + clip["duration"] for clip in self.clips(film, "music"))
            for clip, after in zip(clips, [*clips[1:], None]):
                end = clip["start"] + clip["duration"]
                self.assertLessEqual(end, after["start"] if after else end_of_film)
                self.assertLessEqual(self.spoken(film, clip)[-1][2], end)

    def test_captions_are_in_step_with_the_words(self):
        for film in self.films:
            spoken = [word for clip in self.clips(film, "voice") for word in self.spoken(film, clip)]
            shown = [(word["text"], clip["start"] + word["start"])
                     for clip in self.clips(film, "captions") for word in clip["words"]]
            self.assertEqual([word[0] for word in spoken], [word[0] for word in shown])
            for (text, start, _), (_, at) in zip(spoken, shown):
                self.assertLessEqual(abs(start - at), TICKS * 80 // 1000, text)
            for clip in self.clips(film, "captions"):
                lines = clip["text"].split("\n")
                self.assertLessEqual(len(lines), 2)
                self.assertLessEqual(max(map(len, lines)), 42)

    def test_a_pasted_script_keeps_its_words(self):
        words = [word for line in SCRIPT.splitlines() if line and not line.startswith("#")
                 for word in line.split()]
        shown = [word["text"] for clip in self.clips("tall", "captions") for word in clip["words"]]
        self.assertEqual(shown, words)

    def test_music_is_under_the_voice(self):
        project = json.loads(json.dumps(self.projects["bees"]))
        speech = [(clip["start"] - clip.get("source_start", 0) + start,
                   clip["start"] - clip.get("source_start", 0) + start + length)
                  for clip in self.clips("bees", "voice") for start, length in clip["speech"]]
        project["settings"]["loudness"] = 0
        levels = {}
        for silent, heard in (("music", "voice"), ("voice", "music")):
            # Turned down, not muted: the music still makes room for what is said.
            for track in project["sequences"][0]["tracks"]:
                if track.get("role") in ("music", "voice"):
                    track["gain"] = -96 if track["role"] == silent else self.tracks(
                        "bees", heard)[0].get("gain", 0)
            (self.folder / "bees.cutroom/part.json").write_text(json.dumps(project))
            run(PROGRAM, "render", "bees.cutroom/part.json", "-o", f"{heard}.wav", "-q", folder=self.folder)
            levels[heard] = decibels(self.folder / f"{heard}.wav", speech)
        self.assertGreaterEqual(levels["voice"] - levels["music"], 12, levels)


if __name__ == "__main__":
    unittest.main(verbosity=1)
