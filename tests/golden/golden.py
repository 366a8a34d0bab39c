#!/usr/bin/env python3
"""Renders one golden case to a digest with 1, 2 and 4 threads and without SIMD: all must agree, and
agree with the case's expected.digest. Text depends on the version of the system's font libraries, so
a case without that file must only agree with itself.

  golden.py CUTROOM MEDIA CASE [--update]"""

import difflib
import pathlib
import shutil
import subprocess
import sys
import tempfile

VARIANTS = (["--threads", "1"], ["--threads", "2"], ["--threads", "4"], ["--threads", "2"],
            ["--threads", "1", "--no-simd"])


def digest(cutroom, project, options):
    run = subprocess.run([cutroom, "digest", str(project), *options], capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"golden: {' '.join(options)}: exit code {run.returncode}: {run.stderr}")
    return run.stdout


def differs(what, expected, got):
    lines = list(difflib.unified_diff(expected.splitlines(), got.splitlines(), "expected", what,
                                      lineterm="", n=0))
    if lines:
        print("\n".join(lines[:20]))
        print(f"golden: {what} differs in {sum(line[0] == '+' for line in lines[2:])} lines")
    return bool(lines)


def main():
    cutroom, media, case = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    expected = case / "expected.digest"
    with tempfile.TemporaryDirectory() as folder:
        project = pathlib.Path(folder) / "project.json"
        shutil.copy(case / "project.json", project)
        for asset in media.iterdir():
            (pathlib.Path(folder) / asset.name).symlink_to(asset.resolve())
        first = digest(cutroom, project, VARIANTS[0])
        failed = [differs(" ".join(options), first, digest(cutroom, project, options))
                  for options in VARIANTS[1:]]
    if any(failed):
        sys.exit(1)
    if "--update" in sys.argv[4:] and expected.exists():
        expected.write_text(first)
    elif expected.exists() and differs("the render", expected.read_text(), first):
        sys.exit("golden: if the change is meant, look at it and run tests/golden/update")
    print(f"golden: {case.name}: {len(first.splitlines()) - 1} lines agree")


if __name__ == "__main__":
    main()
