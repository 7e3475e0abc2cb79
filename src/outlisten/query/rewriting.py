"""Queries pasted from other tools, rewritten with the suggestions the parser makes (query language, part 4.1)."""

from __future__ import annotations

from dataclasses import dataclass

from outlisten.query.messages import Message
from outlisten.query.parser import Context, parse

MOST_REWRITES = 200


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The text after every suggestion was taken, and what was said each time, in the order it was done."""

    text: str
    taken: tuple[Message, ...]


def rewritten(text: str, context: Context | None = None) -> Rewritten:
    """The query with every mistake mended that has a suggestion. What has none is left as it is.

    Only mistakes are mended: a warning's suggestion may change what the query means.
    """
    taken: list[Message] = []
    for _ in range(MOST_REWRITES):
        offered = next((message for message in parse(text, context).messages if _mends(message)), None)
        if offered is None or offered.suggestion is None:
            break
        taken.append(offered)
        text = text[: offered.at[0]] + offered.suggestion + text[offered.at[1] :]
    return Rewritten(text, tuple(taken))


def _mends(message: Message) -> bool:
    return message.level == "error" and message.suggestion is not None
