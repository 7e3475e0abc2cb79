"""Chooses 200 real posts a language that no model has seen, and writes down where they stand, not what they say.

    python training/unseen/choose.py --data DIR [--texts FOLDER]

Their terms do not let us copy the texts, so the repository keeps a key for each: the file in the reference data,
the row, and a hash of the text. `--texts` writes the texts themselves to a folder outside the repository, for
those who label them. The choice is by chance alone (seeded), within the rules of `_fits`; no model takes part.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from unseen.posts import FOLDER, LANGUAGES, Key, key_of, save_choice
from unseen.sources import SOURCES, Source, letters, other_files

SEED = 20_261_201
ENGLISH = re.compile(
    r"(?i)\b(the|a|an|to|and|is|are|was|it|it's|my|i|i'm|you|your|of|for|in|on|with|this|that|have|not)\b"
)
HAN = re.compile(r"[\u4e00-\u9fff]")
KANA_HANGUL = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")


def chosen(data: Path) -> dict[str, list[tuple[Key, str]]]:
    """Key and text of the posts by language, the sets mixed."""
    pools = {source.name: list(_pool(source, data)) for source in SOURCES}
    known = _known_elsewhere({letters(text) for pool in pools.values() for _, text in pool}, data)
    seen: set[str] = set()
    found: dict[str, list[tuple[Key, str]]] = {lang: [] for lang in LANGUAGES}
    for source in SOURCES:
        fresh = [(key, text) for key, text in pools[source.name] if letters(text) not in known]
        taken = 0
        for key, text in fresh:
            if taken < source.posts and letters(text) not in seen:
                seen.add(letters(text))
                found[source.lang].append((key, text))
                taken += 1
        if taken < source.posts:
            raise ValueError(f"{source.name} has only {taken} of {source.posts} posts.")
    for posts in found.values():
        random.Random(SEED).shuffle(posts)
    return found


def _pool(source: Source, data: Path) -> Iterator[tuple[Key, str]]:
    """Four times as many posts as needed, by chance."""
    rows = [
        (path, row, text)
        for path in sorted(data.glob(source.files))
        for row, text in enumerate(source.records(path))
        if _fits(source, text)
    ]
    for path, row, text in random.Random(f"{SEED} {source.name}").sample(
        rows, min(len(rows), 4 * source.posts)
    ):
        yield key_of(path.relative_to(data).as_posix(), row, text), text


def _fits(source: Source, text: str) -> bool:
    """Neither too long nor without words, and in the language of its set."""
    if not 0 < len(text) <= source.longest:
        return False
    if source.lang == "en":
        return not source.in_language or len(ENGLISH.findall(text)) >= 2
    said = re.sub(
        r"#[^#]*#|【[^】]*】|//?@[^:：\s]*[:：]?", "", text
    )  # tags, headlines and names say nothing by themselves
    return len(HAN.findall(said)) >= 6 and not KANA_HANGUL.search(said)


def _known_elsewhere(wanted: set[str], data: Path) -> set[str]:
    """Which of the texts stand, alone or inside a longer one, in a file of another set."""
    known: set[str] = set()
    for file in other_files(data):
        everything = letters(file)
        known |= {text for text in wanted - known if text in everything}
    return known


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--texts", type=Path, help="a folder outside the repository")
    given = arguments.parse_args()
    for lang, posts in chosen(given.data).items():
        named = ((f"{lang}{at:03}", key, text) for at, (key, text) in enumerate(posts, start=1))
        save_choice(FOLDER, lang, named, given.texts)


if __name__ == "__main__":
    main()
