"""One window beside the window of reference: what moved, and whether it is to be acted on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np

from outlisten.insights.drift_watch.labelled import Judged
from outlisten.insights.drift_watch.reading import TONES, Floats, Read
from outlisten.insights.drift_watch.stability import Shift, shift
from outlisten.language.fast.scoring import LANGUAGES

State = Literal["reference", "few", "fine", "watch", "again"]
Row = dict[str, Any]
LEAST = 200  # posts; with fewer, chance alone often moves an index beyond the first limit
# How often one of the tests of a window may fire although nothing drifts, all of them together (Bonferroni).
FALSE_ALARMS = 0.01
RARE = 0.02  # a language with less in both windows is counted with the others
BINS = 5  # of confidence, equally filled in the window of reference
NOTHING = Judged()


def described(now: Read, judged: Mapping[str, Judged]) -> list[Row]:
    """What can be said of a window by itself: a row of all posts (`lang` None), and one of each language that is read."""
    rows: list[Row] = [{"lang": None, "posts": now.n, "share": 1.0, "labels": 0, "state": "reference"}]
    for lang in LANGUAGES:
        some, labels = now.of(lang), judged.get(lang, NOTHING)
        if not some.n and not labels.n:
            continue
        row: Row = {"lang": lang, "posts": some.n, "share": some.n / max(now.n, 1), "labels": labels.n}
        if some.n >= LEAST:
            tones = dict(zip(TONES, (some.tone_counts / some.n).tolist(), strict=True))
            row |= {"confidence": float(some.chances.mean()), "cannot_tell": some.untold, **tones}
        if labels.share is not None:
            share = labels.share
            row |= {"right": share.value, "low": share.low, "high": share.high, "promised": labels.promised}
        rows.append(row | {"state": "reference" if some.n >= LEAST else "few"})
    return rows


def compared(before: Read, now: Read, judged: Mapping[str, Judged]) -> list[Row]:
    """The same, with the stability index of each measure, what chance alone exceeds, and the state of each row."""
    rows = described(now, judged)
    pairs = {row["lang"]: (before.of(row["lang"]), now.of(row["lang"])) for row in rows if row["lang"]}
    told = {lang: pair for lang, pair in pairs.items() if min(one.n for one in pair) >= LEAST}
    tests = 1 + 2 * len(told) + sum(judged.get(lang, NOTHING).enough for lang in pairs)
    alarms = FALSE_ALARMS / tests
    for row in rows:
        lang = row["lang"]
        if lang is None:
            moved = {"mix": _mix(before, now, alarms)} if min(before.n, now.n) >= LEAST else {}
        else:
            moved = _language(*told[lang], alarms) if lang in told else {}
        for name, one in moved.items():
            row |= {f"{name}_psi": one.psi, f"{name}_chance": one.chance}
        short = judged.get(lang, NOTHING).falls_short(alarms)
        row |= {"falls_short": short, "state": _state(moved, short=short)}
    return rows


def _state(moved: Mapping[str, Shift], *, short: bool) -> State:
    if short or any(one.large for one in moved.values()):
        return "again"
    if not moved:
        return "few"
    return "watch" if any(one.real for one in moved.values()) else "fine"


def _mix(before: Read, now: Read, alarms: float) -> Shift:
    """The mix of languages, rare ones together; a post whose language was not told counts as one of its own."""
    names = sorted({*before.langs.tolist(), *now.langs.tolist()})
    counts = [np.array([(one.langs == name).sum() for name in names], np.float64) for one in (before, now)]
    often = np.array([max(c[at] / c.sum() for c in counts) >= RARE for at in range(len(names))], np.bool_)
    pooled = [np.append(c[often], c[~often].sum()) for c in counts]
    return shift(pooled[0], pooled[1], (before.effective, now.effective), alarms)


def _language(before: Read, now: Read, alarms: float) -> dict[str, Shift]:
    """The labels of tone, and how sure the model is, of the posts of one language."""
    effective = (before.effective, now.effective)
    edges = np.unique(np.quantile(before.chances, np.linspace(0, 1, BINS + 1)[1:-1]))
    sure = [_binned(one.chances, edges) for one in (before, now)]
    return {
        "tone": shift(before.tone_counts, now.tone_counts, effective, alarms),
        "confidence": shift(sure[0], sure[1], effective, alarms),
    }


def _binned(chances: Floats, edges: Floats) -> Floats:
    return np.bincount(np.searchsorted(edges, chances, side="right"), minlength=len(edges) + 1).astype(
        np.float64
    )
