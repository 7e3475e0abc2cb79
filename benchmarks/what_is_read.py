"""The tables of docs/reference/what-is-read.md: every named rule, what it finds, how precise it is on the sealed examples.

    python benchmarks/what_is_read.py [--tuning]        # --tuning: on the unsealed ones, printed and not written

Precision: of the sealed written examples in which a rule finds something, the share that two of three readers gave the label.
Anger is right where the emotion is anger; other reasons of urgency are counted in posts that are urgent at all.
"""

from __future__ import annotations

import argparse
import runpy
from collections.abc import Iterator
from pathlib import Path

from outlisten.insights.proportions import wilson
from outlisten.language.phrases.phrase import KINDS
from outlisten.language.phrases.quality import Counts, LabelledPost, counted
from outlisten.language.phrases.tables import LANGUAGES, Language, Rule, rules
from outlisten.words import Locale

REPOSITORY = Path(__file__).parents[1]
PAGES: dict[Locale, str] = {"en": "what-is-read.md", "zh-hans": "what-is-read.zh.md"}
HEADS: dict[Locale, tuple[str, ...]] = {
    "en": ("rule", "speaks for", "says", "for example", "Chinese: right / found", "English: right / found"),
    "zh-hans": ("规则", "说明", "意思", "例如", "中文：正确 / 找到", "英文：正确 / 找到"),
}
KIND_HEADS: dict[Locale, tuple[str, ...]] = {
    "en": ("speaks for", "Chinese: precision", "recall", "English: precision", "recall"),
    "zh-hans": ("说明", "中文：精确率", "召回率", "英文：精确率", "召回率"),
}


def posts(lang: str, *, sealed: bool) -> Iterator[LabelledPost]:
    """The written examples of a language with their labels as kinds of phrases."""
    examples = runpy.run_path(str(REPOSITORY / "training" / "written" / "examples.py"), run_name="examples")
    reasons = {**examples["REASONS"], "c": "contacted"}
    for one in examples["examples"](lang):
        if one.sealed is sealed:
            said = one.settled
            kinds = {*said.intents, *(reasons[code] for code in said.reasons)}
            kinds |= {"promotional"} if "promo" in said.flags else set()
            kinds |= {"anger"} if said.emotion == "anger" else set()
            yield LabelledPost(one.text, frozenset(kinds), said.urgency > 0)


def rule_table(locale: Locale, counts: dict[Language, Counts]) -> str:
    """One row a rule."""
    rows = [HEADS[locale], ("---",) * 4 + ("--:",) * 2]
    for rule in rules():
        shown = ", ".join(f"“{text}”" for text in _shown(rule, locale))
        rows.append(
            (
                f"`{rule.name}`",
                rule.kind,
                rule.says[locale],
                shown,
                *(_share(counts[lang], rule.name) for lang in LANGUAGES),
            )
        )
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


def kind_table(locale: Locale, counts: dict[Language, Counts]) -> str:
    """One row a kind."""
    rows = [KIND_HEADS[locale], ("---",) + ("--:",) * 4]
    for kind in KINDS:
        cells = [
            cell
            for lang in LANGUAGES
            for cell in (_precision(counts[lang], kind), _recall(counts[lang], kind))
        ]
        rows.append((kind, *cells))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


def _shown(rule: Rule, locale: Locale) -> list[str]:
    """The first example of the page's language."""
    of_locale = [
        text for text in rule.examples if any("一" <= char <= "鿿" for char in text) is (locale == "zh-hans")
    ]
    return of_locale[:1]


def _share(counts: Counts, name: str) -> str:
    return f"{counts.right[name]} / {counts.found[name]}"


def _precision(counts: Counts, kind: str) -> str:
    share = wilson(counts.right[kind], counts.found[kind])
    return "–" if share is None else f"{share.value:.2f} ({share.low:.2f}–{share.high:.2f})"


def _recall(counts: Counts, kind: str) -> str:
    return f"{counts.right[kind] / counts.there[kind]:.2f}" if counts.there[kind] else "–"


def between(text: str, mark: str, new: str) -> str:
    """The text with what stands between <!-- mark --> and <!-- /mark --> replaced. Raises ValueError without the marks."""
    head, rest = text.split(f"<!-- {mark} -->\n")
    return f"{head}<!-- {mark} -->\n{new}\n{rest[rest.index(f'<!-- /{mark} -->') :]}"


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--tuning", action="store_true")
    given = arguments.parse_args()
    counts = {lang: counted(posts(lang, sealed=not given.tuning)) for lang in LANGUAGES}
    if given.tuning:
        print(rule_table("en", counts), kind_table("en", counts), sep="\n\n")
        return
    for locale, page in PAGES.items():
        path = REPOSITORY / "docs" / "reference" / page
        text = between(path.read_text("utf-8"), "rules", rule_table(locale, counts))
        path.write_text(between(text, "kinds", kind_table(locale, counts)), "utf-8")


if __name__ == "__main__":
    main()
