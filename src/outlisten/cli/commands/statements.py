"""`outlisten statements`: how far the company lives up to the ten statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outlisten.cli.application import open_application
from outlisten.cli.frame import command
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.app.web.measure import Measure
    from outlisten.app.web.statements.cards import Card


@command(where="store")
def statements(session: Session) -> int:
    """Each statement with what it is measured by, the interval in the sentence, and what is not measured yet."""
    app = open_application(session, "see_statements")
    from outlisten.app.people.models import Account
    from outlisten.app.web.statements.cards import cards

    reader = app.account or Account(
        role=Account.Role.OWNER
    )  # before there is an owner the home's reader asks
    found = cards(reader)
    if session.json:
        session.emit({"statements": [_as_json(card) for card in found]})
        return 0
    for card in found:
        _print(session, card)
    return 0


def _print(session: Session, card: Card) -> None:
    _ = session.words
    session.print(f"{card.statement.number:>2}  {card.statement.text}")
    for why in card.short:
        session.print("    " + _("Falls short: {why}").format(why=why))
    for line in card.known:
        session.print(f"    {line.measure.name}: {line.measure.sentence}")
    for measure in card.missing:
        session.print(
            "    " + _("{name}: not measured yet. {why}").format(name=measure.name, why=measure.missing)
        )


def _as_json(card: Card) -> dict[str, object]:
    measures = [*(line.measure for line in card.known), *card.missing]
    return {
        "number": card.statement.number,
        "statement": str(card.statement.text),
        "falls_short": list(card.short),
        "measures": [_measure(one) for one in measures],
    }


def _measure(measure: Measure) -> dict[str, object]:
    return {
        "name": str(measure.name), "sentence": str(measure.sentence), "value": measure.value, "low": measure.low,
        "high": measure.high, "unit": measure.unit, "missing": str(measure.missing) or None,
        "limits": [str(limit) for limit in measure.limits],
        "trend": [{"start": p.start, "value": p.value, "low": p.low, "high": p.high} for p in measure.trend],
    }  # fmt: skip
