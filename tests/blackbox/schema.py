"""Answers held against docs/api/openapi.json: the part of JSON Schema that it uses."""

import json
import pathlib
import re

API = json.loads((pathlib.Path(__file__).parents[2] / "docs/api/openapi.json").read_text())
TYPES = {"string": str, "number": (int, float), "integer": int, "boolean": bool, "array": list, "object": dict}
KEYWORDS = {"type", "required", "properties", "additionalProperties", "items", "enum", "description", "$ref"}


def faults(value, schema, place=""):
    """Sentences about what is wrong with `value`."""
    if "$ref" in schema:
        schema = API["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    assert set(schema) <= KEYWORDS, schema
    wanted = TYPES[schema["type"]]
    if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
        return [f"{place} is not a {schema['type']}: {value!r}"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{place} is {value!r}, none of {schema['enum']}"]
    found = []
    if isinstance(value, list):
        for i, item in enumerate(value):
            found += faults(item, schema["items"], f"{place}/{i}")
    if isinstance(value, dict):
        found += [f"{place} has no {name}" for name in schema.get("required", []) if name not in value]
        more = schema.get("additionalProperties", True)
        for name, member in value.items():
            inner = schema.get("properties", {}).get(name, more)
            if inner is False:
                found.append(f"{place} has a {name}, of which nothing is said")
            elif inner is not True:
                found += faults(member, inner, f"{place}/{name}")
    return found


def judge(method, path, answer):
    """Faults of a real answer by the operation that it belongs to."""
    path = path.split("?")[0]
    for pattern, operations in API["paths"].items():
        if re.fullmatch(re.sub(r"\{[a-z]+\}", "[^/]+", pattern), path) and method.lower() in operations:
            responses = operations[method.lower()]["responses"]
            if str(answer.status) not in responses:
                return [f"{method} {path}: {answer.status} is not described: {answer.body[:200]!r}"]
            content = responses[str(answer.status)].get("content")
            if not content:
                return [f"{method} {path} has a body"] if answer.body else []
            return faults(answer.json, content["application/json"]["schema"])
    return [f"{method} {path} is not described"]
