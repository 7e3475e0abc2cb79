"""Words and tags on a site of Stack Exchange as a source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from outlisten.sources.connector import Connector, Cursor, Page, Post, Record, Setting, Standing
from outlisten.sources.problems import WrongOption
from outlisten.sources.stackexchange import mapping
from outlisten.sources.stackexchange.client import MOST, StackExchangeClient
from outlisten.sources.stackexchange.sites import named
from outlisten.sources.walking import Ask, newest, older, parts

LATE = 600  # seconds by which an answer may be old: the interface keeps its answers for a while
KINDS = {"questions": "question", "answers": "answer"}


class StackExchange(Connector):
    """One walk for each of the words, by activity: a new answer or an edit brings a question again."""

    PACKAGE = "outlisten.sources.stackexchange"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._client = StackExchangeClient(self.fetcher, key=setting.secrets.get("key", ""))
        self._site = named(setting.text("site") or "stackoverflow")
        self._depth = setting.text("depth") or "answers"

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """Questions with activity since the cursor, with what was answered since; at first the latest hundred."""
        return parts(cursor, {word: partial(self._new, word=word) for word in self._searches()})

    def history(self, cursor: Cursor, since: datetime) -> Iterator[Page]:
        """Questions from now back to `since`, with all their answers."""
        first = since.timestamp()
        walks = {
            word: partial(older, ask=self._ask(word, "creation"), before_time=lambda one: one.rank < first)
            for word in self._searches()
        }
        for page in parts(cursor, walks):
            yield replace(page, records=self._whole(page.records, None))

    def again(self, native_ids: Sequence[str]) -> Iterator[Standing]:
        """Which posts still stand, a hundred a question; what the interface leaves out is gone."""
        kinds: dict[tuple[str, str], list[int]] = defaultdict(list)
        for name in native_ids:
            site, kind, number = name.split("/")
            kinds[site, kind].append(int(number))
        for (site, kind), numbers in kinds.items():
            for first in range(0, len(numbers), MOST):
                yield from self._standing(site, kind, numbers[first : first + MOST])

    def post(self, record: Record) -> Post:
        return mapping.post(record)

    def _searches(self) -> tuple[str, ...]:
        words = self.setting.words("words")
        if not words and not self.setting.words("tags"):
            raise WrongOption(option="words", reason="enter words or tags")
        return words or ("",)

    def _ask(self, word: str, sort: str) -> Ask:
        tags = ";".join(self.setting.words("tags"))
        phrase = f'"{word}"' if " " in word else word
        asked = {name: value for name, value in (("q", phrase), ("tagged", tags)) if value}
        return lambda at, floor: self._client.search(self._site, asked, sort=sort, at=at, floor=floor)

    def _new(self, cursor: Cursor, word: str) -> Iterator[Page]:
        known = cursor.get("known")
        floor = max(known.values()) - LATE if known else None
        for page in newest(cursor, self._ask(word, "activity"), late=LATE):
            yield replace(page, records=self._whole(page.records, floor))

    def _whole(self, questions: Sequence[Record], floor: int | None) -> list[Record]:
        """The questions, and what stands under them, as records that name the site."""
        ids = [question["question_id"] for question in questions]
        records: list[Record] = [{"site": self._site, "question": question} for question in questions]
        if self._depth == "questions" or not ids:
            return records
        answered = [one["question_id"] for one in questions if one.get("answer_count") != 0]
        answers = list(self._client.under("questions/{}/answers", answered, self._site, floor=floor))
        records += [{"site": self._site, "answer": answer} for answer in answers]
        if self._depth == "comments":
            asked_under = {answer["answer_id"]: answer["question_id"] for answer in answers}
            records += self._comments(dict(zip(ids, ids, strict=True)) | asked_under, floor)
        return records

    def _comments(self, question_of: dict[int, int], floor: int | None) -> list[Record]:
        """Comments on questions and answers alike: their ids are of one row of numbers."""
        said = self._client.under("posts/{}/comments", list(question_of), self._site, floor=floor)
        return [
            {"site": self._site, "question_id": question_of.get(one["post_id"]), "comment": one}
            for one in said
        ]

    def _standing(self, site: str, kind: str, numbers: Sequence[int]) -> Iterator[Standing]:
        name = f"{kind.removesuffix('s')}_id"
        found = {one[name]: one for one in self._client.known(kind, numbers, site)}
        for number in numbers:
            told = found.get(number)
            record = {"site": site, KINDS[kind]: told} if told and kind in KINDS else None
            yield Standing(mapping.native_id(site, kind, number), gone=told is None, record=record)
