"""Queries in the addresses of templates."""

from __future__ import annotations

from urllib.parse import quote

from django import template

from outlisten.app.listening.long_queries import abridged

register = template.Library()


@register.filter
def in_address(query: object) -> str:
    """The query as the value of a parameter: short, whatever its length."""
    return quote(abridged(str(query)))


@register.filter
def in_field(query: object) -> str:
    """The query as the value of a hidden field."""
    return abridged(str(query))
