"""A chart as the Vega-Lite a page hands to the interpreter that needs no eval."""

from __future__ import annotations

from typing import Any

REMOTE = frozenset({"url", "href"})


def spec(chart: Any) -> dict[str, Any]:
    """The chart as a Vega-Lite dictionary with its data inside.

    The background is transparent, so that the page's panel shows through. Expressions in it are few and
    plain, so `vega-interpreter` runs them under a strict Content-Security-Policy. Nothing in it is loaded
    from anywhere. Put it into a page as JSON in a data block, with `<` escaped: post texts are in it.
    """
    made: dict[str, Any] = chart.to_dict()
    made["config"]["background"] = "transparent"
    return made
