#!/usr/bin/env python3
"""The bench film, rendered by cutroom, by ffmpeg's filter graph and by melt, in turns.

The film: 1080p30, 20 s. Two noisy H.264 clips joined by a crossfade of a second; a picture in
picture at 30 % with round corners that fades in and out and wanders; a title with a fade; captions
over the last 10 s; a voice, and music that makes room for it, both faded. The output of all is H.264
at 6 Mb/s with the same x264 settings, and AAC at 128 kb/s.

  film.py CUTROOM [--runs N] [--seconds S] [--work FOLDER]
  film.py --make FOLDER [--seconds S]      only the media, project.json and cut.json: the same with straight
                                           cuts and no title, inset or captions

Prints one JSON object a row, for tools/bench. A peer that is not installed, or that cannot do it, is
said to be missing."""

import argparse
import json
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

TICKS = 705600000
SPEED = "veryfast"
VIDEO_KBITS, AUDIO_KBITS, GOP = 6000, 128, 60
GOALS = {"render-film": 0.8, "render-melt": 0.4}
CAPTIONS = ["These captions stand", "over the last ten seconds", "of the bench film,",
            "two seconds each,", "as captions do."]
TITLE = "The bench film"


def ffmpeg(*arguments):
    subprocess.run(["ffmpeg", "-v", "error", "-y", *arguments], check=True)


def make_media(folder, seconds):
    half = seconds / 2 + 2
    for name, seed, start in (("one", 1, 0), ("two", 2, 30)):
        ffmpeg("-f", "lavfi", "-i", f"testsrc2=s=1920x1080:r=30:d={half},noise=alls=12:allf=t:all_seed={seed},"
               f"hue=h={start}", "-c:v", "libx264", "-preset", "veryfast", "-b:v", "8M", "-g", "250",
               "-pix_fmt", "yuv420p", "-colorspace", "bt709", "-color_primaries", "bt709",
               "-color_trc", "bt709", "-color_range", "tv", str(folder / f"{name}.mp4"))
    ffmpeg("-f", "lavfi", "-i", f"mandelbrot=s=960x540:r=30,trim=duration={seconds}", "-c:v", "libx264",
           "-preset", "veryfast", "-g", "250", "-pix_fmt", "yuv420p", "-colorspace", "bt709",
           "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv",
           str(folder / "inset.mp4"))
    ffmpeg("-f", "lavfi", "-i", f"sine=f=220:r=48000:d={seconds},volume=0.5", str(folder / "voice.wav"))
    ffmpeg("-f", "lavfi", "-i", f"anoisesrc=c=pink:r=48000:a=0.2:d={seconds}", "-ac", "2",
           str(folder / "music.wav"))
    # ffmpeg and melt take the round corners from a mask.
    ffmpeg("-f", "lavfi", "-i", "color=black:s=576x324,format=gray,geq=lum='255*lt(hypot(max(0,abs(X-287.5)"
           "-247.5),max(0,abs(Y-161.5)-121.5)),40)'", "-frames:v", "1", str(folder / "mask.png"))


