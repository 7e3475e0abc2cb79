"""`outlisten compare`: two queries beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from outlisten.cli.application import open_application
from outlisten.cli.frame import command
from outlisten.cli.locales import help_words as _
from outlisten.cli.named_queries import subject_of
from outlisten.cli.options import Since, Until
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from outlisten.charts.report import Subject
    from outlisten.insights import Comparison

First = Annotated[str, typer.Argument(metavar="QUERY", help=_("A query, or the name of a brand or topic."))]
Against = Annotated[str, typer.Option(metavar="QUERY", help=_("What to compare it with."))]
Top = Annotated[int, typer.Option(metavar="N", min=1, max=200, help=_("Terms a side."))]


@command(where="store")
def compare(
    session: Session, *, query: First, against: Against, since: Since = None, until: Until = None,
    top: Top = 20,
) -> int:  # fmt: skip
    """Shares are corrected for the model's errors and come with 95 % intervals."""
    from outlisten.cli.periods import check_window, window
    from outlisten.insights import compare as compare_queries

    check_window(since, until, session.locale)
    app = open_application(session, "search")
    context = app.as_of.context
    a, b = subject_of(session, query, context), subject_of(session, against, context)
    span = window(since, until, now=app.as_of.moment, zone=app.as_of.zone, locale=session.locale)
    found = compare_queries(app.store, a.query, b.query, span, zone=app.as_of.zone, top=top)
    if session.json:
        session.emit(found.as_json(session.locale))
    else:
        _show(session, found, (a, b))
    return 0


def _show(session: Session, found: Comparison, subjects: tuple[Subject, Subject]) -> None:
    from rich.table import Table

    from outlisten.cli.safe_text import on_one_line

    _ = session.words
    names = [on_one_line(subject.name) for subject in subjects]
    for name, side in zip(names, (found.a, found.b), strict=True):
        line = _("{name}: posts {posts:,}, authors {authors:,}").format(
            name=name, posts=side.posts, authors=side.authors
        )
        session.print(f"{line} · {_tone(session, side.share)}")
    table = Table(box=None, pad_edge=False)
    table.add_column(_("Leans to"))
    table.add_column(_("Term"))
    for title in (*(_("Authors: {name}").format(name=name) for name in names), _("Log-odds, 95 %")):
        table.add_column(title, justify="right")
    for term in found.as_json(session.locale)["terms"]:
        odds = f"{term['log_odds']:+.1f} ({term['low']:+.1f} … {term['high']:+.1f})"
        leans = names[0] if term["side"] == "a" else names[1]
        table.add_row(leans, on_one_line(term["term"]), str(term["authors_a"]), str(term["authors_b"]), odds)
    session.console().print(table)
    notes = (*found.a.tone.notes, *found.b.tone.notes, *found.terms.notes)
    for sentence in dict.fromkeys(note.text(session.locale) for note in notes):
        session.say(sentence)


def _tone(session: Session, share: Callable[[str], object]) -> str:
    from outlisten.insights.estimate import Estimate
    from outlisten.insights.figures_in_words import share_in_words

    _ = session.words
    negative = share("negative")
    if not isinstance(negative, Estimate):
        return _("tone: not enough to say")
    return _("negative: {share}").format(share=share_in_words(negative, session.locale))
