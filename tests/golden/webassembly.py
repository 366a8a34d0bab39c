#!/usr/bin/env python3
"""Holds WebAssembly builds to the native one: every golden case, rendered to a digest by each, must
give the same lines. The builds run under node.

  webassembly.py CUTROOM MEDIA CASES PROGRAM.js…"""

import pathlib
import shutil
import subprocess
import sys
import tempfile


def digest(program, project):
    run = subprocess.run([*program, "digest", str(project)], capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"webassembly: {' '.join(program)}: exit code {run.returncode}: {run.stderr}")
    return run.stdout.splitlines()


def first_difference(expected, got):
    for number, (one, other) in enumerate(zip(expected, got), 1):
        if one != other:
            return f"line {number}: {other}, not {one}"
    return None if len(expected) == len(got) else f"{len(got)} lines, not {len(expected)}"


def check(case, native, media, programs):
    """How many programs differ from the native one."""
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        project = pathlib.Path(folder) / "project.json"
        shutil.copy(case / "project.json", project)
        for asset in media.iterdir():
            (pathlib.Path(folder) / asset.name).symlink_to(asset.resolve())
        expected = digest([native], project)
        for program in programs:
            difference = first_difference(expected, digest(["node", program], project))
            if difference:
                print(f"webassembly: {case.name}: {program}: {difference}")
                failed += 1
    return failed


def main():
    native, media, cases = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    programs = sys.argv[4:]
    found = sorted(path.parent for path in cases.glob("*/project.json"))
    failed = sum(check(case, native, media, programs) for case in found)
    if failed or not found:
        sys.exit(f"webassembly: {failed} of {len(found) * len(programs)} digests differ")
    print(f"webassembly: {len(found)} golden cases, the same lines from {len(programs)} builds")


if __name__ == "__main__":
    main()
