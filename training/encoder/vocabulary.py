"""A smaller vocabulary: the pieces that Chinese and English posts use, and a tokeniser that knows only these."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt
from carrier import Carrier
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

SPECIAL = 4  # <s> <pad> </s> <unk> come first and keep their numbers
SPACE = "▁"
SEEN = 5
# Characters that no post could miss: those of GB 2312 and Big 5, which are the common ones of both scripts.
_CHARACTER_SETS = ("gb2312", "big5")
_EMOJI = (
    (0x1F300, 0x1FAFF),
    (0x2600, 0x27BF),
    (0x1F1E6, 0x1F1FF),
    (0x2B00, 0x2BFF),
    (0xFE0F, 0xFE0F),
    (0x3000, 0x303F),
)


def tokeniser(carrier: Carrier, kept: npt.NDArray[np.int64] | None = None) -> Tokenizer:
    """The tokeniser of the `kept` pieces (all: None), numbered in that order; adds <s> and </s>.

    Normalises as the carrier does: NFKC, control characters removed, every kind of space as one. Accents written as
    characters of their own are joined to their letters, as in the original model; the carrier's engine leaves them.
    """
    numbers = range(len(carrier.pieces)) if kept is None else kept.tolist()
    scored = [(carrier.pieces[number], float(carrier.scores[number])) for number in numbers]
    made = Tokenizer(models.Unigram(scored, unk_id=3, byte_fallback=False))
    made.normalizer = normalizers.Sequence(_normalizers(carrier))
    made.pre_tokenizer = pre_tokenizers.Metaspace(replacement=SPACE, prepend_scheme="always", split=True)
    made.decoder = decoders.Metaspace(replacement=SPACE, prepend_scheme="always")
    made.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return made


def _normalizers(carrier: Carrier) -> list[normalizers.Normalizer]:
    """NFKC explains the carrier's table but for what it drops and what it takes for a space."""
    dropped = "".join(sign for sign, after in carrier.normalisation.items() if not after)
    spaces = "".join(sign for sign, after in carrier.normalisation.items() if after == " ")
    return [
        normalizers.Replace(Regex(f"[{_escaped(dropped)}]"), ""),
        normalizers.Replace(Regex(f"[{_escaped(spaces)}]"), " "),
        normalizers.NFKC(),
        normalizers.Replace(Regex(" {2,}"), " "),
    ]


def _escaped(signs: str) -> str:
    return "".join(f"\\x{{{ord(sign):04X}}}" for sign in signs)


def kept_pieces(
    carrier: Carrier, texts: Iterable[str], seen: int = SEEN, batch: int = 10_000
) -> npt.NDArray[np.int64]:
    """The pieces to keep, by rising number: those that `texts` use at least `seen` times, ASCII, emoji, and the common
    Chinese characters, simplified and traditional.
    """
    counts = counted(carrier, texts, batch)
    wanted = {number for number, times in counts.items() if times >= seen}
    always = _always()
    wanted |= {
        number
        for number, piece in enumerate(carrier.pieces)
        if set(piece.removeprefix(SPACE)) <= always and len(piece.removeprefix(SPACE)) <= 1
    }
    return np.array(sorted(wanted | set(range(SPECIAL))), np.int64)


def counted(carrier: Carrier, texts: Iterable[str], batch: int = 10_000) -> Counter[int]:
    """How often the texts use each piece."""
    whole, counts, waiting = tokeniser(carrier), Counter(), []  # type: ignore[var-annotated]
    for text in texts:
        waiting.append(text)
        if len(waiting) == batch:
            _count(whole, waiting, counts)
            waiting = []
    _count(whole, waiting, counts)
    return counts


def _count(whole: Tokenizer, texts: list[str], counts: Counter[int]) -> None:
    for encoded in whole.encode_batch_fast(texts, add_special_tokens=False):
        counts.update(encoded.ids)


def _always() -> set[str]:
    """The characters kept whether seen or not."""
    signs = {chr(code) for code in range(0x20, 0x7F)}
    for first, last in _EMOJI:
        signs |= {chr(code) for code in range(first, last + 1)}
    for name in _CHARACTER_SETS:
        signs |= {sign for code in range(0x4E00, 0xA000) if _in(sign := chr(code), name)}
    return signs


def _in(sign: str, character_set: str) -> bool:
    try:
        sign.encode(character_set)
    except UnicodeEncodeError:
        return False
    return True


def save(made: Tokenizer, path: Path) -> None:
    """Write the tokeniser's file without line breaks, which would double its size."""
    path.write_text(
        json.dumps(json.loads(made.to_str()), ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
    )
