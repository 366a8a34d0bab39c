#!/usr/bin/env python3
"""Holds WebAssembly builds to the native one: every golden case, rendered to a digest by each, must
give the lines of the case's expected.digest, with one thread, with several, and without SIMD. The
builds run under node.

  webassembly.py CUTROOM MEDIA CASES THREADS.js SINGLE.js"""

import pathlib
import shutil
import subprocess
import sys
import tempfile


ONE_THREAD = (["--threads", "1"], ["--threads", "1", "--no-simd"])
SEVERAL = (["--threads", "4"], [])


def digest(program, project, options):
    run = subprocess.run([*program, "digest", str(project), *options], capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"webassembly: {' '.join(program)}: exit code {run.returncode}: {run.stderr}")
    return run.stdout.splitlines()


def first_difference(expected, got):
    for number, (one, other) in enumerate(zip(expected, got), 1):
        if one != other:
            return f"line {number}: {other}, not {one}"
    return None if len(expected) == len(got) else f"{len(got)} lines, not {len(expected)}"


def runs(native, threads, single):
    yield [native], []
    for options in (*ONE_THREAD, *SEVERAL):
        yield ["node", threads], options
    for options in ONE_THREAD:
        yield ["node", single], options


def check(case, media, native, threads, single):
    """How many runs differ from the case's expected.digest, which is the native program's own where
    a case has none, and how many lines it has."""
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        project = pathlib.Path(folder) / "project.json"
        shutil.copy(case / "project.json", project)
        for asset in media.iterdir():
            (pathlib.Path(folder) / asset.name).symlink_to(asset.resolve())
        known = case / "expected.digest"
        expected = known.read_text().splitlines() if known.exists() else digest([native], project, [])
        for program, options in runs(native, threads, single):
            difference = first_difference(expected, digest(program, project, options))
            if difference:
                print(f"webassembly: {case.name}: {' '.join(program + options)}: {difference}")
                failed += 1
    return failed, len(expected) - 1


def main():
    native, media, cases, threads, single = sys.argv[1:]
    found = sorted(path.parent for path in pathlib.Path(cases).glob("*/project.json"))
    seen = [check(case, pathlib.Path(media), native, threads, single) for case in found]
    failed, lines = sum(one for one, _ in seen), sum(count for _, count in seen)
    if failed or not found:
        sys.exit(f"webassembly: {failed} digests differ in {len(found)} golden cases")
    print(f"webassembly: {len(found)} golden cases, the same {lines} lines from the native program and "
          "both builds under node")


if __name__ == "__main__":
    main()
