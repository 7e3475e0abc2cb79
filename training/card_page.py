"""The model card as pages, both languages written from the card: `python training/card_page.py`.

The training script calls it too. A test fails when the pages and the card differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

from outlisten.language import ModelCard, model_card
from outlisten.language.card import Evaluation, Trial
from outlisten.words import Locale, words

PAGES = Path(__file__).parents[1] / "docs" / "reference" / "model-cards"
ENDINGS: dict[Locale, str] = {"en": ".md", "zh-hans": ".zh.md"}


def write(card: ModelCard, folder: Path = PAGES) -> None:
    """Both pages of the card."""
    folder.mkdir(parents=True, exist_ok=True)
    for locale, ending in ENDINGS.items():
        (folder / f"{card.id}{ending}").write_text(page(card, locale), encoding="utf-8")


def page(card: ModelCard, locale: Locale) -> str:
    """The card as Markdown."""
    _ = words("language", locale)
    sections = [
        f"# {_('Model card')}: {card}",
        _(
            "Reads tone, intents, emotion, urgency with its reasons, and flags of a post in Chinese and English. What each label "
            "means: `training/written/GUIDELINES.md`."
        ),
        _(
            "Made by `training/train_fast.py` from the sets below; how it works: "
            "[Language](../../explanation/{page})."
        ).format(page=f"language{ENDINGS[locale]}"),
        f"## {_('Data')}",
        "\n".join(_data(card, _)),
        f"## {_('Settings of the fit')}",
        _(
            "Of sentiment, and shared by all heads where they concern the features. "
            "Chosen by `training/select_settings.py` on development posts, never on a test: mean of macro recall "
            "(English), or of macro F1 on Weibo and accuracy on reviews (Chinese), in percent, after a fit on a third of the "
            "training texts. One setting after the other; a later value must beat the first by 0.2 points. In bold: taken."
        ),
        "\n".join(_trials(card, _)),
        f"## {_('Figures')}",
        _(
            "On posts never trained on, each text once. In brackets 95 % bootstrap intervals (1,000 draws). "
            "Calibration error: mean gap between probability and share right, ten bins."
        ),
        *(part for found in card.evaluations for part in _figures(card, found, _)),
        f"## {_('Labels that a post has or has not')}",
        _(
            "Each label by itself; F1 with its 95 % bootstrap interval. Figures on written examples stand apart: they were "
            "written for this project, not collected, and the sealed third was never trained or tuned on."
        ),
        *(part for written in (True, False) for part in _each(card, _, written=written)),
        f"## {_('Error rates for corrected shares')}",
        "\n".join(_rates(card, _)),
        f"## {_('Known faults')}",
        "\n".join(f"- {_(fault)}" for fault in card.faults),
    ]
    return "\n\n".join(sections) + "\n"


def _data(card: ModelCard, _: Callable[[str], str]) -> Iterator[str]:
    yield _row(_("task"), _("set"), _("part"), _("language"), _("used to"), _("posts"), _("note"), _("terms"))
    yield _row(*["---"] * 8)
    for use in card.data:
        yield _row(
            _(use.task),
            use.set,
            _(use.split),
            use.lang,
            _(use.use),
            f"{use.posts:,}",
            _note(use.note, _),
            _(use.terms),
        )


def _trials(card: ModelCard, _: Callable[[str], str]) -> Iterator[str]:
    yield _row(_("language"), _("setting"), _("value: score"))
    yield _row(*["---"] * 3)
    for (lang, setting), tried in groupby(card.trials, key=lambda trial: (trial.lang, trial.setting)):
        yield _row(lang, _(setting), " · ".join(_trial(trial, _) for trial in tried))


def _trial(trial: Trial, _: Callable[[str], str]) -> str:
    said = f"{_(trial.value)}: {100 * trial.score:.1f}"
    return f"**{said}**" if trial.chosen else said


def _note(note: str, _: Callable[[str], str]) -> str:
    weight, _comma, rest = note.partition(", ")
    if weight.startswith("weight "):
        weight = _("weight {n}").format(n=weight.removeprefix("weight "))
    else:
        weight = _(weight) if weight else ""
    return ", ".join(filter(None, (weight, _(rest) if rest else "")))


def _figures(card: ModelCard, found: Evaluation, _: Callable[[str], str]) -> Iterator[str]:
    tested = {(use.task, use.set, use.split, use.lang): use.use for use in card.data}
    use = tested[found.task, found.set, found.split, found.lang]
    yield f"### {found.lang}: {_(found.task)}, {found.set}, {_(found.split)} ({_(use)})"
    lines = [
        f"- {_(name)}: {100 * value:.1f} [{100 * low:.1f}, {100 * high:.1f}]"
        for name, (value, low, high) in found.measures.items()
    ]
    lines.append(f"- {_('calibration error')}: {100 * found.calibration_error:.1f}")
    yield "\n".join(lines)
    yield "\n".join(_confusion(found, _))


def _each(card: ModelCard, _: Callable[[str], str], *, written: bool) -> Iterator[str]:
    """One table: the sealed written examples, or the collected parts."""
    tests = {(use.task, use.set, use.split, use.lang) for use in card.data if use.use == "test"}
    rows = [
        one
        for one in card.each
        if (one.set == "written") == written and (one.task, one.set, one.split, one.lang) in tests
    ]
    yield f"### {_('Written examples, sealed') if written else _('Collected sets')}"
    lines = [
        _row(_("language"), _("task"), _("label"), _("measured on"), _("with it"), _("without"),
             _("precision"), _("recall"), "F1", _("calibration error")),
        _row(*["---"] * 10),
    ]  # fmt: skip
    for one in rows:
        value, low, high = one.interval()
        rates = one.rates
        lines.append(
            _row(
                one.lang, _(one.task), _(one.label), f"{one.set}, {_(one.split)}", f"{rates.n_pos:,}", f"{rates.n_neg:,}",
                f"{100 * one.precision:.1f}", f"{100 * one.recall:.1f}",
                f"{100 * value:.1f} [{100 * low:.1f}, {100 * high:.1f}]", f"{100 * one.calibration_error:.1f}",
            )
        )  # fmt: skip
    yield "\n".join(lines)


def _confusion(found: Evaluation, _: Callable[[str], str]) -> Iterator[str]:
    labels = found.confusion.labels
    yield _row(f"{_('true')} \\ {_('read as')}", *(_(label) for label in labels), "n")
    yield _row(*["---"] * (len(labels) + 2))
    for label, cells in zip(labels, found.confusion.cells.tolist(), strict=True):
        if sum(cells):
            yield _row(_(label), *(f"{cell:,}" for cell in cells), f"{sum(cells):,}")


def _rates(card: ModelCard, _: Callable[[str], str]) -> Iterator[str]:
    yield _row(_("language"), _("label"), _("found where true"), _("given where false"), _("measured on"))
    yield _row(*["---"] * 5)
    for lang in card.languages:
        for label in card.labels:
            rates = card.rates(lang, label)
            found = f"{100 * rates.tpr:.1f} % (n = {rates.n_pos:,})"
            yield _row(
                lang, _(label), found, f"{100 * rates.fpr:.1f} % (n = {rates.n_neg:,})", card.rates_from[lang]
            )


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    write(model_card())
