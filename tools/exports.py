#!/usr/bin/env python3
"""Makes from core/api/exports.def what a browser needs.

exports.py --c OUTPUT.c            the exported symbols: each calls its namesake with the module's one api
exports.py --typescript FOLDER     typed wrappers for them (abi.ts), and the statuses (status.ts)

The form of an export is said at the top of exports.def."""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
DEFINITION = ROOT / "core/api/exports.def"
STATUSES = ROOT / "core/base/status.h"
EXPORT = re.compile(r"CR_EXPORT\((\w+), (\w+), (.*)\)$")
PARAMETER = re.compile(r"CR_(\w+)\((\w+)\)")
# of a parameter: C's type, TypeScript's type, and how a wrapper hands it over
PARAMETERS = {
    "TEXT": ("const char *", "string", "texts.put({})"),
    "ID": ("uint32_t ", "number", "{}"),
    "INT": ("int32_t ", "number", "{}"),
    "TICKS": ("int64_t ", "number", "BigInt({})"),
    "NUMBER": ("int64_t ", "number", "millionths({})"),
    "FLAG": ("int32_t ", "boolean", "Number({})"),
}
# of a result: TypeScript's type, and the wrapper's method that makes it
RESULTS = {
    "ID": ("number", "number"),
    "NONE": ("void", "nothing"),
    "FLAG": ("boolean", "flag"),
    "STEP": ("boolean", "flag"),
    "TEXT": ("string", "text"),
    "BYTES": ("Uint8Array", "bytes"),
}
C_HEAD = """// Made by tools/exports.py from core/api/exports.def.
#include <emscripten.h>

#include "browser/engine.h"
"""
TYPESCRIPT_HEAD = """// Made by tools/exports.py from core/api/exports.def.
import { Caller, millionths } from "../caller";

/** The engine's exports, typed; a failure is thrown as an EngineError. A STEP is true while there is more to do. */
export class Abi extends Caller {
"""


def fail(number, why):
    sys.exit(f"exports.py: {DEFINITION.name}:{number}: {why}")


def read():
    """[(result, name, [(kind, name)], [lines of comment])]"""
    found, comment = [], []
    for number, line in enumerate(DEFINITION.read_text().splitlines(), 1):
        if line.startswith("//"):
            comment.append(line[2:].strip())
            continue
        if line:
            match = EXPORT.match(line) or fail(number, "not an export")
            result, name, rest = match.groups()
            parameters = PARAMETER.findall(rest)
            if result not in RESULTS or any(kind not in PARAMETERS for kind, _ in parameters):
                fail(number, "an unknown kind of result or parameter")
            found.append((result, name, parameters, comment))
        comment = []
    return found


def camel(name):
    return re.sub(r"_(\w)", lambda match: match.group(1).upper(), name)


def c_text():
    lines = [C_HEAD]
    for _, name, parameters, _ in read():
        declared = ", ".join(PARAMETERS[kind][0] + parameter for kind, parameter in parameters)
        passed = ", ".join(parameter for _, parameter in parameters)
        lines.append(f"EMSCRIPTEN_KEEPALIVE int32_t cr_page_{name}({declared});\n"
                     f"int32_t cr_page_{name}({declared})\n{{\n"
                     f"    return cr_api_{name}(cr_browser_engine_api(), {passed});\n}}\n")
    return "\n".join(lines)


def typescript_text():
    lines = [TYPESCRIPT_HEAD]
    for result, name, parameters, comment in read():
        declared = ", ".join(f"{camel(parameter)}: {PARAMETERS[kind][1]}"
                             for kind, parameter in parameters)
        passed = ", ".join(PARAMETERS[kind][2].format(camel(parameter))
                           for kind, parameter in parameters)
        kind, method = RESULTS[result]
        if comment:
            lines.append(f"  /** {' '.join(comment)} */\n")
        needs = "(symbols, texts)" if "texts." in passed else "(symbols)"
        lines.append(f"  {camel(name)}({declared}): {kind} {{\n"
                     f"    return this.{method}({needs} => symbols._cr_page_{name}!({passed}));\n"
                     "  }\n")
    return "".join(lines) + "}\n"


def status_text():
    named = re.findall(r"X\((\w+), (-?\d+), ", STATUSES.read_text())
    lines = "".join(f'  "{number}": "{name}",\n' for name, number in named)
    return ("// Made by tools/exports.py from core/base/status.h.\n\n/** Of a number, its name. */\n"
            f"export const STATUS_NAMES: Record<number, string> = {{\n{lines}}};\n")


def write(output, text):
    output.parent.mkdir(parents=True, exist_ok=True)
    if not output.exists() or output.read_text() != text:
        output.write_text(text)


def main():
    if len(sys.argv) != 3 or sys.argv[1] not in ("--c", "--typescript"):
        sys.exit(__doc__)
    output = pathlib.Path(sys.argv[2])
    if sys.argv[1] == "--c":
        write(output, c_text())
    else:
        write(output / "abi.ts", typescript_text())
        write(output / "status.ts", status_text())


main()
