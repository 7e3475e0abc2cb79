"""Chooses real posts to be labelled, and writes down where they stand, not what they say.

    python training/collected/choose.py --data DIR [--texts FOLDER]

By chance alone (seeded). Neither a test text of any set nor an unseen post is among them. Where a set gives more posts
than before, those of before stay and keep their ids. `--texts` writes the texts to a folder outside the repository, for
those who label them.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(1, str(Path(__file__).parents[1] / "encoder"))
from collected.posts import FOLDER
from collected.sources import SOURCES
from sentiment_data import text_key
from sets import held_out as tests
from unseen.posts import LANGUAGES, Key, held_out, key_of, keys, save_choice
from unseen.sources import Source, letters

LONGEST = 320  # characters
SHORTEST = {"en": 8, "zh": 4}  # letters


def chosen(data: Path) -> dict[str, list[tuple[Key, str]]]:
    """Key and text of the posts by language, the sets mixed."""
    unseen = held_out(data)
    taken = {text_key(sample.text) for part in tests(data).values() for sample in part}
    known = {(key.file, key.row) for lang in LANGUAGES for key in keys(lang, FOLDER)}
    found: dict[str, list[tuple[Key, str]]] = {lang: [] for lang in LANGUAGES}
    for source in SOURCES:
        rows = [
            row
            for row in _rows(source, data)
            if letters(row[2]) not in unseen and text_key(row[2]) not in taken
        ]
        random.Random(f"collected {source.files}").shuffle(rows)
        rows.sort(key=lambda row: row[:2] not in known)
        found[source.lang] += _first(rows, source.posts, taken)
    for lang, posts in found.items():
        random.Random(f"collected {lang}").shuffle(posts)
    return found


def _rows(source: Source, data: Path) -> Iterator[tuple[str, int, str]]:
    for path in sorted(data.glob(source.files)):
        for row, text in enumerate(source.records(path)):
            if len(text) <= LONGEST and len(letters(text)) >= SHORTEST[source.lang]:
                yield path.relative_to(data).as_posix(), row, text


def _first(rows: list[tuple[str, int, str]], wanted: int, taken: set[str]) -> list[tuple[Key, str]]:
    """The first posts that are not taken; takes them."""
    kept: list[tuple[Key, str]] = []
    seen: set[str] = set()
    for file, row, text in rows:
        if len(kept) < wanted and letters(text) not in seen and text_key(text) not in taken:
            seen.add(letters(text))
            taken.add(text_key(text))
            kept.append((key_of(file, row, text), text))
    return kept


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--texts", type=Path, help="a folder outside the repository")
    given = arguments.parse_args()
    for lang, posts in chosen(given.data).items():
        save_choice(FOLDER, lang, _named(lang, posts), given.texts)


def _named(lang: str, posts: list[tuple[Key, str]]) -> list[tuple[str, Key, str]]:
    """The posts with their ids: first those that had one, then the others."""
    known = {(key.file, key.row): key.id for key in keys(lang, FOLDER)}
    old = [(known[at], key, text) for key, text in posts if (at := (key.file, key.row)) in known]
    new = [(key, text) for key, text in posts if (key.file, key.row) not in known]
    named = [(f"{lang}c{at:04}", key, text) for at, (key, text) in enumerate(new, start=len(known) + 1)]
    return sorted(old) + named


if __name__ == "__main__":
    main()
