#!/usr/bin/env python3
"""Makes the goldens' media in a folder: pictures and sound computed here, stored without loss, so
that what they decode to depends on no library's version."""

import math
import pathlib
import struct
import subprocess
import sys
import wave
import zlib

WIDTH, HEIGHT = 160, 90


def luma(x, y, frame):
    """A gradient with a bar that moves four pixels a frame and a grid that stands still."""
    value = 16 + (x * 180 // WIDTH) + (y * 30 // HEIGHT)
    if (x - 4 * frame) % WIDTH < 12:
        value = 235
    if x % 40 == 0 or y % 30 == 0:
        value = 16
    return value


def yuv_frame(frame, chroma_x, chroma_y, width=WIDTH, height=HEIGHT):
    y_plane = bytes(luma(x, y, frame) for y in range(height) for x in range(width))
    columns, rows = -(-width // chroma_x), -(-height // chroma_y)
    u_plane = bytes(48 + (x * 160 // columns + frame * 3) % 160 for _ in range(rows)
                    for x in range(columns))
    v_plane = bytes(48 + (y * 160 // rows) for y in range(rows) for _ in range(columns))
    return y_plane + u_plane + v_plane


def tagged(matrix, primaries="unknown", transfer="unknown", span="tv"):
    """By the filter, whose word every version of ffmpeg passes on; the range for the encoder too, or newer
    ones convert it."""
    return ["-vf", f"setparams=colorspace={matrix}:color_primaries={primaries}:"
                   f"color_trc={transfer}:range={span}", "-color_range", span]


def video(path, rate, frames, layout="yuv420p", chroma=(2, 2), size=(WIDTH, HEIGHT), tags=()):
    raw = b"".join(yuv_frame(i, *chroma, *size) for i in range(frames))
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pixel_format", layout, "-video_size",
         f"{size[0]}x{size[1]}", "-framerate", rate, "-i", "-", *tags, "-c:v", "ffv1", "-bitexact",
         str(path)], input=raw, check=True)


def png(path, width, height, pixel):
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = b"".join(b"\0" + b"".join(bytes(pixel(x, y)) for x in range(width))
                    for y in range(height))
    path.write_bytes(b"\x89PNG\r\n\x1a\n"
                     + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
                     + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


def wheel(x, y):
    """All hues across, dark to light down, opaque."""
    hue, light = x * 6 / 128, y / 72
    channel = [max(0.0, min(1.0, abs((hue + shift) % 6 - 3) - 1)) for shift in (0, 4, 2)]
    return [int(255 * (c * light + (1 - light) * 0.1)) for c in channel] + [255]


def disc(x, y):
    """An orange disc whose edge fades out."""
    distance = math.hypot(x - 49.5, y - 49.5)
    alpha = max(0, min(255, int((48 - distance) * 16)))
    return [255, 140 + y // 2, 40, alpha]


def sound(path, rate, seconds, channels, tone):
    with wave.open(str(path), "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(2)
        out.setframerate(rate)
        frames = bytearray()
        for i in range(int(rate * seconds)):
            for c in range(channels):
                frames += struct.pack("<h", round(tone(i / rate, c) * 32767))
        out.writeframes(bytes(frames))


def speech(t, _):
    """Bursts, half a second on and half off."""
    return 0.4 * math.sin(2 * math.pi * 220 * t) * (1 if t % 1 < 0.5 else 0)


def music(t, channel):
    return 0.3 * math.sin(2 * math.pi * (330 if channel else 440) * t)


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    video(folder / "plain.mkv", "30", 60)
    video(folder / "slow.mkv", "25", 50)
    video(folder / "drop.mkv", "30000/1001", 45)
    video(folder / "odd.mkv", "10", 10, size=(75, 47))
    video(folder / "full.mkv", "10", 10, tags=tagged("bt709", span="pc"))
    video(folder / "sd.mkv", "10", 10, tags=tagged("smpte170m"))
    video(folder / "wide.mkv", "10", 10, tags=tagged("bt2020nc", "bt2020", "bt709"))
    video(folder / "i444.mkv", "10", 10, layout="yuv444p", chroma=(1, 1))
    video(folder / "i422.mkv", "10", 10, layout="yuv422p", chroma=(2, 1))
    video(folder / "anamorphic.mkv", "10", 10, tags=["-aspect", "2:1"])
    png(folder / "wheel.png", 128, 72, wheel)
    png(folder / "disc.png", 100, 100, disc)
    sound(folder / "voice.wav", 48000, 4, 1, speech)
    sound(folder / "music.wav", 44100, 4, 2, music)


if __name__ == "__main__":
    main()
