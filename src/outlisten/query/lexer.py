"""The lexer: cuts a typed query into lexemes.

Written by hand because the language decides by neighbours: `-` is NOT only where a word begins, `+` is AND only
beside Han characters or between spaces, `#` opens a tag only where the tokeniser would find one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from unicodedata import normalize

from outlisten.query.characters import MARKS, is_han, is_spaced
from outlisten.query.dialects import Foreign, foreign_at, foreign_value_at
from outlisten.query.entities import TAG_SUFFIX, entity_at
from outlisten.query.fields import Field, field_named, nearest_field
from outlisten.query.lexemes import (
    ATLEAST,
    HALF_WIDTH,
    NEAR,
    OPERATORS,
    UNFINISHED,
    Form,
    Kind,
    Lexeme,
)
from outlisten.query.messages import Message
from outlisten.query.tokens import word_items

_FIELD = re.compile(r"([^\W\d_]\w*):")
_SLOP = re.compile(r"~([0-9]{1,9})")
_TAG = re.compile(rf"#([\w{MARKS}]+)(?:(?:{re.escape(TAG_SUFFIX)})?#|(\*))?")
_ENDS_WORD = frozenset('()|"{}')
_BEFORE_NOT = frozenset('()|"')


class Lexer:
    """Cuts one query: `lexemes()` gives the pieces, `messages` what was wrong with it or ignored."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.signs = text.translate(HALF_WIDTH)
        self.at = 0
        self.consumed = 0  # where the last piece that is not white space or a comment ended
        self.found: list[Lexeme] = []
        self.messages: list[Message] = []
        self.field: Field | None = None  # whose value comes next
        self.in_list = False
        self._cutters: dict[str, Callable[[], None]] = {
            "(": self._open, ")": self._close, "|": self._bar, '"': self._phrase, "{": self._exact,
            "}": self._stray, "-": self._minus, "+": self._plus, "#": self._hashtag, "@": self._mention,
        }  # fmt: skip

    def lexemes(self) -> list[Lexeme]:
        """The lexemes of the whole query, in order."""
        while self.at < len(self.text):
            if self.signs[self.at].isspace():
                self.at += 1
            elif self.signs.startswith("/*", self.at):
                self._comment()
            else:
                self._piece()
                self.consumed = self.at
        if self.field and not self.in_list:
            self._missing_value()
        return self.found

    def _piece(self) -> None:
        sign = self.signs[self.at]
        if foreign := self._foreign():
            self.messages.append(foreign.message)
            self.at = foreign.end
        elif self.field and sign not in _ENDS_WORD:
            self._value()
        else:
            self._cutters.get(sign, self._word)()

    def _foreign(self) -> Foreign | None:
        """What begins here in another tool's way. A value in its way ends the field."""
        if not self.field:
            return foreign_at(self.text, self.signs, self.at, self.found)
        value = foreign_value_at(self.signs, self.at, self.field)
        if value and not self.in_list:
            self.field = None
        return value

    # What every cutter does

    def _add(
        self, kind: Kind, start: int, end: int, content: str = "", form: Form = "word",
        wild: tuple[int, ...] = (), slop: int | None = None,
    ) -> None:  # fmt: skip
        if kind == "VALUE":
            self._check_list(start, end)
        self.found.append(Lexeme(kind, (start, end), content, form, wild, slop, self.field))
        self.at = end
        if kind == "VALUE" and not self.in_list:
            self.field = None

    def _say(
        self, code: str, start: int, end: int, *, suggestion: str | None = None, variant: str = "", **values: object
    ) -> None:  # fmt: skip
        self.messages.append(Message(code, (start, end), values, suggestion, variant))

    def _ignore(self, start: int, end: int) -> None:
        self._say("W111", start, end, sign=self.text[start:end])
        self.at = end

    # Brackets, bars and lists

    def _comment(self) -> None:
        end = self.signs.find("*/", self.at + 2)
        if end < 0:
            self._say("E105", self.at, self.at + 2)
        self.at = len(self.text) if end < 0 else end + 2

    def _open(self) -> None:
        if self.field and self.in_list:
            self._say("E106", self.at, self.at + 1)
        self.in_list = self.field is not None
        self._add("OPEN", self.at, self.at + 1)

    def _close(self) -> None:
        if self.field and not self.in_list:
            self._missing_value()
        self.field, self.in_list = None, False
        self._add("CLOSE", self.at, self.at + 1)

    def _bar(self) -> None:
        if self.field and not self.in_list:
            self._missing_value()
            self.field = None
        self._add("OR", self.at, self.at + 1)

    def _stray(self) -> None:
        self._say("E105", self.at, self.at + 1)
        self.at += 1

    def _missing_value(self) -> None:
        self._say("E103", *self.found[-1].at)

    def _check_list(self, start: int, end: int) -> None:
        if self.in_list and self.found[-1].kind == "VALUE":
            self._say("E106", start, end)

    # What stands between two signs of its own

    def _phrase(self) -> None:
        start, content = self.at, self._until('"', "E101")
        if content is None:
            return
        slop = _SLOP.match(self.signs, self.at)
        end = slop.end() if slop else self.at
        kind: Kind = "VALUE" if self.field else "TERM"
        self._add(kind, start, end, content, "phrase", slop=int(slop[1]) if slop else None)

    def _exact(self) -> None:
        start, content = self.at, self._until("}", "E102")
        if content is not None:
            self._add("VALUE" if self.field else "TERM", start, self.at, content, "exact")

    def _until(self, closing: str, unclosed: str) -> str | None:
        """The characters up to the closing sign, escapes undone; None when it never comes or nothing stands there."""
        start = self.at
        kept: list[str] = []
        at = start + 1
        while at < len(self.text) and self.signs[at] != closing:
            at += self.signs[at] == "\\" and at + 1 < len(self.text)
            kept.append(self.text[at])
            at += 1
        self.at = min(at + 1, len(self.text))
        if at >= len(self.text):
            self._say(unclosed, start, start + 1)
        elif not "".join(kept).strip():
            self._say("E103", start, self.at)
        else:
            return "".join(kept)
        self.field = self.field if self.in_list else None
        return None

    # Signs that depend on their neighbours

    def _begins_word(self) -> bool:
        """Whether what stands here begins a word: after a space, a comment, a bracket, a bar or a quotation mark."""
        return self.at == 0 or self.consumed < self.at or self.signs[self.at - 1] in _BEFORE_NOT

    def _next_is_space(self) -> bool:
        return self.at + 1 >= len(self.text) or self.signs[self.at + 1].isspace()

    def _minus(self) -> None:
        followed = not self._next_is_space() and self.signs[self.at + 1] not in ")|"
        if followed and self._begins_word():
            self._add("NOT", self.at, self.at + 1)
        else:
            self._ignore(self.at, self.at + 1)

    def _plus(self) -> None:
        if self._is_and(self.at):
            self._add("AND", self.at, self.at + 1)
        else:
            self._ignore(self.at, self.at + 1)

    def _is_and(self, at: int) -> bool:
        """Whether the + here joins: beside a Han character with no space around, or with spaces on both sides."""
        around = self.text[at - 1 : at], self.text[at + 1 : at + 2]
        if not at or not around[1]:
            return False
        spaces = [char.isspace() for char in around]
        return all(spaces) or (not any(spaces) and any(map(is_han, around)))

    def _hashtag(self) -> None:
        found = _TAG.match(self.signs, self.at)
        if not found:
            self._lone_sign()
            return
        name = self.text[self.at + 1 : found.end(1)]
        wild = (len(name),) if found[2] else ()
        self._add("TERM", self.at, found.end(), name, "hashtag", wild)

    def _mention(self) -> None:
        entity = entity_at(self.text, self.at)
        if entity and entity.kind == "mention":
            self._add("TERM", self.at, entity.end, entity.name, "mention")
        else:
            self._lone_sign()

    def _lone_sign(self) -> None:
        self._say("E103", self.at, self.at + 1)
        self.at += 1

    # Words

    def _word(self) -> None:
        field = _FIELD.match(self.signs, self.at)
        code = entity_at(self.text, self.at)
        if field:
            self._field_name(field)
        elif code and code.kind == "code":
            self._add("TERM", self.at, code.end, code.name, "code")
        else:
            self._plain_word()

    def _field_name(self, found: re.Match[str]) -> None:
        name, start = self.text[self.at : found.end(1)], self.at
        field = field_named(name)
        if not field:
            near = nearest_field(name)
            variant = "near" if near else ""
            self._say("E205", start, found.end(), suggestion=near, variant=variant, name=name, near=near)
            self.at = found.end()
            return
        self.field = None if field.kind == "scope" else field
        self.found.append(
            Lexeme("FIELD" if self.field else "SCOPE", (start, found.end()), field.name, field=field)
        )
        self.at = found.end()

    def _plain_word(self) -> None:
        start = self.at
        end, content, wild = self._characters(self._ends_word)
        typed = normalize("NFKC", self.text[start:end])
        if typed in OPERATORS:
            self._add(OPERATORS[typed], start, end)
        elif NEAR.fullmatch(typed):
            self._near(start, end, typed)
        elif ATLEAST.fullmatch(typed):
            self._add("ATLEAST", start, end, typed)
        elif UNFINISHED.fullmatch(typed):
            self._unfinished(start, end, typed)
        elif not word_items(content):
            self._ignore(start, end)
        else:
            self._remark(start, end, typed)
            if typed.startswith("!"):
                self._say("W111", start, start + 1, sign=self.text[start])
            self._add("TERM", start, end, content, "word", wild)

    def _characters(self, ends: Callable[[int, int], bool]) -> tuple[int, str, tuple[int, ...]]:
        """Where the word from here ends, its characters with escapes undone, and which are wildcards."""
        kept: list[str] = []
        wild: list[int] = []
        at = self.at
        while at < len(self.text) and (at == self.at or not ends(at, self.at)):
            if self.signs[at] == "\\":
                at += 1
                if at == len(self.text):
                    self._say("E105", at - 1, at)
                    break
            elif self.signs[at] in "*?":
                wild.append(len(kept))
            kept.append(self.text[at])
            at += 1
        return at, "".join(kept), tuple(wild)

    def _ends_word(self, at: int, start: int) -> bool:
        sign = self.signs[at]
        if sign.isspace() or sign in _ENDS_WORD or self.signs.startswith("/*", at):
            return True
        if sign == "+":
            return self._is_and(at)
        return sign in "#@[" and self._begins_entity(at)

    def _begins_entity(self, at: int) -> bool:
        if self.signs[at] == "#":
            return not is_spaced(self.text[at - 1]) and _TAG.match(self.signs, at) is not None
        return entity_at(self.text, at) is not None

    def _near(self, start: int, end: int, typed: str) -> None:
        last = self.found[-1] if self.found else None
        if last and last.kind == "NOT" and last.at[1] - last.at[0] > 1:
            start, typed = self.found.pop().at[0], f"NOT {typed}"
        self._add("NEAR", start, end, typed)

    def _unfinished(self, start: int, end: int, typed: str) -> None:
        suggestion = (
            "ATLEAST/2" if typed.startswith("A") else "NEAR/s" if is_cjk_query(self.text) else "NEAR/4"
        )
        self._say("E105", start, end, suggestion=suggestion, variant="near", near=suggestion)
        self.at = end

    def _remark(self, start: int, end: int, typed: str) -> None:
        upper = typed.upper()
        if upper in OPERATORS or NEAR.fullmatch(upper) or ATLEAST.fullmatch(upper):
            self._say("W102", start, end, suggestion=upper, word=typed, near=upper)

    def _value(self) -> None:
        start = self.at
        end, content, wild = self._characters(self._ends_value)
        typed = normalize("NFKC", self.text[start:end])
        if self.in_list and typed == "OR":
            self._add("OR", start, end)
        elif self.in_list and (typed in OPERATORS or self._is_signed(typed)):
            self._say("E106", start, end)
            self.at = end
        else:
            self._add("VALUE", start, end, content, "word", wild)

    def _is_signed(self, typed: str) -> bool:
        """Whether a sign begins this value of a list; relative dates begin with one of their own."""
        return typed[0] in "-+" and self.field is not None and self.field.kind != "date"

    def _ends_value(self, at: int, start: int) -> bool:
        return self.signs[at].isspace() or self.signs[at] in _ENDS_WORD or self.signs.startswith("/*", at)


def is_cjk_query(text: str) -> bool:
    """Whether a distance in this query would count Han characters."""
    return any(map(is_han, text))
