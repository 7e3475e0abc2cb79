"""The check that a query may be saved: it parses, and looks for something."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from outlisten.app.listening.clock import read_in, zone_of
from outlisten.app.listening.queries.names import workspace
from outlisten.app.listening.wording import locale
from outlisten.query import Query, parse


def checked(text: str, name: str | None = None) -> Query:
    """The query, read the way saved queries are; `name` is what a topic is kept as, which it may not use itself.

    Raises ValidationError with a sentence for each error.
    """
    query = parse(text, read_in(zone_of(workspace())), saving=True, name=name)
    if not query.valid:
        raise ValidationError([m.text(locale()) for m in query.messages if m.level == "error"])
    return query
