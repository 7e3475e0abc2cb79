"""How far the two labels of the written examples agree: Cohen's kappa for each label and language.

    uv pip install --group training
    python training/written/agreement.py [--write training/written/AGREEMENT.md]

Cohen, *A coefficient of agreement for nominal scales* (1960); urgency, which is ordered, with quadratic weights (1968).
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

from examples import FLAGS, INTENTS, LANGUAGES, Example, Labels, examples
from sklearn.metrics import cohen_kappa_score

Value = Callable[[Labels], object]


def questions() -> Iterator[tuple[str, Value]]:
    """Name and value of everything that is labelled."""
    yield "sentiment", lambda said: said.sentiment
    yield "emotion", lambda said: said.emotion
    yield "urgency, 0 to 3", lambda said: said.urgency
    for name in INTENTS:
        yield name, lambda said, name=name: name in said.intents
    for name in FLAGS:
        yield name, lambda said, name=name: name in said.flags


def row(name: str, value: Value, texts: list[Example]) -> str:
    """Counts, share of texts on which both agree, and kappa."""
    first, second = (
        [value(side) for side in sides] for sides in zip(*((t.first, t.second) for t in texts), strict=True)
    )
    same = sum(a == b for a, b in zip(first, second, strict=True)) / len(texts)
    weights = "quadratic" if name.startswith("urgency") else None
    kappa = cohen_kappa_score(first, second, weights=weights)
    shown = f"{sum(first):,} / {sum(second):,}" if isinstance(first[0], bool) else "–"
    return f"| {name} | {shown} | {same:.1%} | {kappa:.2f} |"


def report() -> str:
    """The page."""
    lines = [
        "# Agreement of the two labels", "",
        "Made by `python training/written/agreement.py`. Written, not collected: see `GUIDELINES.md`.", "",
    ]  # fmt: skip
    for lang in LANGUAGES:
        texts = list(examples(lang))
        sealed = sum(text.sealed for text in texts)
        lines += [
            f"## {lang}: {len(texts):,} texts, {sealed:,} of them sealed", "",
            "| label | texts, first / second | both agree | Cohen's κ |", "|---|---|---|---|",
            *(row(name, value, texts) for name, value in questions()), "",
        ]  # fmt: skip
    return "\n".join(lines)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--write", type=Path)
    given = arguments.parse_args()
    page = report()
    print(page)
    if given.write:
        given.write.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
