#!/usr/bin/env python3
"""Writes the C table of effects and transitions from the .json files beside their painters.

catalog.py OUTPUT.c [effect_NAME.json | transition_NAME.json]…

Each file: {"id", "label", "params": [{"id", "label", "unit", "type": number | bool | color | choice,
"min", "max", "default", "animatable", "choices"}]}. The order is by id, so an entry's index depends on
the set of files only."""

import decimal
import json
import pathlib
import re
import sys

PARAMS_MAX = 12  # CR_EFFECT_PARAMS_MAX
NUMBER_MAX = 10**9  # CR_NUMBER_MAX
ONE = 1000000
ID = re.compile(r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")
PARAM_ID = re.compile(r"^[a-z][a-z0-9]*([_-][a-z0-9]+)*$")
COLOR = re.compile(r"^#([0-9a-fA-F]{6})([0-9a-fA-F]{2})?$")
TYPES = ("number", "bool", "color", "choice")


class Wrong(Exception):
    pass


def check(condition, where, why):
    if not condition:
        raise Wrong(f"{where}: {why}")


def millionths(value, where):
    check(isinstance(value, (int, decimal.Decimal)) and not isinstance(value, bool), where,
          "must be a number")
    scaled = decimal.Decimal(value) * ONE
    check(scaled == scaled.to_integral_value(), where, "has more than six decimal places")
    check(abs(scaled) <= NUMBER_MAX * ONE, where, "is too large")
    return int(scaled)


def text(value, where):
    check(isinstance(value, str), where, "must be a text")
    return json.dumps(value, ensure_ascii=False)


def bounds(param, where):
    """(min, max, default) in millionths."""
    kind, default = param["type"], param.get("default")
    if kind == "number":
        low, high = (millionths(param.get(name), f"{where}/{name}") for name in ("min", "max"))
        value = millionths(default, f"{where}/default")
    elif kind == "bool":
        check(isinstance(default, bool), f"{where}/default", "must be true or false")
        low, high, value = 0, ONE, ONE if default else 0
    elif kind == "color":
        found = COLOR.match(default if isinstance(default, str) else "")
        check(found, f"{where}/default", 'must be a colour such as "#000000ff"')
        low, high, value = 0, 0xffffffff * ONE, int(found.group(1) + (found.group(2) or "ff"), 16) * ONE
    else:
        choices = param.get("choices")
        check(isinstance(choices, list) and choices, f"{where}/choices", "must name the choices")
        check(len(set(choices)) == len(choices), f"{where}/choices", "names one twice")
        check(default in choices, f"{where}/default", "must be one of the choices")
        low, high, value = 0, (len(choices) - 1) * ONE, choices.index(default) * ONE
    check(low <= value <= high, f"{where}/default", "lies outside min and max")
    return low, high, value


def write_param(param, prefix, number, where):
    check(isinstance(param, dict), where, "must be an object")
    check(PARAM_ID.match(param.get("id", "")), f"{where}/id", "must be in small letters and dashes")
    check(param.get("type") in TYPES, f"{where}/type", "must be one of " + ", ".join(TYPES))
    low, high, value = bounds(param, where)
    choices, before = "NULL", ""
    if param["type"] == "choice":
        choices = f"{prefix}_choices_{number}"
        names = ", ".join(text(choice, f"{where}/choices") for choice in param["choices"])
        before = f"static const char *const {choices}[] = {{{names}, NULL}};\n"
    animatable = param.get("animatable", True)
    check(isinstance(animatable, bool), f"{where}/animatable", "must be true or false")
    row = (f"    {{{text(param['id'], where)}, {text(param.get('label'), where + '/label')}, "
           f"{text(param.get('unit', ''), where + '/unit')}, CR_PARAM_{param['type'].upper()}, "
           f"INT64_C({low}), INT64_C({high}), INT64_C({value}), "
           f"{'true' if animatable else 'false'}, {choices}}},\n")
    return before, row


def write_entry(path, kind):
    entry = json.loads(path.read_text(encoding="utf-8"), parse_float=decimal.Decimal)
    check(isinstance(entry, dict), path, "must be an object")
    name = entry.get("id", "")
    check(isinstance(name, str) and ID.match(name), f"{path}: /id",
          "must be in small letters and dashes")
    check(name.replace("-", "_") == path.stem.split("_", 1)[1], f"{path}: /id",
          "must be the file's name")
    params = entry.get("params", [])
    check(isinstance(params, list) and len(params) <= PARAMS_MAX, f"{path}: /params",
          f"must be a list of up to {PARAMS_MAX}")
    prefix = f"{kind}_{name.replace('-', '_')}"
    seen, head, rows = set(), "", ""
    for number, param in enumerate(params):
        where = f"{path}: /params/{number}"
        before, row = write_param(param, prefix, number, where)
        check(param["id"] not in seen, f"{where}/id", "stands twice")
        seen.add(param["id"])
        head, rows = head + before, rows + row
    if rows:
        head += f"static const cr_param_spec {prefix}_params[] = {{\n{rows}}};\n"
    pointer = f"{prefix}_params" if rows else "NULL"
    label = text(entry.get("label"), f"{path}: /label")
    return name, head, lambda index: (
        f"    {{{text(name, path)}, {label}, {index}, {len(params)}, {pointer}}},\n")


def write_table(paths, kind):
    entries = sorted(write_entry(path, kind) for path in paths)
    names = [name for name, _, _ in entries]
    check(len(set(names)) == len(names), kind, "two files have the same id")
    out = "".join(head for _, head, _ in entries)
    rows = "".join(row(index) for index, (_, _, row) in enumerate(entries))
    out += f"const cr_catalog_entry cr_catalog_{kind}_table[] = {{\n"
    out += rows or "    {NULL, NULL, 0, 0, NULL},\n"
    out += f"}};\nconst int cr_catalog_{kind}_count = {len(entries)};\n\n"
    return out


def main():
    output, paths = pathlib.Path(sys.argv[1]), [pathlib.Path(name) for name in sys.argv[2:]]
    out = '// Written by tools/catalog.py.\n#include <stddef.h>\n\n#include "project/catalog_table.h"\n\n'
    try:
        for kind in ("effect", "transition"):
            out += write_table([path for path in paths if path.name.startswith(f"{kind}_")], kind)
    except (Wrong, json.JSONDecodeError, OSError) as wrong:
        print(f"catalog: {wrong}", file=sys.stderr)
        return 1
    output.write_text(out, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
