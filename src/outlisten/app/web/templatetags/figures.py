"""How a figure's specification travels inside a page."""

from __future__ import annotations

import json

from django import template

register = template.Library()


@register.filter
def as_json(value: object) -> str:
    """The value as JSON text, which the template escapes.

    It stands in a hidden element and not in a `<script>`: htmx removes every script from the parts it loads.
    """
    return json.dumps(value, ensure_ascii=False)