def project(seconds):
    def ticks(t):
        return round(t * TICKS)

    half = seconds / 2
    first = {"id": "one", "kind": "media", "asset": "one", "start": 0, "duration": ticks(half)}
    second = {"id": "two", "kind": "media", "asset": "two", "start": ticks(half),
              "duration": ticks(half), "source_start": TICKS}
    inset = {"id": "inset", "kind": "media", "asset": "inset", "start": 0, "duration": ticks(seconds),
             "scale_x": 0.3, "scale_y": 0.3, "corner_radius": 133,
             "x": [{"at": 0, "value": -600}, {"at": ticks(seconds), "value": 600}],
             "y": [{"at": 0, "value": -300}, {"at": ticks(seconds), "value": -200}],
             "opacity": [{"at": 0, "value": 0}, {"at": ticks(2), "value": 0.9},
                         {"at": ticks(seconds - 2), "value": 0.9}, {"at": ticks(seconds), "value": 0}]}
    step = half / len(CAPTIONS)
    captions = [{"id": f"c{i}", "kind": "caption", "start": ticks(half + i * step),
                 "duration": ticks(step), "text": text} for i, text in enumerate(CAPTIONS)]
    title = {"id": "title", "kind": "title", "text": TITLE, "start": TICKS, "duration": ticks(4),
             "fade_in": TICKS, "fade_out": TICKS}
    fades = {"fade_in": TICKS, "fade_out": 2 * TICKS}
    speech = [[ticks(t), TICKS * 2] for t in range(2, int(seconds) - 2, 4)]
    return {
        "version": 1, "title": "Bench film",
        "settings": {"width": 1920, "height": 1080, "frame_rate": 30, "loudness": 0},
        "assets": [{"id": i, "uri": f} for i, f in (("inset", "inset.mp4"), ("music", "music.wav"),
                                                    ("one", "one.mp4"), ("two", "two.mp4"),
                                                    ("voice", "voice.wav"))],
        "sequences": [{"id": "film", "tracks": [
            {"id": "v1", "kind": "video", "clips": [first, second], "transitions": [
                {"id": "t", "kind": "cross-dissolve", "from": "one", "to": "two",
                 "start": ticks(half - 0.5), "duration": TICKS}]},
            {"id": "v2", "kind": "video", "clips": [inset]},
            {"id": "a1", "kind": "audio", "role": "voice", "clips": [
                {"id": "voice", "kind": "media", "asset": "voice", "start": 0,
                 "duration": ticks(seconds), "speech": speech, **fades}]},
            {"id": "a2", "kind": "audio", "role": "music", "duck": {"under": "voice", "amount": -12},
             "clips": [{"id": "music", "kind": "media", "asset": "music", "start": 0,
                        "duration": ticks(seconds), **fades}]},
            {"id": "x1", "kind": "text", "clips": [title] + captions},
        ]}],
    }


def cut(seconds):
    """The same media, straight cuts only."""
    film = project(seconds)
    pictures, _, voice, music, _ = film["sequences"][0]["tracks"]
    del pictures["transitions"]
    film["sequences"][0]["tracks"] = [pictures, voice, music]
    film["title"] = "Bench cut"
    return film


def make(folder, seconds):
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "mask.png").exists():
        make_media(folder, seconds)
    for name, film in (("project.json", project), ("cut.json", cut)):
        (folder / name).write_text(json.dumps(film(seconds), indent=2))


def ours(cutroom, folder, seconds):
    return [cutroom, "render", str(folder / "project.json"), "-o", str(folder / "ours.mp4"), "-q",
            "--bitrate", str(VIDEO_KBITS), "--audio-bitrate", str(AUDIO_KBITS), "--speed", SPEED,
            "--no-captions"]


def font_file():
    data = os.environ.get("CUTROOM_DATA")
    return f"{data}/fonts/NotoSans-Bold.ttf" if data else "NotoSans-Bold.ttf"


def filter_graph(seconds):
    half, font = seconds / 2, font_file()
    step = half / len(CAPTIONS)
    captions = "".join(
        f",drawtext=fontfile={font}:text='{text}':fontsize=54:fontcolor=white:borderw=3:x=(w-tw)/2:"
        f"y=h-80-th:enable='between(t,{half + i * step},{half + (i + 1) * step})'"
        for i, text in enumerate(CAPTIONS))
    return (
        f"[0:v]trim=duration={half + 0.5},setpts=PTS-STARTPTS[a];"
        f"[1:v]trim=start=0.5:duration={half + 0.5},setpts=PTS-STARTPTS[b];"
        f"[a][b]xfade=transition=fade:duration=1:offset={half - 0.5}[base];"
        f"[2:v]scale=576:324,format=yuva420p[small];[3:v]format=gray[mask];"
        f"[small][mask]alphamerge,fade=in:st=0:d=2:alpha=1,fade=out:st={seconds - 2}:d=2:alpha=1[inset];"
        f"[base][inset]overlay=x='672-600+1200*t/{seconds}':y='378-300+100*t/{seconds}'[both];"
        f"[both]drawtext=fontfile={font}:text='{TITLE}':fontsize=96:fontcolor=white:shadowx=4:shadowy=4:"
        f"x=(w-tw)/2:y=(h-th)/2:alpha='clip(min(t-1,5-t),0,1)':enable='between(t,1,5)'{captions}[v];"
        f"[4:a]pan=stereo|c0=c0|c1=c0,afade=in:d=1,afade=out:st={seconds - 2}:d=2,asplit[voice][key];"
        f"[5:a]afade=in:d=1,afade=out:st={seconds - 2}:d=2[music];"
        "[music][key]sidechaincompress=threshold=0.05:ratio=4[ducked];"
        "[voice][ducked]amix=inputs=2:normalize=0[s]")


