"""`outlisten mirror`: how a company looks and behaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from outlisten.cli.application import open_application
from outlisten.cli.endings import Refused
from outlisten.cli.frame import command
from outlisten.cli.locales import help_words as _
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.app.listening.queries.mirror import Asked
    from outlisten.insights.waiting import Quantile

Brand = Annotated[
    str | None,
    typer.Option(
        "--brand", metavar="NAME", help=_("A brand, or an account that posts as a company; else ours.")
    ),
]
Since = Annotated[str | None, typer.Option(metavar="DAY", help=_("From this day on, as 2019-07-31."))]
Until = Annotated[str | None, typer.Option(metavar="DAY", help=_("Up to and including this day."))]


@command(where="store")
def mirror(session: Session, *, brand: Brand = None, since: Since = None, until: Until = None) -> int:
    """Words, own posts and answers; what a source cannot show is said, never counted as zero."""
    app = open_application(session, "search")
    from django.http import QueryDict

    from outlisten.app.listening.queries import mirror as queries

    address = QueryDict(mutable=True)
    given = {"who": brand, "since": since, "until": until}
    address.update({name: value for name, value in given.items() if value})
    asked = queries.mirror(_reader(app.account), address)
    if asked.problem:
        raise Refused(asked.problem)
    if asked.company is None:
        raise Refused(session.words("There is no brand and no company account to look at yet."))
    answer = _answer(asked)
    if session.json:
        session.emit(answer)
    else:
        for sentence in answer["sentences"]:
            session.print(sentence)
    return 0


def _reader(account: object) -> Any:
    """Who asks; before there is an owner the home's reader acts, as for every reading command."""
    from outlisten.app.people.models import Account

    return account or Account(role=Account.Role.OWNER)


def _answer(asked: Asked) -> dict[str, Any]:
    from outlisten.app.listening import comparison, reflection
    from outlisten.app.listening.queries import mirror as queries

    assert asked.company is not None
    words, distance, found = queries.words_apart(asked), queries.distance(asked), queries.behaviour(asked)
    assert found is not None
    name, waits = asked.company.name, found.answers.waiting
    sides = {
        side: [row["term"] for row in words.table.to_pylist() if row["side"] == side]
        for side in ("query", "against")
    }
    return {
        "company": name,
        "sentences": [
            reflection.answers_sentence(name, found.answers),
            reflection.distance_sentence(name, distance),
            *filter(None, [comparison.words_sentence(words)]),
            reflection.broadcast_sentence(name, found.broadcast),
        ],
        "distance": distance.distance.as_json() if distance.distance else None,
        "floor": distance.floor.as_json() if distance.floor else None,
        "words": {"company": sides["query"], "customers": sides["against"]},
        "own_posts": found.broadcast.posts,
        "conversation": found.broadcast.share.as_json() if found.broadcast.share else None,
        "asked": found.answers.asked,
        "answered": found.answers.share.as_json() if found.answers.share else None,
        "median_minutes": _quantile(waits.median) if waits else None,
        "p90_minutes": _quantile(waits.p90) if waits else None,
        "unseen": found.answers.unseen,
    }


def _quantile(found: Quantile) -> dict[str, float | None]:
    return {"value": found.value, "low": found.low, "high": found.high}
