"""`outlisten disclosure list` and `check`: who is connected and does not say so, and what words say it."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from outlisten.cli.application import open_application
from outlisten.cli.commands.read import markers_as_json
from outlisten.cli.frame import command
from outlisten.cli.given_texts import File, Texts, given_texts
from outlisten.cli.locales import help_words as _
from outlisten.cli.options import Maps
from outlisten.cli.safe_text import on_one_line
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.app.trust.disclosure.evidence import Shown
    from outlisten.language.disclosure import Marker


class Lists(StrEnum):
    """What the watch can show."""

    TO_MEND = "to-mend"
    MENDED = "mended"
    SETTLED = "settled"
    UNKNOWN = "unknown"
    DISCLOSED = "disclosed"
    ALL = "all"


class Markets(StrEnum):
    """Whose rules."""

    US = "US"
    UK = "UK"
    EU = "EU"
    CN = "CN"


Show = Annotated[
    Lists,
    typer.Option("--show", metavar="LIST", help=_("to-mend, mended, settled, unknown, disclosed or all.")),
]
Market = Annotated[
    Markets | None,
    typer.Option("--market", metavar="MARKET", help=_("Only by the rules of US, UK, EU or CN.")),
]


@command(where="store")
def list_findings(session: Session, *, show: Show = Lists.TO_MEND, market: Market = None) -> int:
    """Posts of declared partners, employees and paid accounts, judged; the gravest first."""
    app = open_application(session, "see_disclosure")
    from outlisten.app.trust.disclosure.headline import headline
    from outlisten.app.trust.disclosure.queries import Filter, counts, findings

    asked = Filter(show=show.value, market=market.value if market else "")
    found = findings(app.account, asked)
    counted = counts(asked)
    if session.json:
        numbers = {"judged": counted.judged, "signs": counted.signs, "mended": counted.mended}
        session.emit({**numbers, "unknown": counted.unknown, "posts": [_as_json(it) for it in found]})
        return 0
    session.say(headline(counted))
    for it in found:
        session.check_stop()
        session.print(_line(session, it))
    return 0


@command(where="anywhere")
def check(session: Session, *, texts: Texts = None, file: File = None, maps: Maps = None) -> int:
    """One line a text: the disclosure markers in it, with place, worth and rule. Nobody is judged by it."""
    from outlisten.language.disclosure import find_markers
    from outlisten.language.disclosure.telling import kinds, places
    from outlisten.words import words

    say = words("disclosure", session.locale)
    for some in given_texts(session, texts, file, maps):
        for text in some:
            session.check_stop()
            if session.json:
                session.emit({"text": text, "markers": markers_as_json(find_markers(None, text))})
                continue
            found = [_said(marker, kinds(say)[marker.kind], places(say)[marker.place], session.words)
                     for marker in find_markers(None, text)]  # fmt: skip
            session.print(f"{'; '.join(found) or session.words('no marker')}\t{on_one_line(text)}")
    return 0


def _said(marker: Marker, kind: str, place: str, _: Callable[[str], str]) -> str:
    worth = {"clear": _("clear"), "weak": _("weak"), "none": _("contradiction")}[marker.strength]
    return f"“{on_one_line(marker.words)}” {kind}, {worth}, {place} ({marker.rule})"


def _line(session: Session, it: Shown) -> str:
    why = " ".join(f"{said.markets}: {said.why}" for said in it.told)
    gone = session.words("This post is no longer kept.")
    text = on_one_line(str(it.post["text"])) if it.post else gone
    return "\t".join((it.judged.post_id, str(it.judged.get_state_display()), on_one_line(why), text))


def _as_json(it: Shown) -> dict[str, object]:
    judged = it.judged
    return {
        "id": judged.post_id, "outcome": judged.outcome, "reason": judged.reason, "state": judged.state,
        "relation": judged.relation, "account": str(judged.account), "due": judged.due,
        "markets": [{"markets": said.markets, "outcome": said.outcome, "why": said.why, "rules": said.rules}
                    for said in it.told],
        "wording": it.wording, "text": it.post["text"] if it.post else None,
    }  # fmt: skip
