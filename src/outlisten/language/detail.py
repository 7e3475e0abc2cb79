"""Everything that is read in a post, with the evidence: for the page of one post and for `outlisten read --json`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from outlisten.language.disclosure import Marker, find_markers
from outlisten.language.entities import Entity, find_entities
from outlisten.language.fast import scores
from outlisten.language.phrases import Phrase, find_phrases
from outlisten.language.promotion import Sign, find_signs
from outlisten.language.provenance import voice
from outlisten.language.reading import Reading, read, whole
from outlisten.language.targets import Target, toward_each
from outlisten.language.telling import cannot_tell

# The chances of labels, by task, the strongest first.
Chances = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Detail:
    """One post: what is kept of its reading, the chance of every label behind it, and the words that speak for it.

    `chances` is empty where the language is not read. `voice` is that which the text itself shows. `phrases` are what the
    named rules find for intents and urgency, `signs` those of promotion and of talk, `entities` brands, sums, contact data
    and their like, `targets` the tone towards each name and each aspect that the post mentions. Spans count code points of
    the text, or with a title of title, line break and text; those of `markers` count the title alone where their place is
    *title*, else the text alone. `reading.model` names model and version.
    """

    reading: Reading
    chances: Chances
    voice: str
    markers: tuple[Marker, ...]
    phrases: tuple[Phrase, ...]
    signs: tuple[Sign, ...]
    entities: tuple[Entity, ...]
    targets: tuple[Target, ...]

    @property
    def emotion_score(self) -> float | None:
        """The chance of the emotion (0–1); None where it was not read."""
        emotion = self.reading.emotion
        return None if emotion is None else self.chances["emotion"][emotion]

    @property
    def cannot_tell(self) -> tuple[str, ...]:
        """Which of sentiment and emotion are *cannot tell* to a person who looks at this one post."""
        answers = {
            "sentiment": (self.reading.sentiment, self.reading.sentiment_score),
            "emotion": (self.reading.emotion, self.emotion_score),
        }
        return tuple(task for task, answer in answers.items() if cannot_tell(*answer))


def read_in_detail(
    text: str,
    title: str | None = None,
    lang_given: str | None = None,
    names: Sequence[str] = (),
    others: Sequence[str] = (),
) -> Detail:
    """Read one post in detail; `names` are the company's own names, `others` those of other brands to be told the tone
    towards. Raises `card.ModelBroken`."""
    return next(details([text], [title], [lang_given], names, others))


def details(
    texts: Sequence[str],
    titles: Sequence[str | None] | None = None,
    langs_given: Sequence[str | None] | None = None,
    names: Sequence[str] = (),
    others: Sequence[str] = (),
) -> Iterator[Detail]:
    """Read posts in detail, one after the other; the models see them all at once. Raises as `reading.read` does."""
    titles = titles or [None] * len(texts)
    rows = read(texts, titles, langs_given).to_pylist()
    wholes = [whole(text, title) for text, title in zip(texts, titles, strict=True)]
    langs = [row["lang"] for row in rows]
    found, brands = scores(wholes, langs), (*names, *others)
    targets = toward_each(texts, titles, langs, brands)
    for at, (text, title, row) in enumerate(zip(texts, titles, rows, strict=True)):
        markers = find_markers(title, text, names=names)
        chances = {task: _strongest_first(one.labels, one.values[at].tolist()) for task, one in found.items()}
        yield Detail(
            Reading(**row),
            chances if row["sentiment"] else {},
            voice(None, has_author=True, markers=markers),
            markers,
            find_phrases(text, title),
            find_signs(wholes[at]),
            find_entities(text, title, brands),
            next(targets),
        )


def _strongest_first(labels: Sequence[str], values: list[float]) -> dict[str, float]:
    return dict(sorted(zip(labels, values, strict=True), key=lambda pair: -pair[1]))
