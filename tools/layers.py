#!/usr/bin/env python3
"""Checks the direction of dependency: every #include "folder/file.h" in core, shims, server and tools
must be allowed by tools/deps.txt."""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"')
TOPS = ("core", "shims", "server", "tools")


def read_table():
    table = {}
    for line in (ROOT / "tools/deps.txt").read_text().splitlines():
        line = line.split("#")[0].strip()
        if line:
            folder, _, seen = line.partition(":")
            table[folder] = set(seen.split()) | {folder}
    return table


def room_of(path, table):
    """The deepest folder of the table that holds the path."""
    for parent in path.parents:
        if parent.as_posix() in table:
            return parent.as_posix()
    return None


def resolve(include, source):
    """Where an include leads, relative to the root; None when it is not ours."""
    candidates = [source.parent / include]
    candidates += [ROOT / top / include for top in ("core", "shims", "server")] + [ROOT / include]
    for candidate in candidates:
        if candidate.is_file():
            return candidate.resolve().relative_to(ROOT)
    return None


def main():
    table, problems = read_table(), []
    for top in TOPS:
        for source in sorted((ROOT / top).rglob("*.[ch]")):
            where = source.relative_to(ROOT)
            room = room_of(where, table)
            if room is None:
                problems.append(f"{where}: its folder is not in tools/deps.txt")
                continue
            for number, line in enumerate(source.read_text().splitlines(), 1):
                found = INCLUDE.match(line)
                target = found and resolve(found.group(1), source)
                if target and room_of(target, table) not in table[room]:
                    problems.append(f"{where}:{number}: {room} may not see {target} (tools/deps.txt)")
    print("\n".join(problems) if problems else "layers: every include goes in an allowed direction")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
