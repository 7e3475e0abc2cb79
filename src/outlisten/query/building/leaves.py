"""Leaves: what kind of row a part of a query is, the values it shows, and its text made from such values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from outlisten.query.building.rows import Leaf
from outlisten.query.fields import BY_NAME
from outlisten.query.printing import quoted
from outlisten.query.tree import (
    Address,
    Code,
    Dates,
    Exact,
    Flag,
    Hashtag,
    Label,
    Listed,
    Loose,
    Mention,
    Node,
    Number,
    Person,
    Saved,
    Wild,
    Word,
    Words,
)
from outlisten.words import Locale

Values = dict[str, str]
# Conditions on the post, as against words looked for.
CONDITIONS = frozenset({"person", "address", "label", "flag", "number", "dates", "list", "query"})
_PLAIN_VALUE = re.compile(r"[\w.@-]+")


def leaf_of(node: Node) -> tuple[Leaf, Values]:
    """The kind of row a part is, and its values."""
    match node:
        case Words(typed=typed, quoted=is_quoted):
            return "phrase" if is_quoted else "words", {"words": typed}
        case Wild(typed=typed):
            return "wild", {"words": typed}
        case Loose(_, slop, typed=typed):
            return "loose", {"words": typed, "slop": str(slop)}
        case Word(typed=typed):
            return "word", {"words": typed}
        case Exact(characters):
            return "exact", {"characters": characters}
        case Hashtag(name, prefix):
            return "hashtag", {"name": name, "prefix": _yes(prefix)}
        case Mention(name):
            return "mention", {"name": name}
        case Code(name):
            return "code", {"name": name}
        case _:
            return _condition_of(node)


def _condition_of(node: Node) -> tuple[Leaf, Values]:
    match node:
        case Person(field, name, wild):
            return "person", {"field": field, "value": name, "wild": _yes(wild)}
        case Address(field, value):
            return "address", {"field": field, "value": value}
        case Label(field, value, floor):
            return "label", {"field": field, "value": value, "floor": "" if floor is None else f"{floor:g}"}
        case Flag(field, value):
            return "flag", {"field": field, "value": value}
        case Number():
            return "number", {"field": node.field, **_bounds(node)}
        case Dates(start, end):
            first, last = (moment.typed if moment else "" for moment in (start, end))
            return "dates", {"field": "date", "start": first, "end": last}
        case Listed(name):
            return "list", {"field": "list", "value": name}
        case Saved(name):
            return "query", {"field": "query", "value": name}
        case _:
            raise TypeError(f"{type(node).__name__} is not a leaf")


def _yes(true: bool) -> str:
    return "yes" if true else ""


def _bounds(node: Number) -> Values:
    """`is`: between, atleast, atmost, more, less or exactly; and the numbers."""
    low, high = ("" if bound is None else _number_text(bound) for bound in (node.low, node.high))
    if node.low is not None and node.high is not None:
        return {"is": "exactly" if node.low == node.high else "between", "low": low, "high": high}
    if node.low is not None:
        return {"is": "atleast" if node.low_included else "more", "low": low, "high": ""}
    return {"is": "atmost" if node.high_included else "less", "low": "", "high": high}


def _number_text(number: float) -> str:
    """A number as it is written in a query."""
    return str(int(number)) if number == int(number) else f"{number:.6f}".rstrip("0")


def leaf_text(kind: str, values: Mapping[str, str], locale: Locale = "en") -> str:
    """The query text of a leaf made of these values; names of fields and values are those of the language.

    Nothing is checked: whether the text can be read, the parser says. Raises KeyError for a kind without values.
    """
    return _WRITERS[kind](values, locale)


def _hashtag(values: Mapping[str, str], locale: Locale) -> str:
    name = values["name"].strip().strip("#＃")
    starred = "*" if values.get("prefix") else ""
    return f"#{name}{starred}" if re.fullmatch(r"\w+", name) or starred else quoted(f"#{name}#")


def _loose(values: Mapping[str, str], locale: Locale) -> str:
    slop = values.get("slop", "").strip()
    return quoted(values["words"]) + (f"~{slop}" if slop else "")


def _mention(values: Mapping[str, str], locale: Locale) -> str:
    name = values["name"].strip().lstrip("@＠")
    return f"@{name}" if re.fullmatch(r"[\w-]+", name) else f"mention:{quoted(name)}"


def _exact(values: Mapping[str, str], locale: Locale) -> str:
    return "{" + re.sub(r"([\\}｝])", r"\\\1", values["characters"]) + "}"


def _person(values: Mapping[str, str], locale: Locale) -> str:
    name = values["value"].strip()
    written = re.sub(r"([^\w*])", r"\\\1", name) if values.get("wild") else value_text(name)
    return f"{field_name(values['field'], locale)}:{written}"


def _label(values: Mapping[str, str], locale: Locale) -> str:
    field, floor = values["field"], values.get("floor", "").strip()
    value = value_name(field, values["value"].strip(), locale)
    return f"{field_name(field, locale)}:{value_text(f'{value}@{floor}' if floor else value)}"


def _number(values: Mapping[str, str], locale: Locale) -> str:
    low, high = (values.get(name, "").strip() for name in ("low", "high"))
    signs = {
        "atleast": f">={low}",
        "more": f">{low}",
        "atmost": f"<={high}",
        "less": f"<{high}",
        "exactly": low,
    }
    written = signs.get(values.get("is", ""), f"{low}..{high}")
    return f"{field_name(values['field'], locale)}:{written}"


def _dates(values: Mapping[str, str], locale: Locale) -> str:
    start, end = (values.get(name, "").strip() for name in ("start", "end"))
    if start and end and start != end:
        return f"{field_name('date', locale)}:{_moment(f'{start}..{end}')}"
    name = "date" if start == end else "since" if start else "until"
    return f"{field_name(name, locale)}:{_moment(start or end)}"


def _moment(typed: str) -> str:
    return typed if re.fullmatch(r"[\w.:+-]+", typed) else quoted(typed)


def _words_of(values: Mapping[str, str], locale: Locale) -> str:
    return quoted(values["words"])


def _field_value(values: Mapping[str, str], locale: Locale) -> str:
    return f"{field_name(values['field'], locale)}:{value_text(values['value'].strip())}"


_WRITERS: Mapping[str, Callable[[Mapping[str, str], Locale], str]] = {
    "phrase": _words_of,
    "loose": _loose,
    "word": lambda values, locale: f"{field_name('word', locale)}:{value_text(values['words'].strip())}",
    "exact": _exact,
    "hashtag": _hashtag,
    "mention": _mention,
    "person": _person,
    "address": _field_value,
    "label": _label,
    "flag": lambda values, locale: (
        f"{field_name(values['field'], locale)}:{value_text(value_name(values['field'], values['value'], locale))}"
    ),
    "number": _number,
    "dates": _dates,
    "list": _field_value,
    "query": _field_value,
}


def value_text(value: str) -> str:
    """A value as it is written after a field: between quotation marks where it needs them."""
    return value if _PLAIN_VALUE.fullmatch(value) and not value.startswith("-") else quoted(value)


def field_name(name: str, locale: Locale = "en") -> str:
    """What a field is called in a query of the language."""
    field = BY_NAME.get(name)
    chinese = [alias for alias in field.aliases if not alias.isascii()] if field else []
    return chinese[0] if locale == "zh-hans" and chinese else name


def value_name(field: str, value: str, locale: Locale = "en") -> str:
    """What a value of a field is called in a query of the language; a value nobody listed is its own name."""
    known = BY_NAME[field].values or {} if field in BY_NAME else {}
    chinese = [name for name, meant in known.items() if meant == value and not name.isascii()]
    return chinese[0] if locale == "zh-hans" and chinese else value
