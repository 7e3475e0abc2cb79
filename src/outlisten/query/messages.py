"""What the parser says about a query: a code, a place, and one sentence in either language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from outlisten.query.tree import Span
from outlisten.words import Locale, words

Level = Literal["error", "warning", "hint"]

HINTS = frozenset({"W107", "W108", "W109"})


def _(sentence: str) -> str:
    """Marks a sentence for translation."""
    return sentence


SENTENCES: Mapping[str, str] = {
    "E101": _("This quotation mark is not closed. Put another one where the phrase ends."),
    "E102": _("This brace is not closed. Put the closing brace where the exact words end."),
    "E103": _("Something is missing here: there is nothing to look for."),
    "E104": _("This bracket is not closed. Put ) where the group ends."),
    "E105": _("This sign cannot stand here. Take it away, or put the words around it in quotation marks."),
    "E105 instead": _("This is another tool's way of writing. Here it is: {near}"),
    "E105 near": _("A number is missing here. Write {near}."),
    "E106": _("Only OR may stand between the values of a field."),
    "E201": _("This matches everything except something. To save it, add what you are looking for."),
    "E203": _("A wildcard cannot come first: write at least two letters before *, or one before ?."),
    "E204": _("This cannot stand inside NEAR or ATLEAST. Write it outside, joined with AND or NOT."),
    "E204 near": _("Only words can be near each other. Write: {near}"),
    "E205": _("There is no field called {name}. If it is not a field, put it in quotation marks."),
    "E205 near": _(
        "There is no field called {name}. Did you mean {near}? If it is no field, put it in quotes."
    ),
    "E206": _("{field} cannot take the value {value}."),
    "E206 near": _("{field} cannot take the value {value}. Did you mean {near}?"),
    "E206 choice": _("{field} cannot take the value {value}. It takes: {choice}."),
    "E206 number": _(
        "{value} is not a number or a range. Write 100, >=100, 100..500 or 100.. after {field}."
    ),
    "E206 date": _(
        "{value} is not a date. Write 2026-11-01, 2026-11-01..2026-11-11, today or -7d after {field}."
    ),
    "E206 range": _("The range {value} ends before it begins."),
    "E206 scope": _("{field} takes words; this cannot be limited to title or text."),
    "E207 query": _("There is no saved query called {name}."),
    "E207 query near": _("There is no saved query called {name}. Did you mean {near}?"),
    "E207 list": _("There is no list called {name}."),
    "E207 list near": _("There is no list called {name}. Did you mean {near}?"),
    "E208": _("The saved query {name} has a mistake in it. Open it and correct it first."),
    "E301": _("The query has {count} characters; at most {limit} are allowed."),
    "E302": _("The query has {count} terms; at most {limit} are allowed. Split it into several queries."),
    "E303": _("The query is nested {count} deep; at most {limit} are allowed."),
    "E304": _("The distance {count} is too large; at most {limit} is allowed."),
    "E304 at least": _("{count} times is too often; at most {limit} times can be asked for."),
    "E305": _(
        "{word} stands for more than {limit} different words. Write more letters before the sign. Most of them: {most}"
    ),
    "E306": _("Saved queries use each other more than {limit} deep."),
    "E306 circle": _("The saved query {name} would use itself: {circle}."),
    "W101": _("AND is read before OR. If that is not what you mean, put brackets: {near}"),
    "W102": _("{word} in small letters is an ordinary word. Write {near} to join the two sides."),
    "W103": _("{word} is a single character and matches very much."),
    "W104": _("A wildcard after Han characters has no effect: they match inside longer words anyway."),
    "W105": _("Nothing is looked for, only left out or filtered. A search is limited to {days} days."),
    "W106": _("A distance of {count} is nearly the same as AND."),
    "W107": _(
        "{word} is also an ordinary word. Consider adding what you mean, or -words that you do not mean."
    ),
    "W108": _("The number of followers does not tell who matters."),
    "W109": _("{word} and {other} are the same to a search: one of them is enough."),
    "W110": _("Two NOTs cancel each other."),
    "W111 phrase": _(
        "Between quotation marks {sign} is an ordinary sign. To let it stand for letters: {near}"
    ),
    "W111 loose": _("Between quotation marks {sign} is an ordinary sign and stands for no letters."),
    "W111": _("The sign {sign} is ignored here. Put it in quotation marks or braces if it matters."),
}


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to say about a query.

    `at` is `[start, end)` in code points of the query as typed. `suggestion`, where there is one, is what to
    write there instead.
    """

    code: str
    at: Span
    values: Mapping[str, object] = field(default_factory=dict)
    suggestion: str | None = None
    variant: str = ""

    @property
    def level(self) -> Level:
        """How much it matters: an error keeps the query from being used."""
        if self.code.startswith("E"):
            return "error"
        return "hint" if self.code in HINTS else "warning"

    def text(self, locale: Locale = "en") -> str:
        """The sentence in the asked language."""
        key = f"{self.code} {self.variant}" if self.variant else self.code
        spoken = {name: _spoken(value, locale) for name, value in self.values.items()}
        return words("query", locale)(SENTENCES[key]).format(**spoken)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A value of a message that is itself translated."""

    sentence: str


def _spoken(value: object, locale: Locale) -> object:
    return words("query", locale)(value.sentence) if isinstance(value, Phrase) else value


class Refused(Exception):
    """A part of a query that cannot be understood; carries what to say about it."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.code)
        self.message = message
