"""What can go wrong between a source and its network: each says what, where and what to do, in both languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from outlisten.sources.said import Said
from outlisten.words import Locale, words


@dataclass(frozen=True, slots=True)
class Because:
    """A reason inside a sentence that has details of its own, such as a number. A reason without any is a plain text."""

    sentence: str
    details: tuple[tuple[str, object], ...]

    @classmethod
    def of(cls, sentence: str, **details: object) -> Because:
        """`Because.of("port {port} is not one of web pages", port=25)`."""
        return cls(sentence, tuple(details.items()))

    def __str__(self) -> str:
        return self.text("en")

    def text(self, locale: Locale) -> str:
        """The reason in a language a person reads."""
        return words("sources", locale)(self.sentence).format(**dict(self.details))


def shown(address: str) -> str:
    """An address as sentences and logs may show it: without name, password, query and fragment, which may be secret."""
    return re.sub(r"//[^/]*@", "//", re.split(r"[?#]", address, maxsplit=1)[0])


class SourceProblem(Exception):
    """A source could not do its work. `str()` is the English sentence, `.text(locale)` the reader's.

    `kind` is what health and the pages call it; `pause` whether only a person can mend it, so that asking again is no use.
    """

    SENTENCE: ClassVar[str] = "The source could not be read: {reason}"
    kind: ClassVar[str] = "problem"
    pause: ClassVar[bool] = False

    def __init__(self, **details: object) -> None:
        if "address" in details:
            details["address"] = shown(str(details["address"]))
        self.details = details
        super().__init__(self.SENTENCE.format(**details))

    def text(self, locale: Locale) -> str:
        """The sentence in a language a person reads, with its reason in the same language."""
        details = {name: in_language(value, locale) for name, value in self.details.items()}
        return words("sources", locale)(self.SENTENCE).format(**details)


class Unreachable(SourceProblem):
    """No answer: the network is away, or we are."""

    SENTENCE = "{host} does not answer ({reason}). It is asked again by itself."
    kind = "unreachable"


class Unavailable(SourceProblem):
    """The network answered that it cannot now (5xx); `.wait` seconds where it said how long."""

    SENTENCE = "{host} says that it cannot answer now ({status}). It is asked again by itself."
    kind = "unavailable"

    def __init__(self, *, wait: float | None = None, **details: object) -> None:
        self.wait = wait
        super().__init__(**details)


class Throttled(Unavailable):
    """Asked too often (429); `.wait` seconds where the network said how long."""

    SENTENCE = "{host} asks us to wait before we ask again. It is asked again by itself."
    kind = "throttled"


class QuotaUsedUp(SourceProblem):
    """What the account may read is used up until a day or month ends; `.wait` seconds where it is known how long."""

    SENTENCE = "The account’s quota at {host} is used up. Collecting goes on by itself when it is renewed."
    kind = "quota"

    def __init__(self, *, wait: float | None = None, **details: object) -> None:
        self.wait = wait
        super().__init__(**details)


class CredentialRefused(SourceProblem):
    """The key, token or password is wrong, expired or withdrawn."""

    SENTENCE = "{host} refused the key or password ({status}). Make a new one there, enter it here, then test the source."
    kind = "credential"
    pause = True


class NotAllowed(SourceProblem):
    """The key is right but may not do this."""

    SENTENCE = "{host} does not let this account read that ({status}). Give it the right there, or ask for something it may read."
    kind = "not allowed"
    pause = True


class ReadElsewhere(SourceProblem):
    """The network hands what it holds to one program at a time, and another one takes it."""

    SENTENCE = (
        "{host} gives what this account is sent to one program only ({reason}). End the other one; "
        "it is asked again by itself."
    )
    kind = "read elsewhere"


class NotThere(SourceProblem):
    """Nothing at that address any more."""

    SENTENCE = "There is nothing at {address} ({status}). Check the address, or remove the source."
    kind = "gone"
    pause = True


class AddressRefused(SourceProblem):
    """An address that must not be fetched: inside a private network, or no web address at all."""

    SENTENCE = (
        "{address} is not fetched: {reason}. If it is a server of your own, name it in OUTLISTEN_OWN_SERVERS."
    )
    kind = "address"
    pause = True


class FolderRefused(SourceProblem):
    """A path of this machine that sources must not read, or that leads nowhere."""

    SENTENCE = (
        "{path} is not read: it is not there, or not inside a folder that OUTLISTEN_WATCHED_FOLDERS names."
    )
    kind = "folder"
    pause = True


class QueryRefused(SourceProblem):
    """A database that does not do what it is asked."""

    SENTENCE = "{host} refused the query ({reason}). Change it, then test the source."
    kind = "query"
    pause = True


class TooMuch(SourceProblem):
    """An answer larger, longer on the way, or more compressed than is sensible."""

    SENTENCE = "{address} sent more than is sensible ({reason}); nothing of it was kept."
    kind = "too much"


class ShapeChanged(SourceProblem):
    """The answer does not look like what the network documents."""

    SENTENCE = "{host} answered in another shape than it documents ({reason}). The network may have changed."
    kind = "shape"


class AnswerRefused(SourceProblem):
    """The network did not take an answer, so that it surely does not stand there: too long, empty, or to a closed thread."""

    SENTENCE = "{host} did not take the answer ({reason}). Nothing was sent; change it and send it again."
    kind = "answer"
    pause = True


class WrongOption(SourceProblem):
    """What a person entered cannot be used."""

    SENTENCE = "{option}: {reason}"
    kind = "option"
    pause = True


class NotOffered(SourceProblem):
    """The connector cannot do this at all: answer, follow deletions, go back in history."""

    SENTENCE = "{connector} has no way to {act}."
    kind = "not offered"

    def text(self, locale: Locale) -> str:
        """The sentence, with the connector and the act named in the reader's language."""
        if locale != "zh-hans":
            return str(self)
        return words("sources", locale)(self.SENTENCE).format(
            connector=self.details["connector_zh"], act=self.details["act_zh"]
        )


def in_language(detail: object, locale: Locale) -> Any:
    """A detail of a sentence in the reader's language; what has no language stays as it is."""
    if isinstance(detail, Because | Said):
        return detail.text(locale)
    # gettext answers the empty text with its catalogue's head.
    return words("sources", locale)(detail) if isinstance(detail, str) and detail else detail
