#!/usr/bin/env python3
"""Checks sizes: functions up to 100 lines, C files up to 800, headers up to 150, lines up to 100
columns. What is over stands below with its size and the reason, and may not grow."""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FUNCTION_LINES_MAX, FILE_LINES_MAX, HEADER_LINES_MAX, COLUMNS_MAX = 100, 800, 150, 100

# path or path:function -> (lines, reason)
ALLOWED = {
    "core/project/project.h": (300, "the model in one place: its nouns are read together"),
    "server/broker/music/score.h": (155, "the model of a piece: its nouns are read together"),
}

START = re.compile(r"^[A-Za-z_].*\b([a-z_][a-z0-9_]*)\(")


def functions(lines):
    """(name, first line, length) of every function body: with our brace style it opens and closes in
    column 0."""
    name, begin = None, 0
    for number, line in enumerate(lines, 1):
        found = START.match(line)
        if found and not line.rstrip().endswith(";"):
            name = found.group(1)
        if line.startswith("{") and name:
            begin = number
        if line.startswith("}") and begin:
            yield name, begin, number - begin + 1
            name, begin = None, 0


def over(problems, key, size, limit, what):
    allowed = ALLOWED.get(key, (limit, ""))[0]
    if size > allowed:
        problems.append(f"{key}: {what} of {size} lines, at most {allowed}")


def main():
    tracked = subprocess.run(["git", "ls-files", "*.c", "*.h"], cwd=ROOT, capture_output=True,
                             text=True, check=True).stdout.split()
    problems = []
    for name in tracked:
        path = ROOT / name
        if not path.exists():
            continue
        lines = path.read_text().splitlines()
        limit = HEADER_LINES_MAX if name.endswith(".h") else FILE_LINES_MAX
        over(problems, name, len(lines), limit, "a file")
        for function, _, length in functions(lines):
            over(problems, f"{name}:{function}", length, FUNCTION_LINES_MAX, "a function")
        for number, line in enumerate(lines, 1):
            if len(line) > COLUMNS_MAX and "http" not in line:
                problems.append(f"{name}:{number}: {len(line)} columns")
    for key in ALLOWED:
        if not (ROOT / key.split(":")[0]).exists():
            problems.append(f"{key}: is allowed in tools/size.py but is gone")
    print("\n".join(problems) if problems else "size: every file and function is within bounds")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
