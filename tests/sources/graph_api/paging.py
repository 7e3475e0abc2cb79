"""Answers as the Graph API gives them: lists with places, and errors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import httpx2
from tests.sources.network import told


def listed(request: httpx2.Request, records: Sequence[Any], most: int, **headers: str) -> httpx2.Response:
    """A page of a list. The address of the next one holds the token; the last page has a cursor, but no address."""
    asked = request.url.params
    start = int(asked.get("after", "at0").removeprefix("at"))
    end = start + min(int(asked.get("limit", 25)), most)
    paging: dict[str, Any] = {"cursors": {"before": f"at{start}", "after": f"at{end}"}}
    if end < len(records):
        paging["next"] = f"https://graph.facebook.com{request.url.path}?access_token=SECRET&after=at{end}"
    return told({"data": list(records[start:end]), "paging": paging}, **headers)


def error(code: int, subcode: int | None = None, status: int = 400, **more: Any) -> httpx2.Response:
    """An error of the Graph API."""
    told_of = {
        "message": "(#1) something",
        "type": "OAuthException",
        "code": code,
        "fbtrace_id": "A1",
        **more,
    }
    return told({"error": told_of | ({"error_subcode": subcode} if subcode else {})}, status)
