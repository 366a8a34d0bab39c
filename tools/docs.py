#!/usr/bin/env python3
"""Checks the documents against the code: every public declaration has its comment, every file that a
document names is there, and every option of the program stands in its man page."""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)")
DECLARATION = re.compile(r"^(?:CR_|[a-z_]+ |typedef |struct |extern |enum )")
# What its name says whole: an opaque type, and the functions that share, drop and close.
PLAIN = re.compile(r"^typedef struct \w+ \w+;$|_(?:keep|drop|close|free)\([^)]*\);$")


def tracked(*patterns):
    listed = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True,
                            check=True).stdout.split()
    return [name for name in listed if (ROOT / name).exists()]


def undocumented(name):
    """First lines of the paragraphs of a header that declare something without a comment above."""
    in_braces, paragraph = False, []
    for number, line in enumerate((ROOT / name).read_text().splitlines() + [""], 1):
        if in_braces:
            in_braces = not line.startswith("}")
            continue
        if line.startswith("#") or (paragraph and paragraph[0][1].rstrip().endswith("\\")):
            paragraph = [] if not line.rstrip().endswith("\\") else [(number, line)]
            continue
        if not line.strip():
            paragraph = []
            continue
        paragraph.append((number, line))
        if paragraph[0][1].startswith("//"):
            pass
        elif len(paragraph) == 1 and DECLARATION.match(line) and not PLAIN.search(line):
            yield number, line
        in_braces = line.rstrip().endswith("{")


def header_problems():
    for name in tracked("core/*.h", "shims/*.h", "server/*.h", "tools/*.h"):
        text = (ROOT / name).read_text()
        if not text.startswith("// "):
            yield f"{name}:1: a header begins with a line that says what it is for"
        for number, line in undocumented(name):
            yield f"{name}:{number}: no comment above: {line.strip()}"


def link_problems():
    for name in tracked("*.md"):
        for target in LINK.findall((ROOT / name).read_text()):
            if not ((ROOT / name).parent / target).exists():
                yield f"{name}: names {target}, which is not there"


def option_problems():
    program, page = ROOT / "build/cutroom", ROOT / "docs/cutroom.1"
    if not program.exists() or not page.exists():
        return
    manual = page.read_text().replace("\\-", "-")
    commands = ["", "make", "render", "probe", "digest", "check", "edit"]
    for command in commands:
        words = [str(program), *([command] if command else []), "--help"]
        said = subprocess.run(words, capture_output=True, text=True).stdout
        for option in sorted(set(re.findall(r"(--[a-z][a-z-]+)", said))):
            if option not in manual:
                yield f"docs/cutroom.1: {option} of `cutroom {command}` is missing"


def main():
    problems = [*header_problems(), *link_problems(), *option_problems()]
    print("\n".join(problems) if problems else "docs: headers, links and the man page are complete")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
