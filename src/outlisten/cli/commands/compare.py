"""`outlisten compare`: two queries beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from outlisten.cli.application import open_application
from outlisten.cli.frame import command
from outlisten.cli.locales import help_words as _
from outlisten.cli.named_queries import subject_of
from outlisten.cli.options import Since, Until
from outlisten.cli.session import Session
from outlisten.cli.voices import ALL, USUAL, Voices, counted, left_out, left_out_sentence, read_voices

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
    top: Top = 20, voices: Voices = USUAL,
) -> int:  # fmt: skip
    """Shares are corrected for the model's errors and come with 95 % intervals."""
    from outlisten.cli.periods import check_window, window
    from outlisten.cli.safe_text import on_one_line
    from outlisten.insights import compare as compare_queries

    check_window(since, until, session.locale)
    wanted = read_voices(voices, session.locale)
    app = open_application(session, "search")
    context = app.as_of.context
    a, b = subject_of(session, query, context), subject_of(session, against, context)
    span = window(since, until, now=app.as_of.moment, zone=app.as_of.zone, locale=session.locale)
    ours, theirs = counted(a.query, wanted), counted(b.query, wanted)
    found = compare_queries(app.store, ours, theirs, span, zone=app.as_of.zone, top=top)
    without = [left_out(app.store, side.query, wanted, span) for side in (a, b)]
    if session.json:
        told = {"voices": list(wanted) or [ALL], "left_out": dict(zip("ab", without, strict=True))}
        session.emit({**found.as_json(session.locale), **told})
        return 0
    _show(session, found, (a, b))
    for side, gone in zip((a, b), without, strict=True):
        if gone:
            session.say(f"{on_one_line(side.name)}: {left_out_sentence(gone, session.locale)}")
    return 0


def _show(session: Session, found: Comparison, subjects: tuple[Subject, Subject]) -> None:
    from outlisten.cli.safe_text import on_one_line

    _ = session.words
    names = [on_one_line(subject.name) for subject in subjects]
    for name, side in zip(names, (found.a, found.b), strict=True):
        line = _("{name}: posts {posts:,}, authors {authors:,}").format(
            name=name, posts=side.posts, authors=side.authors
        )
        session.print(f"{line} · {_tone(session, side.share)}")
    _say_what_stands(session, found)
    terms = found.as_json(session.locale)["terms"]
    for side_name, name in zip(("a", "b"), names, strict=True):
        _show_terms(session, name, [term for term in terms if term["side"] == side_name])
    notes = (*found.a.tone.notes, *found.b.tone.notes, *found.terms.notes)
    for sentence in dict.fromkeys(note.text(session.locale) for note in notes):
        session.say(sentence)


def _say_what_stands(session: Session, found: Comparison) -> None:
    """Before the terms: whether any of them stands out for certain."""
    _ = session.words
    tested = found.terms.note("tested")
    if tested is None:
        return
    if tested.params["found"]:
        sentence = _("Of {tested:,} terms compared, these stand out for certain: {found:,}, marked ✓.")
    else:
        sentence = _(
            "None of {tested:,} terms compared stands out for certain; those below only lean to a side."
        )
    session.print(sentence.format(**tested.params))


def _show_terms(session: Session, name: str, terms: list[dict[str, Any]]) -> None:
    """The terms that lean to one side, how many authors use them here and there; nothing when there are none."""
    from rich.table import Table

    from outlisten.cli.safe_text import on_one_line

    if not terms:
        return
    _ = session.words
    session.print("\n" + _("Leaning towards {name}").format(name=name))
    table = Table(box=None, pad_edge=False)
    table.add_column(_("Term"))
    for title in (_("Authors here"), _("Authors there"), _("Log-odds, 95 %")):
        table.add_column(title, justify="right")
    for term in terms:
        here, there = term["authors_a"], term["authors_b"]
        if term["side"] == "b":
            here, there = there, here
        odds = f"{term['log_odds']:+.1f} ({term['low']:+.1f} … {term['high']:+.1f})"
        mark = " ✓" if term["distinctive"] else ""
        table.add_row(on_one_line(term["term"]) + mark, f"{here:,}", f"{there:,}", odds)
    session.console().print(table)


def _tone(session: Session, share: Callable[[str], object]) -> str:
    from outlisten.insights.estimate import Estimate
    from outlisten.insights.figures_in_words import share_in_words

    _ = session.words
    negative = share("negative")
    if not isinstance(negative, Estimate):
        return _("tone: not enough to say")
    return _("negative: {share}").format(share=share_in_words(negative, session.locale))
