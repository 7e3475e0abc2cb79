"""Cells of many records into one Arrow table of posts, column by column; rows that cannot be posts are set
apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

import pyarrow as pa

from outlisten.posts import schema
from outlisten.posts.files import cells
from outlisten.posts.files.dates import DateReader
from outlisten.posts.files.problems import RowProblem
from outlisten.posts.identity import account, post_id
from outlisten.posts.valid_text import valid_text

SCHEMA = schema.arrow_schema("given")
Column = list[object]
OUR_ID = re.compile(r"[0-9a-f]{16}")
CONVERT: Mapping[str, Callable[[object], object]] = {
    **dict.fromkeys(schema.names("given"), cells.label),
    **dict.fromkeys(("native_id", "reply_to", "thread", "author_id"), cells.identifier),
    **dict.fromkeys(("author_handle", "to"), cells.handle),
    "text": cells.words_of,
    **dict.fromkeys(("title", "quoted"), lambda value: cells.words_of(value) or None),
    **dict.fromkeys(("likes", "comments", "shares", "views", "followers"), cells.count),
    **dict.fromkeys(("is", "has"), cells.labels),
    "rating": cells.rating,
    "lang_given": cells.language,
    "platform": cells.platform,
    "id": lambda value: value if isinstance(value, str) and OUR_ID.fullmatch(value) else None,
    "date_only": lambda value: value in (True, "true", "True", "1", 1),
}
# Whose a row is and where it is from, kept beside it when it does not become a post.
TOLD = ("platform", "source", "type", "author_id", "author_handle", "author")
DATES = ("created_at", "edited_at", "seen_at")


class TableMaker:
    """Makes tables of posts. `constants` fill fields that no column gives; `source` names the file."""

    def __init__(
        self,
        dates: DateReader,
        constants: Mapping[str, object],
        *,
        source: str,
        now: datetime,
        needs_text: bool,
    ) -> None:
        self._dates, self._constants, self._source = dates, constants, source
        self._now = int(now.timestamp())
        self._needs_text = needs_text

    def table(
        self, columns: Mapping[str, Column], raws: Sequence[str]
    ) -> tuple[pa.Table, dict[int, RowProblem]]:
        """(posts, {place of the row: why it is none}) from cells by post field and the records' JSON."""
        size = len(raws)
        made = self._all_converted(columns, size)
        problems: dict[int, RowProblem] = {}
        self._check_words(made, problems, size)
        self._read_dates(made, problems)
        made.setdefault("raw", list(raws))
        if problems:
            kept = [place for place in range(size) if place not in problems]
            made = {name: [column[place] for place in kept] for name, column in made.items()}
            size = len(kept)
        self._complete(made, size)
        made["id"] = _ids(made, size)
        return _arrow(made, size), problems

    def told(self, fields: Mapping[str, object]) -> dict[str, object]:
        """What cells by post field say of whose a row is; what they do not say is left out."""
        said = {name: [fields[name]] for name in (*TOLD, "url") if fields.get(name) is not None}
        made = self._all_converted(said, 1)
        self._complete(made, 1)
        return {name: made[name][0] for name in TOLD if made.get(name, [None])[0] is not None}

    def _all_converted(self, columns: Mapping[str, Column], size: int) -> dict[str, Column]:
        """Typed columns, with the constants where the file says nothing."""
        made = {name: self._converted(name, column) for name, column in columns.items()}
        for name, value in self._constants.items():
            constant = self._converted(name, [value])
            column = made.get(name)
            made[name] = (
                constant * size if column is None else [constant[0] if c is None else c for c in column]
            )
        return made

    def _converted(self, name: str, column: Column) -> Column:
        if name in DATES or name == "raw":
            return list(column)
        convert = CONVERT[name]
        return [None if cell is None else convert(cell) for cell in column]

    def _check_words(self, made: dict[str, Column], problems: dict[int, RowProblem], size: int) -> None:
        texts = made.setdefault("text", [None] * size)
        titles = None if self._needs_text else made.get("title")
        for place, text in enumerate(texts):
            if text and not text.isspace():  # type: ignore[attr-defined]
                continue
            if titles is None or not titles[place]:
                problems[place] = RowProblem("no-text")
            elif text is None:
                texts[place] = ""

    def _read_dates(self, made: dict[str, Column], problems: dict[int, RowProblem]) -> None:
        read = self._dates.read
        for name in DATES:
            if name not in made:
                continue
            column, days = made[name], []
            for place, cell in enumerate(column):
                try:
                    moment = read(cell)
                except RowProblem as problem:
                    moment = None
                    if name == "created_at":
                        problems.setdefault(place, problem)
                column[place] = moment.seconds if moment else None
                days.append(moment is not None and moment.date_only)
            if name == "created_at" and "date_only" not in made:
                made["date_only"] = days  # type: ignore[assignment]

    def _complete(self, made: dict[str, Column], size: int) -> None:
        """What the columns do not say: the site, the platform, the source, when it was seen."""
        if "url" in made and "site" not in made:
            made["site"] = [cells.host(url) for url in made["url"]]  # type: ignore[arg-type]
        platforms = made.get("platform") or [None] * size
        if None in platforms:
            sites = made.get("site") or [None] * size
            pairs = zip(platforms, sites, strict=True)
            platforms = [network or cells.platform_of_site(site) or "file" for network, site in pairs]
        made["platform"] = platforms
        made.setdefault("source", [self._source] * size)
        made["seen_at"] = [seen or self._now for seen in made.get("seen_at", [None] * size)]
        made.setdefault("date_only", [False] * size)
        made.setdefault("type", ["post"] * size)


def _ids(made: Mapping[str, Column], size: int) -> Column:
    """Ids from (platform, native id), else from platform, author (handle, else id, else name), date and
    text."""
    nothing: Column = [None] * size
    given = made.get("id", nothing)
    natives, texts = made.get("native_id", nothing), made["text"]
    people = [made.get(name, nothing) for name in ("author_id", "author_handle", "author")]
    dates, ids = made.get("created_at", nothing), []
    for place, platform in enumerate(made["platform"]):
        if known := given[place]:
            ids.append(known)
            continue
        native, seconds = natives[place], dates[place]
        if native:
            ids.append(post_id(platform, native, author=None, created_at=None, text=""))  # type: ignore[arg-type]
            continue
        author_id, handle, name = (column[place] for column in people)
        author = account(author_id=author_id, handle=handle, name=name)  # type: ignore[arg-type]
        moment = datetime.fromtimestamp(seconds, UTC) if seconds is not None else None  # type: ignore[arg-type]
        text = valid_text(texts[place])  # type: ignore[arg-type]
        ids.append(post_id(platform, None, author=author, created_at=moment, text=text))  # type: ignore[arg-type]
    return ids


def _arrow(made: Mapping[str, Column], size: int) -> pa.Table:
    arrays = []
    for column in SCHEMA:
        values = made.get(column.name)
        arrays.append(pa.nulls(size, column.type) if values is None else _array(values, column.type))
    return pa.Table.from_arrays(arrays, schema=SCHEMA)


def _array(values: Column, kind: pa.DataType) -> pa.Array:
    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:
        return pa.array([valid_text(value) if isinstance(value, str) else value for value in values], kind)
