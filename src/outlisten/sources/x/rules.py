"""The rules of an app's stream: those of one source are made to be what its entries ask for, all others are left alone.

https://docs.x.com/x-api/posts/filtered-stream/integrate/build-a-rule
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from outlisten.sources.problems import QueryRefused
from outlisten.sources.x.client import HOST, XClient
from outlisten.sources.x.refusals import kind, words

Rule = Mapping[str, Any]


def synchronised(client: XClient, source: str, wanted: Mapping[str, str]) -> dict[str, str]:
    """The keys of the wanted rules by the ids that X gave them. Raises SourceProblem.

    A rule carries the source's name and its key in its tag. What carries the name and is wanted no more is taken away first,
    as the number of rules is limited.
    """
    tags = {f"{source}: {key}": key for key in wanted}
    own = [rule for rule in _all(client) if str(rule.get("tag") or "").startswith(f"{source}: ")]
    standing = {str(rule["id"]): tags[rule["tag"]] for rule in own if _stands(rule, tags, wanted)}
    if stale := [str(rule["id"]) for rule in own if str(rule["id"]) not in standing]:
        client.change_rules({"delete": {"ids": stale}})
    missing = {tag: key for tag, key in tags.items() if key not in standing.values()}
    return standing | (_added(client, missing, wanted) if missing else {})


def _stands(rule: Rule, tags: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    key = tags.get(str(rule.get("tag")))
    return key is not None and rule.get("value") == wanted[key]


def _added(client: XClient, missing: Mapping[str, str], wanted: Mapping[str, str]) -> dict[str, str]:
    """The rules that are new. One that stands already under another name is used as it is."""
    told = client.change_rules({"add": [{"value": wanted[key], "tag": tag} for tag, key in missing.items()]})
    keys = {wanted[key]: key for key in missing.values()}
    found = {
        str(rule["id"]): keys[rule["value"]] for rule in _listed(told, "data") if rule.get("value") in keys
    }
    for error in _listed(told, "errors"):
        if kind(error) != "duplicate-rules" and error.get("title") != "DuplicateRule":
            raise QueryRefused(host=HOST, reason=words(error))
        if error.get("value") in keys:
            found[str(error.get("id"))] = keys[error["value"]]
    return found


def _all(client: XClient) -> Iterator[Rule]:
    further = ""
    while True:
        told = client.rules(further)
        yield from _listed(told, "data")
        before, further = further, str((told.get("meta") or {}).get("next_token") or "")
        if further in {"", before}:
            return


def _listed(told: Mapping[str, Any], name: str) -> list[Rule]:
    found = told.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
