"""The check that a query may be saved: it parses, and looks for something."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from outlisten.app.listening.clock import zone_of
from outlisten.app.listening.queries.names import workspace
from outlisten.app.listening.wording import locale
from outlisten.query import Context, Query, parse


def checked(text: str) -> Query:
    """The query, read the way saved queries are. Raises ValidationError with a sentence for each error."""
    query = parse(text, Context(zone=zone_of(workspace())), saving=True)
    if not query.valid:
        raise ValidationError([m.text(locale()) for m in query.messages if m.level == "error"])
    return query
