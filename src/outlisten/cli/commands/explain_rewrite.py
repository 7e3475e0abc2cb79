"""`outlisten explain --rewrite`: a query of another tool as it is written here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outlisten.cli.endings import DONE, NOTHING_DONE
from outlisten.cli.queries import message_as_json, said
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.query import Context


def show_rewritten(session: Session, text: str, context: Context, *, saving: bool) -> int:
    """The query on standard output; what was changed and what there is to say of it now on standard error."""
    from outlisten.query import parse, rewritten

    found = rewritten(text, context)
    read = parse(found.text, context, saving=saving)
    if session.json:
        changes = [
            {**message_as_json(session, message), "instead": message.suggestion} for message in found.taken
        ]
        left = [message_as_json(session, message) for message in read.messages]
        session.emit(
            {
                "query": text,
                "rewritten": found.text,
                "changes": changes,
                "messages": left,
                "valid": read.valid,
            }
        )
        return DONE if read.valid else NOTHING_DONE
    step = text
    for message in found.taken:
        session.say(said(session, step, message))
        step = step[: message.at[0]] + (message.suggestion or "") + step[message.at[1] :]
    for message in read.messages:
        session.say(said(session, found.text, message))
    session.print(found.text)
    return DONE if read.valid else NOTHING_DONE
