#!/usr/bin/env python3
"""Takes a file's video stream apart for codecs_loop.c: packets.py FILE OUT

One line of numbers and names, then private data, then each packet behind its own numbers; what a
demuxer would say, without one.
"""
import json
import struct
import subprocess
import sys

TICKS = 705600000


def probe(path, *arguments):
    command = ["ffprobe", "-v", "error", "-select_streams", "v:0", "-of", "json", *arguments, path]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def hex_dump(text):
    """The bytes of ffprobe's dump: an address, up to eight groups of two bytes, then letters."""
    out = bytearray()
    for line in text.strip().splitlines():
        groups = line.split(": ", 1)[1][:40]
        out += bytes.fromhex(groups.replace(" ", ""))
    return bytes(out)


def main():
    path, out = sys.argv[1:]
    stream = probe(path, "-show_streams", "-show_data")["streams"][0]
    extradata = hex_dump(stream.get("extradata", ""))
    packets = probe(path, "-show_packets", "-show_data")["packets"]
    numerator, denominator = map(int, stream["time_base"].split("/"))
    with open(out, "wb") as file:
        codec = stream["codec_name"].encode().ljust(16, b"\0")
        rate = list(map(int, stream["avg_frame_rate"].split("/")))
        file.write(codec)
        file.write(struct.pack("<6i", stream["width"], stream["height"], *rate, len(packets),
                               len(extradata)))
        file.write(extradata)
        for packet in packets:
            data = hex_dump(packet["data"])
            pts = packet["pts"] * TICKS * numerator // denominator
            duration = packet.get("duration", 0) * TICKS * numerator // denominator
            file.write(struct.pack("<qqii", pts, duration, len(data), "K" in packet["flags"]))
            file.write(data)


if __name__ == "__main__":
    main()
