"""The unseen posts: keys and labels from here, texts from the reference data folder, each checked by its hash."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b
from pathlib import Path

from unseen.sources import SOURCES, Source, letters

FOLDER = Path(__file__).parent
LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Key:
    """Where a post stands: the file inside the data folder, its row from 0, and the hash of its text."""

    id: str
    file: str
    row: int
    hash: str

    def named(self, identifier: str) -> Key:
        """The same place under an id of its own."""
        return replace(self, id=identifier)


def key_of(file: str, row: int, text: str) -> Key:
    """The key of a text."""
    return Key("", file, row, text_hash(text))


def text_hash(text: str) -> str:
    """BLAKE2b of the text as it stands (UTF-8), 16 bytes in hexadecimal digits."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def one_line(text: str) -> str:
    """A text as one cell of a table: line breaks shown as ⏎, tabs as spaces."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "⏎").replace("\t", " ")


def save_keys(path: Path, keys: Iterable[Key]) -> None:
    """Write keys as a table."""
    lines = ["id\tfile\trow\thash", *(f"{k.id}\t{k.file}\t{k.row}\t{k.hash}" for k in keys)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def save_choice(
    folder: Path, lang: str, posts: Iterable[tuple[str, Key, str]], texts: Path | None = None
) -> None:
    """Write the keys of some posts, given with their ids and texts, and into the folder `texts` what they say."""
    chosen = [(key.named(identifier), text) for identifier, key, text in posts]
    save_keys(folder / f"{lang}.keys.tsv", [key for key, _ in chosen])
    if texts:
        texts.mkdir(parents=True, exist_ok=True)
        lines = [f"{key.id}\t{one_line(text)}" for key, text in chosen]
        (texts / f"{lang}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def keys(lang: str, folder: Path = FOLDER) -> list[Key]:
    """The keys of a language's posts."""
    return [Key(id, file, int(row), hash) for id, file, row, hash in _rows(folder / f"{lang}.keys.tsv")]


def texts(
    lang: str, data: Path, folder: Path = FOLDER, sources: Sequence[Source] = SOURCES
) -> dict[str, str]:
    """The posts by id. Raises ValueError when a file's rows are not those that were chosen from."""
    found = {}
    for key in keys(lang, folder):
        records = _records(data / key.file, source_of(key.file, sources))
        if key.row >= len(records) or text_hash(records[key.row]) != key.hash:
            raise ValueError(f"{key.file} has another text in row {key.row} than the one that was labelled.")
        found[key.id] = records[key.row]
    return found


def held_out(data: Path) -> frozenset[str]:
    """What no training and no tuning may learn from: the `letters` of every unseen post."""
    return frozenset(letters(text) for lang in LANGUAGES for text in texts(lang, data).values())


def source_of(file: str, sources: Sequence[Source] = SOURCES) -> Source:
    """The set that a file belongs to."""
    return next(source for source in sources if Path(file).match(source.files))


@cache
def _records(path: Path, source: Source) -> list[str]:
    return list(source.records(path))


def _rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        yield from rows
