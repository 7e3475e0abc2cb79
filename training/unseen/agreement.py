"""How far the model agrees with two labellings of posts that it has never seen, and they with each other.

    python training/unseen/agreement.py --data DIR [--write docs/explanation/measured/unseen-posts.md]

It prints the page. The labels are those of two runs of a large language model, not of people, and the page says so.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from unseen.kappa import DRAWS, Agreement
from unseen.labels import FLAGS, INTENTS, labelled, tiers
from unseen.posts import FOLDER, LANGUAGES, keys, source_of, texts
from unseen.questions import (
    INTENTS_MEAN,
    INTENTS_POOLED,
    QUESTIONS,
    SENTIMENT,
    Question,
    Said,
    agreement,
    one_intent,
)

# The model may agree with either labelling this much less than the two agree with each other.
ALLOWED = 0.10
DECISIVE = (SENTIMENT, INTENTS_MEAN, INTENTS_POOLED)
NAMES = {"zh": "Chinese", "en": "English"}


@dataclass(frozen=True, slots=True)
class Read:
    """A language's posts as the two labellers and each tier read them."""

    lang: str
    first: Said
    second: Said
    tiers: dict[str, Said]
    models: dict[str, str]

    def pairs(self) -> dict[str, tuple[Said, Said]]:
        """Who is compared with whom."""
        found = {"first and second": (self.first, self.second)}
        for tier, said in self.tiers.items():
            found[f"{tier} and first"] = (said, self.first)
            found[f"{tier} and second"] = (said, self.second)
        return found


def collected(lang: str, data: Path) -> Read:
    """Everything that was read in a language's posts. Raises ValueError where texts or labels do not fit."""
    first, second = (labelled(FOLDER / f"{lang}.{which}.tsv") for which in ("first", "second"))
    said = texts(lang, data)
    if not first.keys() == second.keys() == said.keys():
        raise ValueError(f"The labels of {lang} are not those of its {len(said)} posts.")
    found = tiers(said)
    order = list(said)
    return Read(
        lang,
        {post: first[post] for post in order},
        {post: second[post] for post in order},
        {tier: labels for tier, (labels, _) in found.items()},
        {tier: model for tier, (_, model) in found.items()},
    )


def page(read: list[Read]) -> str:
    """The page of the documentation."""
    parts = [_head(read)]
    for one in read:
        found = {question.name: _agreements(question, one) for question in QUESTIONS}
        parts += [
            f"## {NAMES[one.lang]}: {len(one.first)} posts\n",
            _table(found, one), "",
            *_verdicts(found, one), "",
            "Single intents: posts that have it, first / second labels, and κ.\n",
            _table({name: _agreements(one_intent(name), one) for name in INTENTS}, one, _counts(one)), "",
            "Sentiment by set: posts on which two readers say the same.\n",
            _by_set(one), "",
        ]  # fmt: skip
    return "\n".join(parts).rstrip() + "\n"


def _head(read: list[Read]) -> str:
    models = "; ".join(f"{tier}: {model}" for tier, model in read[0].models.items())
    return f"""# Unseen posts: the model and two labellings

Made by `training/unseen/agreement.py` ({models}).

**The posts** are real: {len(read[0].first)} in each language, drawn by chance (`training/unseen/choose.py`), at most 300
characters each, nothing stripped. No model was trained or tuned on any of them. When they were drawn, no training used their
sets, and a post whose words stood in a file of any other set was left out. Since then the models also learn from other posts
of some of these sets (`training/collected/`), labelled by a reader of the kind that labelled these: part of what the models
agree on may be that reader's habits. The terms of most sets do not let us copy them: the repository keeps the place and a
hash of each, and this script checks that they are the same.

**The labels were not made by people.** A large language model labelled every post by `training/written/GUIDELINES.md`, in two
separate runs. Neither run saw the other's labels, nor what any model of this project says. Readers of one kind share their
habits: they agree more than two people would, so the bar that they set is a high one. The labels are in
`training/unseen/*.first.tsv` and `*.second.tsv`; neither is the truth.

**The figures** are Cohen's κ, with 95 % intervals from {DRAWS:,} bootstrap draws of posts; 1 is full agreement, 0 what
chance gives. The aim: the model agrees with either labelling at most {ALLOWED:.2f} less than the two agree. A post that a tier
cannot tell never agrees. Flags: {", ".join(FLAGS)}. An en dash: not read, or found by neither reader.
"""


def _agreements(question: Question, read: Read) -> dict[str, Agreement | None]:
    return {name: agreement(question, *pair) for name, pair in read.pairs().items()}


def _table(
    found: dict[str, dict[str, Agreement | None]], read: Read, counts: dict[str, str] | None = None
) -> str:
    columns = ["posts", *read.pairs()] if counts else list(read.pairs())
    lines = [f"| read | {' | '.join(columns)} |", f"|---|{'--:|' * len(columns)}"]
    for name, of_pairs in found.items():
        cells = [counts[name]] if counts else []
        cells += ["–" if one is None or one.value != one.value else str(one) for one in of_pairs.values()]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _counts(read: Read) -> dict[str, str]:
    first, second = (
        Counter(name for labels in said.values() for name in labels.intents or ())
        for said in (read.first, read.second)
    )
    return {name: f"{first[name]} / {second[name]}" for name in INTENTS}


def _verdicts(found: dict[str, dict[str, Agreement | None]], read: Read) -> Iterator[str]:
    """Whether the aim is met, one line a tier and question."""
    for tier in read.tiers:
        for question in DECISIVE:
            of = found[question.name]
            both, worst = of["first and second"], [of[f"{tier} and first"], of[f"{tier} and second"]]
            reached = [one.value for one in worst if one]
            if both is None or not reached:
                yield f"- {tier}, {question.name}: not read yet."
                continue
            short = both.value - min(reached)
            verdict = "**met**" if short <= ALLOWED else "**missed**"
            side = "below" if short >= 0 else "above"
            yield f"- {tier}, {question.name}: {verdict}; κ with the further labelling is {abs(short):.2f} {side} the two's own."


def _by_set(read: Read) -> str:
    sets = {key.id: source_of(key.file).name for key in keys(read.lang)}
    lines = [f"| set | posts | {' | '.join(read.pairs())} |", f"|---|--:|{'--:|' * len(read.pairs())}"]
    for name, posts in Counter(sets.values()).most_common():
        cells = []
        for one, other in read.pairs().values():
            same = sum(one[at].sentiment == other[at].sentiment for at, of in sets.items() if of == name)
            cells.append(f"{same / posts:.0%}")
        lines.append(f"| {name} | {posts} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--write", type=Path, help="the page")
    given = arguments.parse_args()
    said = page([collected(lang, given.data) for lang in LANGUAGES])
    print(said)
    if given.write:
        given.write.write_text(said, encoding="utf-8")


if __name__ == "__main__":
    main()
