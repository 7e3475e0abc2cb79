"""Which sets teach, tune and test which task: every test text is kept out of training.

The written examples come first in every list of training parts: the intercept of the first part ships. A fifth of those
that are not sealed tunes (calibration, thresholds, settings), and a fifth of the collected posts that were labelled here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from collected.posts import ASKED, TUNED, labelled_posts
from heads import sources
from heads.labelled import Labelled, folded, keys, labelled
from sentiment_data import NEGATIVE, NEUTRAL, POSITIVE, semeval, shopping
from written.examples import REASONS as REASON_CODES
from written.examples import Labels, examples, later_texts, tuning_texts

from outlisten.language.fast.tasks import TASKS, URGENCY_LEVELS

# Of the collected posts that were labelled here: there are many, few of them want anything, and fewer still are marked.
COLLECTED_WEIGHT, COLLECTED_WEIGHT_OF = 0.3, {"flags": 0.1}
SOME = 1 / 3  # of the largest sets: more comments on one network hardly help and cost most of the time
FLAG_CODES = {
    "promo": "promotional", "spam": "spam", "sarcasm": "sarcasm", "offensive": "offensive", "disclosed": "disclosed",
}  # fmt: skip
LABELS_OF: dict[str, Callable[[Labels], set[str]]] = {
    "sentiment": lambda said: {said.sentiment},
    "intent": lambda said: set(said.intents),
    "emotion": lambda said: {said.emotion},
    "urgency": lambda said: {URGENCY_LEVELS[said.urgency]},
    "urgency_reasons": lambda said: (
        {REASON_CODES[code].split()[-1] for code in said.reasons} - {"contact"}
        | ({"contacted"} if "c" in said.reasons else set())
    ),
    "flags": lambda said: {FLAG_CODES[flag] for flag in said.flags if flag in FLAG_CODES},
}
TWEETS = {"0": "anger", "1": "joy", "2": "optimism", "3": "sadness"}
COMMENTS = {
    "anger": "anger annoyance", "joy": "joy amusement excitement love admiration pride relief",
    "sadness": "sadness grief disappointment remorse", "fear": "fear nervousness", "surprise": "surprise",
    "disgust": "disgust", "optimism": "optimism", "gratitude": "gratitude", "neutral": "neutral",
}  # fmt: skip
WEIBO = {
    "angry": "anger", "happy": "joy", "sad": "sadness", "fear": "fear", "surprise": "surprise", "neutral": "neutral",
}  # fmt: skip
FEELINGS = {
    "0": "fear", "1": "disgust", "2": "optimism", "3": "surprise", "4": "gratitude", "5": "sadness", "6": "anger",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TaskSets:
    """The parts of one task in one language, by use."""

    train: list[Labelled]
    tune: list[Labelled]
    test: list[Labelled]


def written(lang: str, task: str) -> tuple[Labelled, Labelled, Labelled]:
    """The written examples: those that train, those that tune, and the sealed third."""
    found = list(examples(lang))
    parts = []
    for sealed in (False, True):
        rows = [(one.text, LABELS_OF[task](one.settled)) for one in found if one.sealed == sealed]
        parts.append(labelled(("written", "sealed" if sealed else "open", lang), TASKS[task].labels, rows))
    tune, train = parts[0].halved(TUNED, "open, a fifth", "open, four fifths")
    return train, tune, parts[1]


def read_here(lang: str, task: str, data: Path) -> tuple[list[Labelled], list[Labelled]]:
    """What was labelled later, none of it a test: written texts, and collected posts. Those that train, those that tune."""
    named, labels = LABELS_OF[task], TASKS[task].labels
    later = ((text, named(said)) for text, said in later_texts(lang))
    posts = ((text, named(said)) for text, said in labelled_posts(lang, data))
    chosen = ((text, named(said)) for text, said in tuning_texts(lang))
    written_later = labelled(("written", "second edition", lang), labels, later)
    choosing = labelled(("written", "to choose thresholds", lang), labels, chosen)
    tune, train = labelled(("collected", "labelled here", lang), labels, posts).halved(
        TUNED, "labelled here, a fifth", "labelled here, four fifths"
    )
    return [
        written_later.as_first(),
        train.weighing(COLLECTED_WEIGHT_OF.get(task, COLLECTED_WEIGHT)).as_first(),
    ], [
        choosing,
        tune.only(range(0, len(tune), ASKED)),
    ]


def task_sets(lang: str, task: str, data: Path) -> TaskSets:
    """The parts of a task that is not sentiment, each text in one place: tests first, then tuning, then training."""
    train, tune, sealed = written(lang, task)
    more = COLLECTED.get((lang, task), _nothing)(data)
    here, tuned_here = read_here(lang, task, data)
    if task == "emotion":
        tuned_here = []  # public sets tune it: there people chose among these labels
    tests = [sealed, *more.test]
    taken = keys(tests)
    tunes = [part.without(taken) for part in [tune, *tuned_here, *more.tune]]
    taken |= keys(tunes)
    trains = [train, *here, *plain_posts(lang, task, data), *more.train]
    return TaskSets([part.without(taken) for part in trains], tunes, tests)


def _nothing(data: Path) -> TaskSets:
    return TaskSets([], [], [])


def _english_emotion(data: Path) -> TaskSets:
    names = {old: new for new, olds in COMMENTS.items() for old in olds.split()}

    def tweets(split: str) -> Labelled:
        name = ("tweeteval/emotion", split, "en")
        return folded(name, TASKS["emotion"].labels, sources.tweeteval(data, "emotion", split), TWEETS)

    def comments(split: str) -> Labelled:
        rows = (
            (text, {names[label] for label in labels})
            for text, labels in sources.goemotions(data, split)
            if labels <= names.keys()
        )
        only = ((text, labels) for text, labels in rows if len(labels) == 1)
        return labelled(("goemotions", split, "en"), TASKS["emotion"].labels, only)

    some, _ = comments("train").halved(SOME, "train, a third", "train, the others")
    return TaskSets(
        [tweets("train").weighing(2.0), some], [tweets("val"), comments("dev")],
        [tweets("test"), comments("test")],
    )  # fmt: skip


def _chinese_emotion(data: Path) -> TaskSets:
    def weibo(name: str) -> Labelled:
        whole = ("smp2020_ewect", name, "zh")
        return folded(whole, TASKS["emotion"].labels, sources.ewect(data, name), WEIBO)

    name = ("covid19_weibo", "labelled", "zh")
    feelings = folded(name, TASKS["emotion"].labels, sources.covid_weibo(data), FEELINGS)
    train = [weibo("usual_eval_labeled").weighing(2.0), weibo("virus_train"), feelings.weighing(0.5)]
    return TaskSets(
        train, [weibo("virus_eval_labeled")], [weibo("usual_test_labeled"), weibo("virus_test_labeled")]
    )


def _english_intents(data: Path) -> TaskSets:
    labels = TASKS["intent"].labels
    comparing = labelled(
        ("liu_opinion_sets", "comparative sentences", "en"), labels,
        ((text, {"comparison"} if yes else set()) for text, yes in sources.comparative(data)), {"comparison"},
    )  # fmt: skip
    names = {"gratitude": "thanks", "admiration": "praise"}
    thanking = labelled(
        ("goemotions", "train, every third", "en"), labels,
        ((text, {names[one] for one in found if one in names}) for text, found in sources.goemotions(data, "train")[::3]),
        {"thanks"},
    )  # fmt: skip
    complaining = labelled(
        ("cfpb_complaints", "demo, and comcast_complaints_2015", "en"), labels,
        ((text, {"complaint"}) for text in sources.complaints(data)), {"complaint", "thanks", "praise"},
    )  # fmt: skip
    return TaskSets([comparing.weighing(0.5), thanking.weighing(0.2), complaining.weighing(0.3)], [], [])


def _english_flags(data: Path) -> TaskSets:
    labels = TASKS["flags"].labels

    def tweets(task: str, split: str, flag: str) -> Labelled:
        rows = ((text, {flag} if yes == "1" else set()) for text, yes in sources.tweeteval(data, task, split))
        return labelled((f"tweeteval/{task}", split, "en"), labels, rows, {flag})

    spam = ((text, {"spam"} if yes == "1" else set()) for text, yes in sources.youtube(data))
    videos = labelled(("youtube_spam", "all", "en"), labels, spam, {"spam"})
    hidden, others = videos.halved(0.25, "a quarter", "three quarters")
    tuned, taught = others.halved(0.4, "a fifth", "the rest")
    return TaskSets(
        [
            tweets("offensive", "train", "offensive"),
            taught,
            tweets("irony", "train", "sarcasm").weighing(0.1),
        ],
        [tweets("offensive", "val", "offensive"), tuned],
        [tweets("offensive", "test", "offensive"), hidden],
    )


def _chinese_flags(data: Path) -> TaskSets:
    def comments(split: str) -> Labelled:
        rows = ((text, {"offensive"} if yes == "1" else set()) for text, yes in sources.cold(data, split))
        return labelled(("cold", split, "zh"), TASKS["flags"].labels, rows, {"offensive"})

    some, _ = comments("train").halved(SOME, "train, a third", "train, the others")
    return TaskSets([some], [comments("dev")], [comments("test")])


NOTHING = {
    "intent": {"help", "complaint", "suggestion", "praise", "thanks", "purchase", "leaving", "comparison"},
    "urgency": set(URGENCY_LEVELS), "urgency_reasons": set(TASKS["urgency_reasons"].labels),
    "flags": {"spam", "sarcasm", "disclosed"},
}  # fmt: skip


def plain_posts(lang: str, task: str, data: Path) -> list[Labelled]:
    """Posts that their labellers called neutral: they want nothing and press for nothing. A little of what heads learnt
    from written examples alone must hear of the rest of the world.
    """
    if task not in NOTHING:
        return []
    if lang == "en":
        part = semeval(data)
        name = ("semeval2017_task4a", "neutral, every fifth", "en")
        texts = [text for text, label in part.rows if label == NEUTRAL][::5]
    else:
        name = ("smp2020_ewect", "virus_train, neutral", "zh")
        texts = [text for text, label in sources.ewect(data, "virus_train") if label == "neutral"]
    truth = {URGENCY_LEVELS[0]} if task == "urgency" else set()
    rows = ((text, truth) for text in texts)
    return [labelled(name, TASKS[task].labels, rows, NOTHING[task]).weighing(0.2).as_first()]


def _chinese_intents(data: Path) -> TaskSets:
    names = {POSITIVE: "praise", NEGATIVE: "complaint"}
    rows = ((text, {names[label]}) for text, label in shopping(data, "train").rows[::15])
    name = ("online_shopping_10_cats", "train, every fifteenth", "zh")
    reviews = labelled(name, TASKS["intent"].labels, rows, {"praise", "complaint"})
    return TaskSets([reviews.weighing(0.2)], [], [])


def suggestions(data: Path) -> Labelled:
    """English sentences of a software forum, suggestions or not: evaluated on only."""
    rows = ((text, {"suggestion"} if yes == "1" else set()) for text, yes in sources.suggestions(data))
    name = ("semeval2019_task9a", "evaluation", "en")
    return labelled(name, TASKS["intent"].labels, rows, {"suggestion"})


COLLECTED: dict[tuple[str, str], Callable[[Path], TaskSets]] = {
    ("en", "emotion"): _english_emotion,
    ("zh", "emotion"): _chinese_emotion,
    ("en", "intent"): _english_intents,
    ("zh", "intent"): _chinese_intents,
    ("en", "flags"): _english_flags,
    ("zh", "flags"): _chinese_flags,
}


def texts(parts: Iterable[Labelled]) -> list[str]:
    """Every text of some parts."""
    return [text for part in parts for text in part.texts]