def by_ffmpeg(folder, seconds):
    if not shutil.which("ffmpeg"):
        return None
    inputs = []
    for name in ("one.mp4", "two.mp4", "inset.mp4"):
        inputs += ["-i", str(folder / name)]
    inputs += ["-loop", "1", "-framerate", "30", "-i", str(folder / "mask.png")]
    for name in ("voice.wav", "music.wav"):
        inputs += ["-i", str(folder / name)]
    return ["ffmpeg", "-v", "error", "-y", *inputs, "-filter_complex", filter_graph(seconds), "-map", "[v]",
            "-map", "[s]", "-t", str(seconds), "-c:v", "libx264", "-preset", SPEED, "-profile:v", "high",
            "-pix_fmt", "yuv420p", "-b:v", f"{VIDEO_KBITS}k", "-g", str(GOP), "-c:a", "aac", "-b:a",
            f"{AUDIO_KBITS}k", "-movflags", "+faststart", str(folder / "ffmpeg.mp4")]


def melt_project(folder, seconds):
    frames, half = round(seconds * 30), round(seconds * 15)

    def producer(name, resource_name, extra=""):
        return (f'<producer id="{name}"><property name="resource">{resource_name}</property>{extra}'
                "</producer>")

    def text_producer(name, text, size, length):
        return (f'<producer id="{name}" out="{length - 1}"><property name="mlt_service">pango</property>'
                f'<property name="text">{text}</property><property name="family">Noto Sans</property>'
                f'<property name="size">{size}</property><property name="weight">700</property>'
                f'<property name="fgcolour">#ffffffff</property><property name="olcolour">#000000ff'
                f'</property><property name="outline">3</property></producer>')

    step = half // len(CAPTIONS)
    texts = "".join(text_producer(f"cap{i}", c, 54, step) for i, c in enumerate(CAPTIONS))
    entries = "".join(f'<entry producer="cap{i}" in="0" out="{step - 1}"/>' for i in range(len(CAPTIONS)))
    return (
        '<?xml version="1.0"?><mlt><profile width="1920" height="1080" progressive="1" '
        'sample_aspect_num="1" sample_aspect_den="1" display_aspect_num="16" display_aspect_den="9" '
        'frame_rate_num="30" frame_rate_den="1" colorspace="709"/>'
        + producer("one", folder / "one.mp4") + producer("two", folder / "two.mp4")
        + producer("inset", folder / "inset.mp4") + producer("voice", folder / "voice.wav")
        + producer("music", folder / "music.wav") + text_producer("title", TITLE, 96, 120) + texts
        + f'<playlist id="p0"><entry producer="one" in="0" out="{half + 14}"/></playlist>'
        f'<playlist id="p1"><blank length="{half - 15}"/><entry producer="two" in="15" out="{half + 29}"/>'
        "</playlist>"
        f'<playlist id="p2"><entry producer="inset" in="0" out="{frames - 1}"/></playlist>'
        '<playlist id="p3"><blank length="30"/><entry producer="title" in="0" out="119"/></playlist>'
        f'<playlist id="p4"><blank length="{half}"/>{entries}</playlist>'
        f'<playlist id="p5"><entry producer="voice" in="0" out="{frames - 1}"/></playlist>'
        f'<playlist id="p6"><entry producer="music" in="0" out="{frames - 1}"/></playlist>'
        '<tractor id="film"><multitrack>'
        + "".join(f'<track producer="p{i}"/>' for i in range(7)) + "</multitrack>"
        f'<transition in="{half - 15}" out="{half + 14}"><property name="mlt_service">luma</property>'
        '<property name="a_track">0</property><property name="b_track">1</property></transition>'
        f'<transition in="{half + 15}" out="{frames - 1}"><property name="mlt_service">composite</property>'
        '<property name="a_track">0</property><property name="b_track">1</property>'
        '<property name="fill">1</property></transition>'
        f'<transition in="0" out="{frames - 1}"><property name="mlt_service">composite</property>'
        '<property name="a_track">0</property><property name="b_track">2</property>'
        f'<property name="geometry">0=72/78:576x324:0; 60=192/88:576x324:90; {frames - 60}=1152/168:576x324:90;'
        f' {frames - 1}=1272/178:576x324:0</property></transition>'
        '<transition in="30" out="149"><property name="mlt_service">composite</property>'
        '<property name="a_track">0</property><property name="b_track">3</property>'
        '<property name="geometry">0=0/0:100%x100%:0; 30=0/0:100%x100%:100; 90=0/0:100%x100%:100;'
        ' 119=0/0:100%x100%:0</property><property name="halign">centre</property>'
        '<property name="valign">middle</property></transition>'
        f'<transition in="{half}" out="{frames - 1}"><property name="mlt_service">composite</property>'
        '<property name="a_track">0</property><property name="b_track">4</property>'
        '<property name="halign">centre</property><property name="valign">bottom</property>'
        '<property name="geometry">0=0/0:100%x92%:100</property></transition>'
        '<transition><property name="mlt_service">mix</property><property name="a_track">5</property>'
        '<property name="b_track">6</property><property name="sum">1</property></transition>'
        '<transition><property name="mlt_service">mix</property><property name="a_track">0</property>'
        '<property name="b_track">5</property><property name="sum">1</property></transition>'
        "</tractor></mlt>")


