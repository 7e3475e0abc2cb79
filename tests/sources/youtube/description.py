"""YouTube's official description of its interface, and whether requests, answers and records agree with it.

The extract beside it is of the description that Google ships with its own client (its note says which).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx2

(FILE,) = (Path(__file__).parent / "description").glob("*.json")
TOLD: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
METHODS = {(one["httpMethod"], one["path"]): one for one in TOLD["methods"]}
KINDS: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "boolean": bool,
    "array": list,
    "object": dict,
}


def method(request: httpx2.Request) -> Mapping[str, Any]:
    """The method that a request calls."""
    path = str(request.url).split("?")[0].removeprefix(TOLD["rootUrl"])
    return METHODS[request.method, path]


def faults_of_request(request: httpx2.Request) -> Iterator[str]:
    """What the description does not allow in a request."""
    called = method(request)
    allowed = TOLD["parameters"] | called["parameters"]
    asked = request.url.params.multi_items()
    for name, told in called["parameters"].items():
        if told.get("required") and name not in dict(asked):
            yield f"{name} is missing"
    for name, value in asked:
        if name not in allowed:
            yield f"there is no parameter {name}"
        else:
            yield from _faults_of_parameter(name, value, allowed[name])
    if "request" in called:
        yield from faults(json.loads(request.content), called["request"]["$ref"])


def _faults_of_parameter(name: str, value: str, told: Mapping[str, Any]) -> Iterator[str]:
    if "enum" in told and value not in told["enum"]:
        yield f"{name} has no {value}"
    if told["type"] == "boolean" and value not in {"true", "false"}:
        yield f"{name} is no truth"
    if told["type"] == "integer" and not int(told.get("minimum", 0)) <= int(value) <= int(
        told.get("maximum", 2**31)
    ):
        yield f"{name} is out of bounds"


def faults(value: Any, schema: str, path: str = "") -> Iterator[str]:
    """What the description does not allow in a value of a schema."""
    yield from _faults(value, {"$ref": schema}, path or schema)


def _faults(value: Any, told: Mapping[str, Any], path: str) -> Iterator[str]:
    if "$ref" in told:
        told = TOLD["schemas"][told["$ref"]]
    kind = told["type"]
    if not isinstance(value, KINDS[kind]) or (kind == "integer" and isinstance(value, bool)):
        yield f"{path} is no {kind}"
        return
    if "enum" in told and value not in told["enum"]:
        yield f"{path} has no {value}"
    if kind == "array":
        for one in value:
            yield from _faults(one, told["items"], f"{path}[]")
    for name, inner in value.items() if kind == "object" else ():
        if name in told.get("properties", {}):
            yield from _faults(inner, told["properties"][name], f"{path}.{name}")
        else:
            yield f"{path} has no {name}"
