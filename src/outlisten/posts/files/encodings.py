"""Which encoding a file is written in, decided on a large sample of its bytes."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from outlisten.posts.files.byte_source import ByteSource

SAMPLE = 4 << 20
# A file whose first megabytes are pure ASCII says nothing yet; the search for a telling byte ends here.
SEARCH_LIMIT = 512 << 20
CUT = 1 << 16  # a sample as long as this may end inside a letter
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
HIGH = re.compile(rb"[\x80-\xff]+")
# Punctuation (A1–A3) and the Han characters of GB 2312 (B0–F7): nearly everything people write in GB18030.
GB2312_PAIR = re.compile(rb"[\xa1-\xa3\xb0-\xf7][\xa1-\xfe]")
# UTF-8 has no form for a lone surrogate; programs that write one anyway write these three bytes.
WRITTEN_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
CP1252_UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec's name, whether a byte order mark said so, and what share of the telling lines agrees (0–1)."""

    name: str
    marked: bool = False
    agreement: float = 1.0

    @property
    def label(self) -> str:
        """The name people know it by."""
        shown = {"utf-8-sig": "UTF-8", "gb18030": "GB18030", "cp1252": "Windows-1252", "latin-1": "Latin-1"}
        name = shown.get(self.name, self.name.upper())
        return f"{name} (BOM)" if self.marked else name


def detect(sample: bytes) -> Encoding:
    """The encoding of a sample; pure ASCII counts as UTF-8."""
    for mark, name in BOMS:
        if sample.startswith(mark):
            return Encoding(name, marked=True)
    if wide := _unmarked_utf16(sample):
        return Encoding(wide)
    whole = sample if sample.endswith(b"\n") or len(sample) < CUT else sample[: sample.rfind(b"\n") + 1]
    lines = [line for line in (whole or sample).splitlines() if not line.isascii()]
    if not lines:
        return Encoding("utf-8")
    agreement = _share([WRITTEN_SURROGATE.sub(b"?", line) for line in lines], "utf-8")
    if agreement > 0.9:
        return Encoding("utf-8", agreement=agreement)
    return _legacy(lines)


def fits(sample: bytes, encoding: str) -> bool:
    """Whether a sample can be what `encoding` writes: at least half of its lines that are not plain ASCII."""
    if encoding.lower().replace("_", "-").startswith(("utf-16", "utf-32")):
        return True  # lines cannot be told apart by single bytes
    lines = [line for line in sample.splitlines() if not line.isascii()]
    return not lines or _share(lines, encoding) >= 0.5


def is_undecided(sample: bytes) -> bool:
    """Whether the sample has no byte that tells one encoding from another."""
    return sample.isascii() and b"\0" not in sample


def sample_of(source: ByteSource) -> bytes:
    """The first telling bytes of a stream: its head, or the first stretch beyond it that is not plain
    ASCII."""
    head = read_sample(source)
    seen = len(head)
    while is_undecided(head) and seen < SEARCH_LIMIT:
        block = source.read(1 << 20)
        if not block:
            break
        seen += len(block)
        if not block.isascii():
            return block[block.find(b"\n") + 1 :] + read_sample(source, 1 << 20)
    return head


def read_sample(source: ByteSource, size: int = SAMPLE) -> bytes:
    """The next `size` bytes, fewer at the end."""
    blocks: list[bytes] = []
    while size > 0 and (block := source.read(size)):
        blocks.append(block)
        size -= len(block)
    return b"".join(blocks)


def _unmarked_utf16(sample: bytes) -> str | None:
    """UTF-16 without a mark: in text of any script, line ends and spaces give zero bytes on one side only."""
    even, odd = sample[0:4096:2].count(0), sample[1:4096:2].count(0)
    half = max(len(sample[:4096]) // 2, 1)
    ends_le, ends_be = sample.count(b"\n\0"), sample.count(b"\0\n")
    if odd > 0.2 * half and even < 0.02 * half and ends_le > ends_be:
        return "utf-16-le"
    if even > 0.2 * half and odd < 0.02 * half and ends_be > ends_le:
        return "utf-16-be"
    return None


def _legacy(lines: list[bytes]) -> Encoding:
    text = b"\n".join(lines)
    runs = HIGH.findall(text)
    high = sum(map(len, runs))
    paired = sum(2 * len(GB2312_PAIR.findall(run)) for run in runs)
    gb_agreement = _share(lines, "gb18030")
    # Windows-1252 letters stand alone between ASCII letters, Chinese bytes come in pairs.
    if gb_agreement > 0.9 and paired > 0.7 * high:
        return Encoding("gb18030", agreement=gb_agreement)
    undefined = CP1252_UNDEFINED.search(text)
    return Encoding("latin-1" if undefined else "cp1252")


def _share(lines: list[bytes], encoding: str) -> float:
    good = 0
    for line in lines:
        try:
            line.decode(encoding)
            good += 1
        except UnicodeDecodeError:
            pass
    return good / len(lines)
