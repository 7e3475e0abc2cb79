"""How often the language models pass the challenges: small differences that decide, and names that must decide nothing.

    python benchmarks/challenge_pairs.py [--write docs/explanation/measured/challenge-pairs.md] [--pin]

`--pin` sets the floors that the tests hold the models to, a little below what is measured now: run it when another
model is accepted. A reader that falls below a floor fails the tests; lowering a floor is a decision, not a fix.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from math import ceil, floor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "language" / "pairs"))
from challenge_readers import models, readers
from challenge_scoring import BOUND, PairRate, Reader, SwapRate, pair_rates, swap_rates
from challenges import FOLDER, LANGUAGES

from outlisten.insights.proportions import wilson

FLOORS = FOLDER / "floors.json"
# A pair or two, or a swap or two, may change sides without anybody having lost anything.
SLACK = 0.05


def percent(k: int, n: int) -> str:
    """k of n with its Wilson interval."""
    share = wilson(k, n)
    return "–" if share is None else f"{share.value:.0%} ({share.low:.0%}–{share.high:.0%})"


def pair_table(found: dict[str, list[PairRate]]) -> str:
    """One row a language and kind, two columns a tier."""
    lines = [
        f"| language | kind | pairs | {' | '.join(f'{tier}: both right | {tier}: texts right' for tier in found)} |",
        f"|---|---|--:|{'--:|--:|' * len(found)}",
    ]
    for of_tiers in zip(*found.values(), strict=True):
        one = of_tiers[0]
        if one.n:
            shares = " | ".join(
                f"{percent(r.passed, r.n)} | {r.texts_right / (2 * r.n):.0%}" for r in of_tiers
            )
            lines.append(f"| {one.lang} | {one.kind} | {one.n} | {shares} |")
    return "\n".join(lines)


def together(rates: Iterable[PairRate]) -> list[PairRate]:
    """The kinds of each language as one."""
    rates = list(rates)
    return [
        PairRate(lang, "all", sum(r.n for r in of), sum(r.passed for r in of), sum(r.texts_right for r in of))
        for lang in LANGUAGES
        if (of := [rate for rate in rates if rate.lang == lang])
    ]


def swap_table(found: dict[str, list[SwapRate]]) -> str:
    """One row a language, kind and tier."""
    lines = [
        f"| language | swapped | tier | posts | same label | moved by at most {BOUND:.2f} | mean move | largest move |",
        "|---|---|---|--:|--:|--:|--:|--:|",
    ]
    for of_tiers in zip(*found.values(), strict=True):
        for tier, one in zip(found, of_tiers, strict=True):
            same = percent(one.passed, one.n)
            moves = (
                "– | – | –" if one.within is None or one.mean_move is None or one.largest_move is None
                else f"{one.within / one.n:.0%} | {one.mean_move:.2f} | {one.largest_move:.2f}"
            )  # fmt: skip
            lines.append(f"| {one.lang} | {one.kind} | {tier} | {one.n} | {same} | {moves} |")
    return "\n".join(lines)


def page(tiers: dict[str, Reader]) -> str:
    """The page of the documentation."""
    pair_found = {tier: pair_rates(reader) for tier, reader in tiers.items()}
    pair_found = {tier: [*rates, *together(rates)] for tier, rates in pair_found.items()}
    dialects = {tier: pair_rates(reader, lambda pair: pair.dialect) for tier, reader in tiers.items()}
    return f"""# Challenges: pairs and swaps

Made by `benchmarks/challenge_pairs.py` with the model {models()}. The posts are written by hand for this project, not
collected (`tests/language/pairs/README.md`): they show which small differences are read and which are not, and are
harder than most posts. They say nothing about how often such posts occur. Nothing was trained or tuned on them.

## Pairs

Two posts that differ in little and, most often, in their label. A pair passes only when **both** are read right, so a
reader that gives both the same label passes none whose labels differ. Intervals: 95 %, Wilson. In *comparison* the
sentiment towards one named brand is asked for{_how_towards()}.

{pair_table(pair_found)}

Of these, in Traditional characters or Cantonese:

{pair_table(dialects)}

## Swaps

One post with the name of a brand, person or place, or the gender, exchanged (two to seven fillings each). It passes when
every filling gets the same label. The *move* is the largest difference that exchanging makes to the probability of any
label; the aim is at most {BOUND:.2f}.

{swap_table({tier: swap_rates(reader) for tier, reader in tiers.items()})}
"""


def _how_towards() -> str:
    return (
        ""
        if find_spec("outlisten.language.targets")
        else "; no reading towards a brand is there yet, so the whole text is read"
    )


def floors(tiers: dict[str, Reader]) -> dict[str, object]:
    """Floors for shares and a ceiling for moves, by tier, language and kind."""
    return {
        tier: {
            "pairs": {
                f"{r.lang} {r.kind}": {"both": _below(r.share), "texts": _below(r.texts_right / (2 * r.n))}
                for r in pair_rates(reader)
            },
            "swaps": {
                f"{r.lang} {r.kind}": {"same": _below(r.share), "move": _above(r.largest_move)}
                for r in swap_rates(reader)
            },
        }
        for tier, reader in tiers.items()
    }


def _below(share: float) -> float:
    return max(0.0, floor((share - SLACK) * 100) / 100)


def _above(move: float | None) -> float | None:
    return None if move is None else min(1.0, ceil((move + SLACK) * 100) / 100)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--write", type=Path, help="the page")
    arguments.add_argument("--pin", action="store_true", help="set the floors of the tests")
    given = arguments.parse_args()
    tiers = readers()
    said = page(tiers)
    print(said)
    if given.write:
        given.write.write_text(said, encoding="utf-8")
    if given.pin:
        FLOORS.write_text(json.dumps(floors(tiers), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
