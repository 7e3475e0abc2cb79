"""The forms by which one leaf is changed or a condition is added: the inputs, and the query text they make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outlisten.app.listening.building.saying import field_said, value_said
from outlisten.app.listening.queries.listen import known_values
from outlisten.app.listening.wording import locale
from outlisten.query import Context
from outlisten.query.building import Row, leaf_text
from outlisten.query.fields import BY_NAME, FIELDS, OPEN, Field
from outlisten.query.printing import quoted

# How words may be looked for.
HOW: Mapping[str, Promise] = {
    "phrase": gettext_lazy("these words, one after the other"),
    "loose": gettext_lazy("these words in any order, close together"),
    "word": gettext_lazy("a whole word, not inside longer ones"),
    "exact": gettext_lazy("exactly these characters"),
    "hashtag": gettext_lazy("a hashtag"),
    "tagged": gettext_lazy("a hashtag that begins so"),
    "mention": gettext_lazy("a mention of this account"),
}
NUMBERS: Mapping[str, Promise] = {
    "atleast": gettext_lazy("at least"), "atmost": gettext_lazy("at most"), "between": gettext_lazy("from … to …"),
    "more": gettext_lazy("more than"), "less": gettext_lazy("less than"), "exactly": gettext_lazy("exactly"),
}  # fmt: skip
SCOPES = ("title", "text", "quoted")
# Kinds of fields that words have instead, and those that other fields of the same kind say too.
NOT_OFFERED = frozenset({"scope", "exact", "word", "mention"})
SAID_OTHERWISE = frozenset({"since", "until", "followers"})
KIND_OF_FIELD = {"person": "person", "address": "address", "label": "label", "flag": "flag", "number": "number",
                 "date": "dates", "list": "list", "query": "query"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Input:
    """One input: `kind` is text, number or select; `offered` are values that may be typed but need not."""

    name: str
    label: str
    value: str = ""
    kind: str = "text"
    choices: tuple[Choice, ...] = ()
    offered: tuple[Choice, ...] = ()
    hint: str = ""

    def filled(self, value: str) -> Input:
        """The input with another value."""
        choices = tuple(replace(choice, chosen=choice.value == value) for choice in self.choices)
        return replace(self, value=value, choices=choices)


@dataclass(frozen=True, slots=True)
class Editor:
    """The inputs of one leaf; `kind` and `field` go back with them."""

    kind: str
    field: str
    title: str
    inputs: tuple[Input, ...]

    def filled(self, values: Mapping[str, str]) -> Editor:
        """The form with what was typed into it."""
        return replace(self, inputs=tuple(one.filled(values.get(one.name, "")) for one in self.inputs))


def fields_offered() -> list[tuple[str, str]]:
    """(name, label) of every condition that can be added, in the order people look for them."""
    first = ["sentiment", "platform", "lang", "date", "author", "voice", "intent", "emotion", "likes"]
    names = [
        field.name for field in FIELDS if field.kind not in NOT_OFFERED and field.name not in SAID_OTHERWISE
    ]
    return [(name, field_said(name)) for name in dict.fromkeys([*first, *names])]


def editor_of(row: Row, context: Context) -> Editor | None:
    """The form of a leaf; None where there is nothing but its text to change."""
    if row.kind in ("words", "phrase", "loose", "word", "exact", "hashtag", "mention"):
        return _of_words(row)
    if "field" in row.values:
        return _of_field(row.kind, row.values["field"], row.values, context)
    return None


def new_editor(field: str, context: Context) -> Editor:
    """The empty form of a condition. Raises LookupError for a field that takes none."""
    kind = KIND_OF_FIELD[BY_NAME[field].kind]
    return _of_field(kind, BY_NAME[field].name, {}, context)


def _of_words(row: Row) -> Editor:
    words = row.values.get("words") or row.values.get("name") or row.values.get("characters", "")
    how = "phrase" if row.kind == "words" else "tagged" if row.values.get("prefix") else row.kind
    return Editor(
        "words",
        "",
        _("Words"),
        (
            Input("words", _("Words"), words),
            Input("how", _("Look for"), how, "select", _choices(HOW, how)),
            Input("slop", _("Other words between, at most"), row.values.get("slop", "4"), "number"),
        ),
    )


def _choices(labels: Mapping[str, object], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, str(label), value == chosen) for value, label in labels.items())


def _of_field(kind: str, field: str, values: Mapping[str, str], context: Context) -> Editor:
    label = field_said(field)
    inputs: tuple[Input, ...]
    match kind:
        case "number":
            how = values.get("is", "atleast")
            inputs = (
                Input("is", _("How many"), how, "select", _choices(NUMBERS, how)),
                Input("low", _("from"), values.get("low", ""), "number"),
                Input("high", _("to"), values.get("high", ""), "number"),
            )
        case "dates":
            inputs = (
                Input("start", _("from"), values.get("start", ""), hint="2026-11-01, -7d"),
                Input("end", _("to"), values.get("end", ""), hint="2026-11-11, today"),
            )
        case _:
            inputs = (
                _value_input(BY_NAME[field], label, values.get("value", ""), context),
                *_floor(field, values),
            )
    return Editor(kind, field, label, inputs)


def _floor(field: str, values: Mapping[str, str]) -> Sequence[Input]:
    if not BY_NAME[field].classified:
        return ()
    return (
        Input("floor", _("Probability, at least"), values.get("floor", ""), hint=_("any; for example 0.8")),
    )


def _value_input(field: Field, label: str, value: str, context: Context) -> Input:
    if field.kind in ("list", "query"):
        names = context.kept.lists if field.kind == "list" else context.kept.queries
        return Input("value", label, value, "select", _named(field.name, names, value))
    values = list(dict.fromkeys((field.values or {}).values()))
    if values and field.name not in OPEN:
        return Input("value", label, value, "select", _named(field.name, values, value))
    offered = _named(field.name, [*known_values(field.name), *values], value) if field.name in OPEN else ()
    return Input("value", label, value, offered=offered)


def _named(field: str, values: Iterable[str], chosen: str) -> tuple[Choice, ...]:
    every = dict.fromkeys(values)
    return tuple(Choice(value, value_said(field, value), value == chosen) for value in every)


def text_of(kind: str, field: str, values: Mapping[str, str]) -> str:
    """The query text that a filled-in form makes; blank where the form was left empty. Raises LookupError."""
    said = {name: value.strip() for name, value in values.items()}
    if kind == "words":
        return _words_text(said)
    if not any(said.get(name) for name in ("value", "low", "high", "start", "end")):
        return ""
    wild = "yes" if "*" in said.get("value", "") else ""
    return leaf_text(kind, {**said, "field": field, "wild": wild}, locale())


def _words_text(values: Mapping[str, str]) -> str:
    words, how = values.get("words", ""), values.get("how", "phrase")
    if not words:
        return ""
    if how in ("hashtag", "tagged"):
        return leaf_text("hashtag", {"name": words, "prefix": "yes" if how == "tagged" else ""})
    if how == "loose":
        return leaf_text("loose", {"words": words, "slop": values.get("slop") or "4"})
    if how == "phrase":
        return words if words.isalnum() and not words.isupper() else quoted(words)
    return leaf_text(how, {"words": words, "characters": words, "name": words}, locale())
