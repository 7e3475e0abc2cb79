"""Text as the models see it: one folded, bounded form of each post, all posts of a batch in one array.

The original text is never changed: this form lives only while a batch is read.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

# Posts have a median of about 80 characters. What stands beyond this many adds cost and rarely changes the
# tone, and one pasted book must not hold up a batch.
READ_LIMIT = 2_000
SEPARATOR = "\0"
# Every address and every mention is the same one character, from Unicode's private area so that it counts
# as neither a letter nor a word of any language.
ADDRESS, MENTION = "\ue000", "\ue001"
KEPT_REPEATS = 3  # "sooooo" and "哈哈哈哈哈哈" mean the same however long they run

Codes = npt.NDArray[np.uint32]

_SURROGATES = re.compile("[\ud800-\udfff]")
# NFKC leaves these as they are, and none of them joins what stands before it. Normalising a million characters costs ten
# times as much as finding the few that are others, each with the letter before it, which an accent may join.
_SETTLED = "\0-\x7f\u2010\u2012-\u2016\u2018-\u201f\u3001-\u3003\u3008-\u3011\u4e00-\u9fff"
_UNSETTLED = re.compile(f"[^{_SETTLED}]+")
# Nine in ten of what is left over are these: replaced at a tenth of the cost, and nothing joins them.
_FULL_WIDTH = {sign: unicodedata.normalize("NFKC", sign) for sign in "，！？：；（）"}
# Chinese text follows an address without a space, so an address ends at the first non-ASCII character. A
# bare "http" is what public data sets put in place of an address. (Both branches begin with a letter: a word edge in
# front would make the search try every character.)
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+|http\b(?<!\whttp)")
_MENTION = re.compile(r"@[\w\-]{1,30}")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Folded:
    """A batch in folded form: the code points of all posts, a 0 after each, and where each is."""

    codes: Codes
    starts: npt.NDArray[np.int64]
    stops: npt.NDArray[np.int64]  # just behind the post's 0

    def __len__(self) -> int:
        return len(self.starts)

    def codes_of(self, post: int) -> Codes:
        """The code points of one post, without its separator."""
        return self.codes[self.starts[post] : self.stops[post] - 1]

    def only(self, posts: npt.NDArray[np.int64]) -> Folded:
        """Some posts of the batch, in the order asked for."""
        pieces = [
            self.codes[start:stop] for start, stop in zip(self.starts[posts], self.stops[posts], strict=True)
        ]
        stops = np.cumsum(np.array([len(piece) for piece in pieces], np.int64))
        codes = np.concatenate(pieces) if pieces else np.zeros(0, np.uint32)
        return Folded(codes, _starts(stops), stops)


def fold(texts: Sequence[str], limit: int = READ_LIMIT) -> Folded:
    """The first `limit` characters of each text: unescaped, NFKC, lower case, an address or mention as one
    mark.
    """
    if not texts:
        return Folded(np.zeros(0, np.uint32), np.zeros(0, np.int64), np.zeros(0, np.int64))
    joined = SEPARATOR.join([text[:limit].replace(SEPARATOR, " ") for text in texts]) + SEPARATOR
    return _array(fold_joined(joined), len(texts))


def fold_joined(joined: str) -> str:
    """The same folding of texts joined by SEPARATOR: one pass of each rule over a batch."""
    text = _SURROGATES.sub("\ufffd", joined)
    if "&" in text:
        text = html.unescape(text)
    text = compatible(text).lower()
    text = _ADDRESS.sub(ADDRESS, text)
    text = _MENTION.sub(MENTION, text)
    return _SPACES.sub(" ", text)


def compatible(text: str) -> str:
    """The text in Unicode's form NFKC (UAX 15)."""
    for sign, plain in _FULL_WIDTH.items():
        text = text.replace(sign, plain)
    pieces, at = [], 0
    for found in _UNSETTLED.finditer(text):
        start = max(found.start() - 1, at)
        pieces += [text[at:start], unicodedata.normalize("NFKC", text[start : found.end()])]
        at = found.end()
    return "".join([*pieces, text[at:]])


def _array(joined: str, posts: int) -> Folded:
    codes = np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32)
    codes = codes[~_runs_on(codes)]
    stops = np.flatnonzero(codes == 0) + 1
    if len(stops) != posts:
        raise AssertionError(f"folding {posts} texts gave {len(stops)}")
    return Folded(codes, _starts(stops), stops)


def _starts(stops: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Each post starts where the one before it stops."""
    return np.concatenate((np.zeros(1, np.int64), stops[:-1]))


def _runs_on(codes: Codes) -> npt.NDArray[np.bool_]:
    """True where a character repeats its KEPT_REPEATS predecessors."""
    same = np.ones(len(codes), dtype=np.bool_)
    same[:KEPT_REPEATS] = False
    for back in range(1, KEPT_REPEATS + 1):
        same[back:] &= codes[back:] == codes[:-back]
    return np.asarray(same & (codes != 0))
