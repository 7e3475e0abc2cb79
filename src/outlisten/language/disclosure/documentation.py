"""The marker tables as tables of the documentation, in either language."""

from __future__ import annotations

from outlisten.language.disclosure.marker import MARKETS
from outlisten.language.disclosure.tables import LANGUAGES, Row, rows
from outlisten.language.disclosure.telling import kinds
from outlisten.words import Locale, words


def marker_tables(locale: Locale) -> str:
    """One Markdown table for each language of posts: forms, kind, worth in each market, rule, reason."""
    return "\n\n".join(_table(language, locale) for language in LANGUAGES)


def _table(language: str, locale: Locale) -> str:
    say = words("disclosure", locale)
    worths = {"clear": say("clear"), "weak": say("weak"), "none": "–"}
    heads = [say("forms"), say("kind"), *MARKETS, say("rule"), say("reason")]
    lines = [_line(heads), _line(["---"] * len(heads))]
    for row in rows():
        if row.language == language:
            forms = ", ".join(f"`{form.replace('|', chr(92) + '|')}`" for form in row.shown)
            strengths = [worths[row.strength[market]] for market in MARKETS]
            lines.append(_line([forms, kinds(say)[row.kind], *strengths, row.rule, _reason(row, locale)]))
    return "\n".join(lines)


def _reason(row: Row, locale: Locale) -> str:
    return row.reason[locale]


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
