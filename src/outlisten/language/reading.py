"""Reading posts: from texts to the reading columns of a post, in one pass over a batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa

from outlisten.language.card import model_card
from outlisten.language.fast.deciding import columns
from outlisten.language.fast.scoring import scores_of
from outlisten.language.identification import identify
from outlisten.language.normalisation import READ_LIMIT, fold

# Enough posts for array arithmetic to pay. The limit on characters keeps a batch of long posts within 100 MB.
BATCH_POSTS, BATCH_CHARACTERS = 2_000, 300_000

SCHEMA = pa.schema(
    [
        ("lang", pa.string()),
        ("mixed", pa.bool_()),
        ("sentiment", pa.string()),
        ("sentiment_score", pa.float32()),
        ("intent", pa.list_(pa.string())),
        ("emotion", pa.string()),
        ("topic", pa.list_(pa.string())),
        ("urgency", pa.float32()),
        ("flags", pa.list_(pa.string())),
        ("urgency_reasons", pa.list_(pa.string())),
        ("model", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one post; None is *cannot tell*, never a guess.

    `sentiment_score` and `urgency` run from 0 to 1. `lang` is the declared language where one was declared. An empty list
    of intents, flags or reasons says that none was found, None that the post was not read. What each label means stands in
    `training/written/GUIDELINES.md`.
    """

    lang: str | None
    mixed: bool
    sentiment: str | None
    sentiment_score: float | None
    intent: list[str] | None
    emotion: str | None
    topic: list[str] | None
    urgency: float | None
    flags: list[str] | None
    urgency_reasons: list[str] | None
    model: str


def read(
    texts: Sequence[str | None],
    titles: Sequence[str | None] | None = None,
    langs_given: Sequence[str | None] | None = None,
) -> pa.Table:
    """Read each post: a table with one row a post and the columns of SCHEMA.

    A title is read before its text. A declared language (BCP 47) is believed: it becomes `lang` and decides
    which heads read the post. What cannot be told is null; an empty list says that none was found.
    Raises ValueError when the sequences differ in length and `card.ModelBroken` when the model's files were altered.
    """
    posts = len(texts)
    titles = [None] * posts if titles is None else titles
    declared = [None] * posts if langs_given is None else langs_given
    if not len(titles) == len(declared) == posts:
        raise ValueError(f"{posts} texts came with {len(titles)} titles and {len(declared)} languages.")
    wholes = [whole(text, title) for text, title in zip(texts, titles, strict=True)]
    tables = [_read_batch(wholes[at], declared[at]) for at in _batches([len(text) for text in wholes])]
    return pa.concat_tables(tables).combine_chunks() if tables else SCHEMA.empty_table()


def read_one(text: str, title: str | None = None, lang_given: str | None = None) -> Reading:
    """Read a single post."""
    return Reading(**read([text], [title], [lang_given]).to_pylist()[0])


def declared_language(tag: str | None) -> str | None:
    """The language of a BCP 47 tag (`zh-Hans-CN` → zh), or None when the tag declares none."""
    primary = (tag or "").replace("_", "-").partition("-")[0].strip().lower()
    if not (primary.isascii() and primary.isalpha() and 2 <= len(primary) <= 3):
        return None
    return None if primary in _NO_LANGUAGE else _ONE_NAME.get(primary, primary)


# BCP 47 for undetermined, not linguistic, several and uncoded; X adds codes from qaa on for posts without
# words.
_NO_LANGUAGE = frozenset({"und", "zxx", "mul", "mis", "qam", "qct", "qht", "qme", "qst", "art"})
_ONE_NAME = {"cmn": "zh", "zho": "zh", "chi": "zh", "eng": "en", "jpn": "ja", "kor": "ko"}


def whole(text: str | None, title: str | None) -> str:
    """Title and text as they are read, cut where reading stops."""
    body = text or ""
    return (f"{title[:READ_LIMIT]}\n{body[:READ_LIMIT]}" if title else body)[:READ_LIMIT]


def _batches(lengths: list[int]) -> Iterator[slice]:
    """Runs of posts within both limits of a batch."""
    start = characters = 0
    for at, length in enumerate(lengths):
        characters += length
        if at - start == BATCH_POSTS or characters > BATCH_CHARACTERS:
            yield slice(start, at)
            start, characters = at, length
    if start < len(lengths):
        yield slice(start, len(lengths))


def _read_batch(texts: list[str], declared: Sequence[str | None]) -> pa.Table:
    folded = fold(texts)
    found = identify(folded)
    lang = [declared_language(tag) or read for tag, read in zip(declared, found.lang, strict=True)]
    filled: dict[str, pa.Array] = {
        "lang": pa.array(lang, pa.string()),
        "mixed": pa.array(found.mixed),
        **columns(texts, lang, scores_of(texts, folded, lang, found.scripts)),
        "model": pa.array([str(model_card())] * len(texts), pa.string()),
    }
    arrays = [filled.get(field.name, pa.nulls(len(texts), field.type)) for field in SCHEMA]
    return pa.Table.from_arrays(arrays, schema=SCHEMA)
