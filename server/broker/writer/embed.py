#!/usr/bin/env python3
"""Turns the knowledge files into a C table of lines: embed.py OUTPUT FILE..."""

import pathlib
import sys


def quoted(line):
    out = []
    for byte in line.encode():
        if byte in b'"\\':
            out.append("\\" + chr(byte))
        elif 32 <= byte < 127 and byte != ord("?"):
            out.append(chr(byte))
        else:
            out.append(f"\\{byte:03o}")
    return '"' + "".join(out) + '"'


def main():
    lines = []
    for name in sys.argv[2:]:
        for line in pathlib.Path(name).read_text(encoding="utf-8").splitlines():
            line = line.strip()
            if line and not line.startswith("#"):
                lines.append(quoted(line) + ",")
    table = "\n    ".join(lines)
    pathlib.Path(sys.argv[1]).write_text(
        '#include "broker/writer/knowledge.h"\n\n'
        f"const char *const cr_knowledge_lines[] = {{\n    {table}\n}};\n"
        f"const size_t cr_knowledge_line_count = {len(lines)};\n")


main()
