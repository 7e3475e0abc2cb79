"""What can be wrong with a file or with one of its rows, each as one sentence: what, where, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from outlisten.posts.files.sentences import SENTENCES
from outlisten.words import Locale, words


def sentence(code: str, locale: Locale = "en", **details: object) -> str:
    """The sentence of a code in a language, with its details filled in. Raises KeyError for an unknown
    code."""
    return words("posts", locale)(SENTENCES[code]).format(**details)


class FileProblem(Exception):
    """A file, or the rest of it, cannot be read. `code` names the case; `text(locale)` says it in one
    sentence."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(sentence(code, "en", **details))
        self.code = code
        self.details = details

    def text(self, locale: Locale = "en") -> str:
        """The sentence a person reads."""
        return sentence(self.code, locale, **self.details)


class RowProblem(Exception):
    """One row cannot become a post."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details

    def text(self, locale: Locale) -> str:
        """The reason a person reads."""
        return sentence(self.code, locale, **self.details)


class Rejected(NamedTuple):
    """A row that did not become a post: the line its record starts on in the original file (the row number in
    Parquet and XLSX), the reason, and the record as it came.

    `told` is what it says of whose it is, by post field (columns.TOLD); of a row that cannot be read, nothing about its
    author."""

    line: int
    reason: str
    record: str
    told: Mapping[str, object] = {}
