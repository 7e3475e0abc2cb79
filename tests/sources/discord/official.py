"""Discord's own description of its interface, of which described/ holds what we use; requests and answers are held against it.

The extract is made of the whole description (github.com/discord/discord-api-spec, MIT) by
`python tests/sources/discord/official.py WHOLE.json.gz`.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

import httpx2
from jsonschema import Draft202012Validator

EXTRACT = Path(__file__).parent / "described/discord.openapi.json"
BASE = "/api/v10"
SCHEMAS = "#/components/schemas/"
USED = {
    "/users/@me": ["get"],
    "/users/@me/guilds": ["get"],
    "/applications/@me": ["get"],
    "/guilds/{guild_id}/channels": ["get"],
    "/guilds/{guild_id}/threads/active": ["get"],
    "/channels/{channel_id}": ["get"],
    "/channels/{channel_id}/messages": ["get", "post"],
    "/channels/{channel_id}/messages/{message_id}": ["get"],
    "/channels/{channel_id}/threads/archived/public": ["get"],
    "/gateway/bot": ["get"],
}
ALSO = ("ErrorResponse", "RatelimitedResponse")


def request_fits(request: httpx2.Request) -> None:
    """Raises AssertionError or ValidationError where a request is not one that Discord describes."""
    path, place = _described(request)
    operation = place[request.method.lower()]
    told = {one["name"]: one for one in [*place.get("parameters", []), *operation.get("parameters", [])]}
    parts = re.fullmatch(_pattern(path), request.url.path.removeprefix(BASE))
    assert parts
    given = parts.groupdict() | dict(request.url.params)
    assert given.keys() <= told.keys(), given.keys() - told.keys()
    for name, value in given.items():
        schema = told[name]["schema"]
        fits(int(value) if schema.get("type") == "integer" else value, schema)
    if request.content:
        fits(json.loads(request.content), operation["requestBody"]["content"]["application/json"]["schema"])
    assert request.headers["authorization"].startswith("Bot ")


def answer_fits(request: httpx2.Request, body: Any) -> None:
    """Raises ValidationError where an answer is not what Discord describes for its request."""
    _, place = _described(request)
    fits(body, place[request.method.lower()]["responses"]["200"]["content"]["application/json"]["schema"])


def fits(value: Any, schema: Any) -> None:
    """Raises ValidationError; a text names a schema of the description."""
    wanted = {"$ref": SCHEMAS + schema} if isinstance(schema, str) else schema
    Draft202012Validator({**wanted, "components": description()["components"]}).validate(value)


@cache
def description() -> Any:
    return json.loads(EXTRACT.read_text("utf-8"))


def _described(request: httpx2.Request) -> tuple[str, Any]:
    asked = request.url.path.removeprefix(BASE)
    found = [path for path in description()["paths"] if re.fullmatch(_pattern(path), asked)]
    assert len(found) >= 1, f"{asked} is not described"
    path = min(found, key=lambda one: one.count("{"))  # /users/@me before /users/{user_id}
    assert request.method.lower() in description()["paths"][path]
    return path, description()["paths"][path]


def _pattern(path: str) -> str:
    return re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", path)


def extract(whole: Any) -> Any:
    """The paths that we use, with every schema that they need, without explanations."""
    paths = {path: _operations(whole["paths"][path], methods) for path, methods in USED.items()}
    needed: dict[str, Any] = {}
    waiting = [paths, *({"$ref": SCHEMAS + name} for name in ALSO)]
    while waiting:
        for name in set(_names(waiting.pop())) - needed.keys():
            needed[name] = _bare(whole["components"]["schemas"][name])
            waiting.append(needed[name])
    told = {name: whole["info"][name] for name in ("title", "version", "license")}
    return {"openapi": whole["openapi"], "info": told, "paths": paths, "components": {"schemas": needed}}


def _operations(place: Any, methods: list[str]) -> Any:
    found: dict[str, Any] = {"parameters": _bare(place.get("parameters", []))}
    for method in methods:
        told = place[method]
        content = told["responses"]["200"]["content"]["application/json"]
        found[method] = {
            "parameters": _bare(told.get("parameters", [])),
            "responses": {"200": {"content": {"application/json": _bare(content)}}},
        }
        if "requestBody" in told:
            body = told["requestBody"]["content"]["application/json"]
            found[method]["requestBody"] = {"content": {"application/json": _bare(body)}}
    return found


def _names(told: Any) -> list[str]:
    if isinstance(told, list):
        return [name for one in told for name in _names(one)]
    if not isinstance(told, dict):
        return []
    own = [told["$ref"].removeprefix(SCHEMAS)] if "$ref" in told else []
    return [*own, *(name for one in told.values() for name in _names(one))]


def _bare(told: Any) -> Any:
    if isinstance(told, list):
        return [_bare(one) for one in told]
    if not isinstance(told, dict):
        return told
    explains = {"description", "title"}
    return {name: _bare(one) for name, one in told.items() if not (name in explains and isinstance(one, str))}


def written(told: Any) -> str:
    """As JSON with a path or schema a line, so that changes can be read."""
    parts = {name: told[name] for name in ("openapi", "info")}
    lines = [f"{json.dumps(name)}: {json.dumps(one)}" for name, one in parts.items()]
    paths = ",\n".join(
        f"{json.dumps(name)}: {json.dumps(one)}" for name, one in sorted(told["paths"].items())
    )
    schemas = told["components"]["schemas"]
    named = ",\n".join(f"{json.dumps(name)}: {json.dumps(one)}" for name, one in sorted(schemas.items()))
    lines += [f'"paths": {{\n{paths}\n}}', f'"components": {{"schemas": {{\n{named}\n}}}}']
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    EXTRACT.write_text(written(extract(json.loads(gzip.decompress(Path(sys.argv[1]).read_bytes())))), "utf-8")
