#!/usr/bin/env python3
"""Writes the C table of shaders from the .glsl files beside the GL painter.

shaders.py OUTPUT.c paint_gl_NAME.glsl…

`#include "paint_gl_NAME.glsl"` is replaced by that file, which must be one of those given. Comments
and indentation are left out. Each file becomes an entry, named without its prefix."""

import json
import pathlib
import re
import sys

PREFIX = "paint_gl_"
INCLUDE = re.compile(r'^#include "([a-z0-9_]+\.glsl)"$')


class Wrong(Exception):
    pass


def lines_of(path, files, within=()):
    if path.name in within:
        raise Wrong(f"{path}: includes itself")
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = line.split("//", 1)[0].strip()
        found = INCLUDE.match(line)
        if found:
            if found.group(1) not in files:
                raise Wrong(f"{path}:{number}: there is no {found.group(1)}")
            yield from lines_of(files[found.group(1)], files, within + (path.name,))
        elif line:
            yield line


def main():
    output, paths = pathlib.Path(sys.argv[1]), sorted(map(pathlib.Path, sys.argv[2:]))
    files = {path.name: path for path in paths}
    out, rows = "// Written by tools/shaders.py.\n", ""
    out += '#include <stddef.h>\n\n#include "compositor/paint_gl_shaders.h"\n\n'
    try:
        for path in paths:
            name = path.stem.removeprefix(PREFIX)
            lines = list(lines_of(path, files))
            out += f"static const char *const {name}_lines[] = {{\n"
            out += "".join(f"    {json.dumps(line)} \"\\n\",\n" for line in lines) + "};\n"
            rows += f'    {{"{name}", {name}_lines, {len(lines)}}},\n'
    except (Wrong, OSError) as wrong:
        print(f"shaders: {wrong}", file=sys.stderr)
        return 1
    out += f"\nconst cr_gl_shader cr_gl_shaders[] = {{\n{rows}    {{NULL, NULL, 0}},\n}};\n"
    output.write_text(out, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
