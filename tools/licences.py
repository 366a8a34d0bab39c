#!/usr/bin/env python3
"""The licences of what the page's engine is linked from.

  tools/licences.py            NOTICE names every recipe of tools/wasm/libraries, and none is under the GPL
  tools/licences.py --fix      puts the list in NOTICE right first
  tools/licences.py --texts F  writes all the texts into F, from the libraries that were built here
"""

import json
import os
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
RECIPES = ROOT / "tools/wasm/libraries"
NOTICE = ROOT / "NOTICE"
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "cutroom/wasm"
# On any Debian machine with the fonts that tools/packages installs.
FONTS = pathlib.Path("/usr/share/doc/fonts-noto-core/copyright")
LINE = re.compile(r"^    \S+ +\S+ +\S+$")
# The Lesser one is another licence.
GPL = re.compile(r"(?<![A-Za-z])A?GPL")
FORBIDDEN = ("--enable-gpl", "--enable-nonfree", "--enable-version3")


def variable(text, name):
    found = re.search(rf"^{name}=(\S+)$", text, re.MULTILINE)
    return found.group(1) if found else ""


def recipes():
    """Name and text of each."""
    return {path.name: path.read_text() for path in sorted(RECIPES.iterdir())}


def lines():
    """What NOTICE says of each library."""
    return [
        f"    {variable(text, 'package'):<12} {variable(text, 'version'):<32} {variable(text, 'licence')}"
        for text in recipes().values()
    ]


def page_packages():
    """What the page's scripts hold, from its lock file: name, version and licence of each package."""
    packages = json.loads((ROOT / "web/package-lock.json").read_text())["packages"]
    for place, package in sorted(packages.items()):
        if place and not package.get("dev") and not place.startswith("node_modules/@types/"):
            yield place, package["version"], package.get("license", "")


def page_problems():
    notice = NOTICE.read_text()
    for name in json.loads((ROOT / "web/package.json").read_text())["dependencies"]:
        if name not in notice:
            yield f"NOTICE lacks {name}, which the page's scripts hold"
    for place, _, licence in page_packages():
        if not licence or GPL.search(licence):
            yield f"web/{place} is under {licence or 'no licence'}: it cannot go into the page"


def problems():
    yield from page_problems()
    for name, text in recipes().items():
        for what in ("package", "version", "licence", "licence_file"):
            if not variable(text, what):
                yield f"tools/wasm/libraries/{name} does not say its {what}"
        if GPL.search(variable(text, "licence")):
            yield f"{name} is under {variable(text, 'licence')}: it cannot go into the page's engine"
        for word in FORBIDDEN:
            if word in text:
                yield f"{name} is built with {word}: it cannot go into the page's engine"
    said = [line for line in NOTICE.read_text().splitlines() if LINE.match(line)]
    for line in sorted(set(lines()) - set(said)):
        yield f"NOTICE lacks: {' '.join(line.split())}"
    for line in sorted(set(said) - set(lines())):
        yield f"NOTICE names what no recipe builds: {' '.join(line.split())}"


def fix():
    kept, is_written = [], False
    for line in NOTICE.read_text().splitlines():
        if not LINE.match(line):
            kept.append(line)
        elif not is_written:
            kept += lines()
            is_written = True
    NOTICE.write_text("\n".join(kept) + "\n")


def built(name):
    """The folder of the cache that was completed last for a library, or None."""
    folders = [path.parent for path in CACHE.glob(f"{name}-*/complete")]
    return max(folders, key=lambda path: (path / "complete").stat().st_mtime, default=None)


def texts():
    """Pairs of heading and text; None for a text that is not on this machine."""
    yield "Cutroom's page: what its engine holds", NOTICE.read_text()
    for name, recipe in recipes().items():
        folder = built(name)
        if folder is None:
            yield name, None
            continue
        version = (folder / "version").read_text().strip()
        for path in sorted((folder / "licence").iterdir()):
            heading = f"{variable(recipe, 'package')} {version}: {path.name}"
            yield heading, path.read_text(errors="replace")
    for place, version, licence in page_packages():
        folder = ROOT / "web" / place
        found = sorted(folder.glob("LICEN[CS]E*"))
        text = found[0].read_text() if found else f"{licence}. The package comes without the text."
        yield f"{place.removeprefix('node_modules/')} {version}", text if folder.exists() else None
    yield "Noto fonts", FONTS.read_text() if FONTS.exists() else None


def write_texts(file):
    missing, parts = [], []
    for heading, text in texts():
        if text is None:
            missing.append(heading)
        else:
            parts.append(f"{'=' * 80}\n{heading}\n{'=' * 80}\n\n{text.rstrip()}\n")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(parts))
    for heading in missing:
        print(f"licences: the licence of {heading} is not on this machine; {file} lacks it", file=sys.stderr)
    return 1 if missing else 0


def main(arguments):
    if arguments[:1] == ["--texts"] and len(arguments) == 2:
        return write_texts(pathlib.Path(arguments[1]))
    if arguments == ["--fix"]:
        fix()
    elif arguments:
        print(__doc__, file=sys.stderr)
        return 2
    found = list(problems())
    for problem in found:
        print(f"licences: {problem}")
    if not found:
        print("licences: NOTICE names every library, and none is under the GPL")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
