"""The builder of queries, for somebody who may search."""

from __future__ import annotations

from collections.abc import Mapping

from outlisten.app.listening.building.pictures import picture, sent
from outlisten.app.listening.building.shown import Picture
from outlisten.app.listening.queries.listen import today
from outlisten.app.listening.questions import Question
from outlisten.app.people.rules import Act, Actor, require


def built(actor: Actor, values: Mapping[str, str]) -> Picture:
    """The builder after what its page sent: `text`, `outline`, and an `act` at a `path`. Raises Refused."""
    require(actor, Act.SEARCH)
    return picture(sent(values), today().context)


def picture_of(question: Question) -> Picture:
    """The builder of what was typed, for the page that asks it."""
    return picture(sent({"text": question.text}), question.as_of.context)
