"""Makes the two character tables of `outlisten.query`: traditional → simplified, and the emoji.

    uv run --with opencc==1.4.2 --with emoji==2.16.0 training/make_folding_table.py

Sources: OpenCC's `t2s`, asked character by character; the RGI emoji of Unicode's emoji data as the package
`emoji` carries them. Both versions are pinned, because kept token streams and later queries must agree.
"""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import emoji
import opencc

TABLES = Path(__file__).parent.parent / "src" / "outlisten" / "query" / "tables"
# Compatibility ideographs are left out: NFKC has replaced them before this table is read.
HAN = chain(range(0x2E80, 0xA000), range(0x20000, 0x2F800), range(0x30000, 0x34000))
# Unicode counts these as emoji; people write them as signs (query language, part 5.5).
SIGNS = frozenset("©®™") | {chr(code) for code in chain(range(0x2190, 0x2200), range(0x2900, 0x2980))}
SIGNS |= frozenset("➡⬅⬆⬇")
VARIATION = "\ufe0f"


def simplified() -> dict[str, str]:
    """Traditional → simplified character; chains are followed to their end, so a second folding is idle."""
    convert = opencc.OpenCC("t2s").convert
    pairs = {char: convert(char) for char in map(chr, HAN)}
    pairs = {char: to for char, to in pairs.items() if to != char and len(to) == 1}
    return {char: pairs.get(to, to) for char, to in pairs.items()}


def emoji_characters() -> list[str]:
    """Every emoji that is one character once its variation selector is gone."""
    bare = {sequence.replace(VARIATION, "") for sequence in emoji.EMOJI_DATA}
    return sorted(char for char in bare if len(char) == 1 and char not in SIGNS)


def in_lines(characters: str, width: int = 100) -> str:
    return "".join(characters[at : at + width] + "\n" for at in range(0, len(characters), width))


def main() -> None:
    TABLES.mkdir(exist_ok=True)
    pairs = simplified()
    emoji_found = emoji_characters()
    (TABLES / "simplified.txt").write_text(in_lines("".join(map("".join, sorted(pairs.items())))), "utf-8")
    (TABLES / "emoji.txt").write_text(in_lines("".join(emoji_found)), "utf-8")
    print(f"{len(pairs)} traditional characters, {len(emoji_found)} emoji")


if __name__ == "__main__":
    main()
