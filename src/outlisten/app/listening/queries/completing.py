"""What may be typed next in a query box: names of fields, values that posts really have, what is saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from outlisten.app.listening.queries.listen import known_values, today
from outlisten.app.people.rules import Act, Actor, require
from outlisten.query import Completion, completions
from outlisten.query.fields import OPEN

# What stands before the caret is enough of a query to know what may follow.
LOOKED_AT = 200
# One letter is the beginning of too many words that are no fields.
FEWEST_LETTERS = 2


class _InPosts(Mapping[str, Sequence[str]]):
    """The values that posts have, by field, looked up when a field is typed."""

    def __getitem__(self, field: str) -> Sequence[str]:
        if field not in OPEN:
            raise KeyError(field)
        return known_values(field)

    def __iter__(self) -> Iterator[str]:
        return iter(OPEN)

    def __len__(self) -> int:
        return len(OPEN)


def completing(actor: Actor, before: str) -> list[Completion]:
    """What may follow the text before the caret. Raises Refused."""
    require(actor, Act.SEARCH)
    left = before[-LOOKED_AT:]
    found = completions(left, len(left), today().context, _InPosts())
    return [one for one in found if _worth_offering(one, left[slice(*one.at)])]


def _worth_offering(completion: Completion, typed: str) -> bool:
    """A name is offered for its beginning only: while words are typed, a list that comes and goes disturbs."""
    if not completion.text.endswith((":", "(")) and not completion.text.isupper():
        return True
    letters = FEWEST_LETTERS if typed.isascii() else 1
    return len(typed) >= letters and completion.text.casefold().startswith(typed.casefold())
