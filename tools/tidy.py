#!/usr/bin/env python3
"""Warnings as errors and clang-tidy over every source of ours, two at a time. A file is looked at
again only when it, a header it includes, or the rules changed: what was found to be right is noted in
the cache, for every checkout of this machine."""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import shlex
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
STAMPS = CACHE / "cutroom/tidy"
STAMP_DAYS = 30
TIDY = "clang-tidy-19"


def arguments_of(entry):
    """The compile command without output, dependencies and launcher."""
    words = shlex.split(entry["command"])
    if words[0].endswith("ccache"):
        words = words[1:]
    kept, skip = [], False
    for word in words:
        if skip:
            skip = False
        elif word in ("-o", "-MF", "-MT", "-MQ"):
            skip = True
        elif word not in ("-c", "-MD", "-MMD"):
            kept.append(word)
    return kept


def fingerprint(entry, words, rules):
    """A hash of all that the compiler sees, and of the rules."""
    seen = subprocess.run([*words, "-E", "-C"], cwd=entry["directory"], capture_output=True)
    digest = hashlib.sha256(rules)
    # Wherever the checkout lies.
    here = str(ROOT).encode()
    digest.update(" ".join(words).encode().replace(here, b""))
    digest.update(seen.stdout.replace(here, b""))
    return digest.hexdigest()


def look_at(entry, rules):
    """What is wrong with one source, as text; "" when nothing is."""
    words = arguments_of(entry)
    stamp = STAMPS / fingerprint(entry, words, rules)
    if stamp.exists():
        stamp.touch()
        return ""
    compiled = subprocess.run([*words, "-fsyntax-only", "-Werror"], cwd=entry["directory"],
                              capture_output=True, text=True)
    if compiled.returncode:
        return compiled.stderr
    deep = ["--checks=clang-analyzer-*"] if "--deep" in sys.argv else []
    tidied = subprocess.run([TIDY, "--quiet", *deep, "-p", str(ROOT / "build/dev"), entry["file"]],
                            capture_output=True, text=True)
    if tidied.returncode:
        return tidied.stdout + ("" if tidied.stdout else tidied.stderr)
    stamp.touch()
    return ""


def main():
    STAMPS.mkdir(parents=True, exist_ok=True)
    for stamp in STAMPS.iterdir():
        if stamp.stat().st_mtime < time.time() - STAMP_DAYS * 24 * 3600:
            stamp.unlink(missing_ok=True)
    rules = (ROOT / ".clang-tidy").read_bytes() + pathlib.Path(__file__).read_bytes()
    rules += subprocess.run([TIDY, "--version"], capture_output=True, check=True).stdout
    entries = json.loads((ROOT / "build/dev/compile_commands.json").read_text())
    rules += b"deep" if "--deep" in sys.argv else b""
    ours = [e for e in entries if "/build/" not in e["file"].replace(str(ROOT), "", 1)]
    bad = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for text in pool.map(lambda entry: look_at(entry, rules), ours):
            if text:
                bad += 1
                print(text)
    print(f"tidy: {bad} of {len(ours)} sources have problems" if bad else
          f"tidy: {len(ours)} sources compile without a warning and clang-tidy is content")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
