"""Whose voice a post is: the company's, someone it pays, or a person's own, and what says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from outlisten.language.disclosure import Marker

Voice = Literal["owned", "employee", "partner", "paid", "earned", "unknown"]
VOICES: tuple[Voice, ...] = get_args(Voice)
# What listening counts unless somebody asks for more: those who do not speak for a company, as far as anybody knows.
LISTENED: tuple[Voice, ...] = ("earned", "unknown")
# What a clear disclosure says of its writer. Who names a gift or a commission is a partner; who calls it advertising is
# paid.
DISCLOSED: dict[str, Voice] = {
    "advertising": "paid", "sponsorship": "paid", "employment": "employee", "affiliate": "partner", "gift": "partner",
}  # fmt: skip
# "Not an ad" is false from these. The company's own account may say it: whose account it is stays plain.
DENIABLE: frozenset[Voice] = frozenset({"employee", "partner", "paid"})
STRONGEST: tuple[Voice, ...] = ("paid", "employee", "partner")

EvidenceKind = Literal[
    "correction", "account", "source", "marker", "denial", "campaign", "no_marker", "no_author"
]


@dataclass(frozen=True, slots=True)
class Declared:
    """A correction, an account or a campaign in the register, by its number there.

    `certain` is False where it cannot be told whether it held on the day of the post, which has no date.
    """

    id: int
    voice: Voice
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that speaks for a voice.

    `declaration` is the number of the correction, account or campaign. Of a marker or a denial `words` are the post's
    own, from `start` to `end` (code points of the title where `place` is "title", else of the text).
    """

    kind: EvidenceKind
    voice: Voice
    declaration: int | None = None
    words: str = ""
    start: int = 0
    end: int = 0
    place: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """The voice of a post and all that decided it; with contradicting evidence the voice is *unknown*."""

    voice: Voice
    evidence: tuple[Evidence, ...]
    contradicted: bool = False


def provenance(
    *,
    correction: Declared | None = None,
    accounts: Sequence[Declared] = (),
    given: str | None = None,
    markers: Sequence[Marker] = (),
    campaigns: Sequence[Declared] = (),
    has_author: bool,
) -> Provenance:
    """The voice of a post, by the first that speaks: a correction by hand, declared accounts, the word of the source
    (`given`), a clear disclosure in the text, a declared campaign.

    Where none speaks, the post is *earned* when the source names an author and *unknown* when it does not. Evidence
    that contradicts itself makes *unknown* too: nobody is called paid, or independent, against what was found.
    """
    if correction is not None:
        return Provenance(correction.voice, (_declared("correction", correction),))
    denials, disclosed = _denials(markers), _disclosures(markers)
    said = _source(given)
    promoted = [_declared("campaign", campaign) for campaign in campaigns]
    if accounts:
        found = [_declared("account", account) for account in accounts]
        plain = all(account.certain for account in accounts) and len({one.voice for one in found}) == 1
        return _settled(found, denials, plain=plain)
    if said is not None and said.voice != "unknown":
        against = [*disclosed, *promoted] if said.voice == "earned" else []
        return _settled([said, *against], denials, plain=not against)
    if disclosed:
        return _settled(disclosed, denials)
    if promoted:
        return _settled(promoted, denials)
    if said is not None:
        return Provenance("unknown", (said,))
    if has_author:
        return Provenance("earned", (Evidence("no_marker", "earned"),))
    return Provenance("unknown", (Evidence("no_author", "unknown"),))


def voice(given: str | None, has_author: bool, markers: Sequence[Marker] = ()) -> Voice:
    """The voice as far as the post itself tells: its source's word, a clear disclosure, or its author.

    A declared word outside the list counts as undeclared: it is kept in the raw record, not turned into a
    claim.
    """
    return provenance(given=given, markers=markers, has_author=has_author).voice


def _settled(found: Sequence[Evidence], denials: Sequence[Evidence], *, plain: bool = True) -> Provenance:
    """The strongest voice of evidence that agrees; *unknown* when it does not, or when the text denies it."""
    voices = {one.voice for one in found}
    speaks: Voice = next((v for v in STRONGEST if v in voices), found[0].voice)
    denied = tuple(denials) if speaks in DENIABLE else ()
    contradicted = bool(denied) or not plain
    return Provenance("unknown" if contradicted else speaks, (*found, *denied), contradicted)


def _source(given: str | None) -> Evidence | None:
    declared = (given or "").strip().lower()
    return Evidence("source", declared) if declared in VOICES else None


def _denials(markers: Iterable[Marker]) -> list[Evidence]:
    return [_marked("denial", "unknown", marker) for marker in markers if marker.kind == "denial"]


def _disclosures(markers: Iterable[Marker]) -> list[Evidence]:
    clear = (marker for marker in markers if marker.strength == "clear" and marker.kind in DISCLOSED)
    return [_marked("marker", DISCLOSED[marker.kind], marker) for marker in clear]


def _marked(kind: EvidenceKind, says: Voice, marker: Marker) -> Evidence:
    return Evidence(kind, says, words=marker.words, start=marker.start, end=marker.end, place=marker.place)


def _declared(kind: EvidenceKind, declared: Declared) -> Evidence:
    return Evidence(kind, declared.voice, declaration=declared.id)
