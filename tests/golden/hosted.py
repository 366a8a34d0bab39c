#!/usr/bin/env python3
"""Holds films whose pictures a host's codecs decode, each when it likes, to those that we decode
ourselves: every golden case must give the same lines.

  hosted.py CUTROOM GOLDEN_HOSTED MEDIA CASES"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from webassembly import digest, first_difference


def hosted_digest(program, project, seed):
    output = project.with_name("hosted.digest")
    run = subprocess.run([program, str(project), str(output), str(seed)], capture_output=True,
                         text=True)
    if run.returncode != 0:
        sys.exit(f"hosted: {project}: {run.stdout}{run.stderr}")
    pictures = int(re.search(r"pictures by the host: (\d+)", run.stdout).group(1))
    return output.read_text().splitlines(), pictures


def difference(case, native, program, media, seed):
    with tempfile.TemporaryDirectory() as folder:
        project = pathlib.Path(folder) / "project.json"
        shutil.copy(case / "project.json", project)
        for asset in media.iterdir():
            (pathlib.Path(folder) / asset.name).symlink_to(asset.resolve())
        lines, pictures = hosted_digest(program, project, seed)
        return first_difference(digest([native], project, []), lines), pictures


def main():
    native, program, media = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    found = sorted(path.parent for path in pathlib.Path(sys.argv[4]).glob("*/project.json"))
    failed, all_pictures = 0, 0
    for seed, case in enumerate(found, 1):
        where, pictures = difference(case, native, program, media, seed)
        all_pictures += pictures
        if where:
            print(f"hosted: {case.name}: {where}")
            failed += 1
    if failed or not found:
        sys.exit(f"hosted: {failed} of {len(found)} digests differ")
    if all_pictures == 0:
        sys.exit("hosted: the host decoded nothing")
    print(f"hosted: {len(found)} golden cases, the same lines, {all_pictures} pictures by the host")


if __name__ == "__main__":
    main()
