#!/usr/bin/env python3
"""Turns the models' files into a C table, checked for being JSON: embed.py OUTPUT FILE..."""

import json
import pathlib
import sys


def quoted(text):
    return '"' + "".join(
        chr(byte) if 32 <= byte < 127 and byte not in b'"\\?' else f"\\{byte:03o}" for byte in text.encode()) + '"'


def main():
    entries = []
    for name in sys.argv[2:]:
        path = pathlib.Path(name)
        text = json.dumps(json.loads(path.read_text(encoding="utf-8")), separators=(",", ":"))
        pieces = [text[at:at + 80] for at in range(0, len(text), 80)]
        entries.append(f"    {{{quoted(path.name)},\n     " + "\n     ".join(map(quoted, pieces)) + "},\n")
    pathlib.Path(sys.argv[1]).write_text(
        '#include "broker/model.h"\n\n'
        f"const cr_model_file cr_model_files[] = {{\n{''.join(entries)}}};\n"
        f"const int cr_model_file_count = {len(entries)};\n", encoding="utf-8")


main()
