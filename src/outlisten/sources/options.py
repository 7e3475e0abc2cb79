"""What a person enters for a source: declared as data, so that the page, the command line and the checks agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from outlisten.sources.problems import WrongOption
from outlisten.sources.said import Said
from outlisten.words import Locale, words

OptionKind = Literal["text", "address", "words", "number", "choice", "yes", "secret"]
Value = str | int | bool | tuple[str, ...]
KEYS = frozenset({"name", "kind", "title", "hint", "needed", "default", "example", "choices"})
NAME = "name"  # forms have an entry of that name beside the options
LONGEST = 4_000  # characters of one entry
MOST_WORDS = 50
YES, NO = frozenset({"1", "on", "yes", "true", "是"}), frozenset({"0", "off", "no", "false", "否"})


@dataclass(frozen=True, slots=True)
class Option:
    """One entry. `words` are several, one a line or with commas between; a `secret` is kept encrypted and never shown
    again."""

    name: str
    kind: OptionKind
    title: Said
    hint: Said | None
    needed: bool
    default: str
    example: str
    choices: tuple[tuple[str, Said], ...]

    @property
    def secret(self) -> bool:
        return self.kind == "secret"

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Option:
        """From a table of the manifest. Raises KeyError or ValueError."""
        name, kind = told["name"], told["kind"]
        if unknown := told.keys() - KEYS:
            raise ValueError(f"option {name!r} has unknown entries {sorted(unknown)}")
        if name == NAME:
            raise ValueError(
                f"no option may be called {name!r}: it is what a source or a channel itself is called"
            )
        if kind not in get_args(OptionKind):
            raise ValueError(f"option {name!r} has no kind {kind!r}")
        if (kind == "choice") != ("choices" in told):
            raise ValueError(f"option {name!r} needs choices when it is a choice, and only then")
        choices = tuple((one, Said.of(said)) for one, said in told.get("choices", {}).items())
        return cls(
            name, kind, Said.of(told["title"]), Said.of(told["hint"]) if "hint" in told else None,
            told.get("needed", False), str(told.get("default", "")), told.get("example", ""), choices,
        )  # fmt: skip


def entered(
    options: Sequence[Option], given: Mapping[str, str | Sequence[str]], locale: Locale = "en"
) -> dict[str, Value]:
    """What was entered, each in its kind, defaults filled in; what was left empty and has none is absent.

    Raises WrongOption for what cannot be used, with the sentence in the reader's language.
    """
    names = {option.name for option in options}
    for name in given.keys() - names:
        known = ", ".join(sorted(names)) or "–"
        raise WrongOption(
            option=name, reason=_(locale, "there is no such option; there are {known}", known=known)
        )
    found: dict[str, Value] = {}
    for option in options:
        said = given.get(option.name, "")
        text = "\n".join(said) if not isinstance(said, str) else said
        value = _value(option, text.strip() or option.default, locale)
        if value not in (None, "", ()):
            found[option.name] = value
        elif option.needed:
            raise WrongOption(option=option.title.text(locale), reason=_(locale, "please fill this in"))
    return found


def _value(option: Option, text: str, locale: Locale) -> Value | None:
    if not text:
        return None
    if len(text) > LONGEST:
        _refuse(option, locale, "this is too long")
    match option.kind:
        case "words":
            return _words(option, text, locale)
        case "number":
            return _number(option, text, locale)
        case "yes":
            return _yes(option, text, locale)
        case "address":
            return _address(option, text, locale)
        case "choice" if text not in dict(option.choices):
            _refuse(option, locale, "choose one of {choices}", choices=", ".join(dict(option.choices)))
    return text


def split_words(text: str) -> tuple[str, ...]:
    """Words as a person enters them, one a line or with commas of either script between; each once."""
    parts = text.replace("，", ",").replace("、", ",").replace("\n", ",").split(",")
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _words(option: Option, text: str, locale: Locale) -> tuple[str, ...]:
    found = split_words(text)
    if len(found) > MOST_WORDS:
        _refuse(
            option,
            locale,
            "at most {most} fit into one source; make a second source for the others",
            most=MOST_WORDS,
        )
    return found


def _yes(option: Option, text: str, locale: Locale) -> bool:
    if text.lower() not in YES | NO:
        _refuse(option, locale, "yes or no is needed")
    return text.lower() in YES


def _number(option: Option, text: str, locale: Locale) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 12:
        _refuse(option, locale, "a whole number is needed")
    return int(text)


def _address(option: Option, text: str, locale: Locale) -> str:
    address = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(address)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or any(sign.isspace() for sign in address):
        _refuse(
            option,
            locale,
            "this is no web address; it should look like {example}",
            example=option.example or "https://…",
        )
    if parts.username or parts.password:
        _refuse(
            option,
            locale,
            "leave name and password out of the address; there are entries of their own for them",
        )
    return address


def _refuse(option: Option, locale: Locale, reason: str, **details: object) -> None:
    raise WrongOption(option=option.title.text(locale), reason=_(locale, reason, **details))


def _(locale: Locale, sentence: str, **details: object) -> str:
    return words("sources", locale)(sentence).format(**details)