def by_melt(folder, seconds):
    if not shutil.which("melt"):
        return None
    (folder / "film.mlt").write_text(melt_project(folder, seconds))
    return ["melt", "-silent", str(folder / "film.mlt"), "-consumer", f"avformat:{folder / 'melt.mp4'}",
            "vcodec=libx264", f"preset={SPEED}", "vprofile=high", f"vb={VIDEO_KBITS}k", f"g={GOP}",
            "acodec=aac", f"ab={AUDIO_KBITS}k", "ar=48000", f"real_time=-{os.cpu_count()}",
            "movflags=+faststart", "pix_fmt=yuv420p"]


def run(command):
    """Wall and processor seconds of one run; None when it failed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.monotonic()
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    wall = time.monotonic() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        print(f"film: {command[0]} failed: {done.stderr.strip()[-400:]}", file=sys.stderr)
        return None
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(name, peer_name, own, peer, runs):
    """Ours and the peer in turns; the medians as one row for tools/bench."""
    if peer is None:
        return {"row": name, "missing": peer_name}
    times = {"ours": [], "peer": []}
    for _ in range(runs):
        for who, command in (("ours", own), ("peer", peer)):
            result = run(command)
            if result is None:
                return {"row": name, "missing": f"{who} failed (see above)"}
            times[who].append(result)
    wall = {who: statistics.median(t[0] for t in times[who]) for who in times}
    work = {who: statistics.median(t[1] for t in times[who]) for who in times}
    return {"row": name, "ours": wall["ours"], "peer": wall["peer"], "peer_name": peer_name,
            "unit": "s wall", "goal": f"<= {GOALS[name]}", "ours_processor": work["ours"],
            "peer_processor": work["peer"]}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("cutroom", nargs="?")
    parser.add_argument("--make")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--work")
    options = parser.parse_args()
    if options.make:
        make(pathlib.Path(options.make), options.seconds)
        return
    folder = pathlib.Path(options.work or tempfile.mkdtemp())
    try:
        make(folder, options.seconds)
        own = ours(options.cutroom, folder, options.seconds)
        for name, peer_name, peer in (("render-film", "ffmpeg", by_ffmpeg),
                                      ("render-melt", "melt", by_melt)):
            row = measure(name, peer_name, own, peer(folder, options.seconds), options.runs)
            print(json.dumps(row), flush=True)
    finally:
        if not options.work:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
