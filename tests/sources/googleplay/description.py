"""Google's own description of the API, and whether requests and records are as it says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx2

TOLD = json.loads((Path(__file__).parent / "androidpublisher-v3-reviews.json").read_text("utf-8"))
KINDS = {"string": str, "integer": int, "object": dict, "array": list, "boolean": bool}


def method_of(request: httpx2.Request) -> str:
    """Which method a request calls; fails where the description has none such, or no such parameters or body."""
    path = f"{request.url.copy_with(query=None)}".removeprefix(TOLD["rootUrl"])
    for name, told in TOLD["reviews"].items():
        pattern = "".join(_part(part) for part in re.split(r"(\{\w+\})", told["path"]))
        if request.method == told["httpMethod"] and re.fullmatch(pattern, unquote(path)):
            allowed = {
                one for one, parameter in told["parameters"].items() if parameter["location"] == "query"
            }
            assert set(request.url.params) <= allowed
            if "request" in told:
                check(json.loads(request.content), told["request"]["$ref"])
            return str(name)
    raise AssertionError(f"the description has no {request.method} {path}")


def check(value: Any, schema: str) -> None:
    """Fails where a value has anything that the schema has not."""
    _check(value, TOLD["schemas"][schema], schema)


def _check(value: Any, told: dict[str, Any], where: str) -> None:
    if "$ref" in told:
        told = TOLD["schemas"][told["$ref"]]
    assert isinstance(value, KINDS[told["type"]]), where
    if told["type"] == "array":
        for one in value:
            _check(one, told["items"], f"{where}[]")
    if told["type"] == "object":
        assert value.keys() <= told["properties"].keys(), where
        for name, one in value.items():
            _check(one, told["properties"][name], f"{where}.{name}")


def _part(part: str) -> str:
    return "[^/:]+(?::[^/:]+)?" if part.startswith("{") else re.escape(part)
