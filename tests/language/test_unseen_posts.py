"""The unseen posts: keys and labels that fit, figures that are right, and no post that a model has learned from."""

from __future__ import annotations

import csv
import math
import os
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.append(str(Path(__file__).parents[2] / "training"))
from unseen import agreement, kappa, labels, posts, questions, sources

REPOSITORY = Path(__file__).parents[2]
SHARED = Path(os.environ.get("OUTLISTEN_SHARED", REPOSITORY.parent / "shared")) / "data"
needs_data = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the reference data are not beside the repository"),
]


@pytest.mark.parametrize("lang", posts.LANGUAGES)
class TestKeptHere:
    def test_two_hundred_posts_stand_once_each(self, lang: str) -> None:
        keys = posts.keys(lang)
        assert len(keys) == len({key.id for key in keys}) == len({key.hash for key in keys}) == 200
        assert len({(key.file, key.row) for key in keys}) == 200

    def test_every_set_gives_what_it_should(self, lang: str) -> None:
        given = [posts.source_of(key.file).name for key in posts.keys(lang)]
        wanted = {source.name: source.posts for source in sources.SOURCES if source.lang == lang}
        assert {name: given.count(name) for name in wanted} == wanted

    @pytest.mark.parametrize("which", ["first", "second"])
    def test_each_post_is_labelled_in_the_guidelines_terms(self, lang: str, which: str) -> None:
        said = labels.labelled(posts.FOLDER / f"{lang}.{which}.tsv")
        assert list(said) == [key.id for key in posts.keys(lang)]
        assert {found.sentiment for found in said.values()} == set(labels.SENTIMENTS)


def test_labels_that_the_guidelines_do_not_have_are_refused(tmp_path: Path) -> None:
    table = tmp_path / "zh.first.tsv"
    table.write_text("zh001\tpos\tpraise,buying\t0\t-\tjoy\n", encoding="utf-8")
    with pytest.raises(ValueError, match="zh001 has labels that the guidelines do not have"):
        labels.labelled(table)


def said(sentiment: str | None, *intents: str) -> labels.Labels:
    return labels.Labels(sentiment, frozenset(intents), 0, frozenset(), "neutral")


class TestKappa:
    def test_it_is_cohens(self) -> None:
        first = np.repeat([0, 0, 1, 1], [20, 5, 10, 15])
        second = np.repeat([0, 1, 0, 1], [20, 5, 10, 15])
        assert kappa.kappa(first, second) == pytest.approx(0.4)

    def test_a_near_miss_costs_less_where_labels_are_ordered(self) -> None:
        first, near, far = np.array([0, 1, 2, 3]), np.array([1, 1, 2, 3]), np.array([3, 1, 2, 3])
        assert kappa.kappa(first, near, ordered=True) > kappa.kappa(first, far, ordered=True)
        assert kappa.kappa(first, near) == pytest.approx(kappa.kappa(first, far), abs=0.02)

    def test_one_label_alone_leaves_nothing_to_agree_on(self) -> None:
        assert math.isnan(kappa.kappa(np.zeros(9, np.int64), np.zeros(9, np.int64)))

    def test_the_mean_leaves_out_what_nobody_found(self) -> None:
        first = np.array([[1, 0], [0, 0], [1, 0], [0, 0]])
        assert kappa.mean_kappa(first, first) == pytest.approx(1)

    def test_the_interval_holds_the_value_and_is_the_same_every_time(self) -> None:
        first = [0, 1, 2, 0, 1, 2, 0, 1, 2, 0] * 5
        second = [0, 1, 2, 0, 1, 1, 0, 1, 2, 2] * 5
        one, again = (kappa.with_interval(kappa.kappa, first, second) for _ in range(2))
        assert one.low < one.value < one.high
        assert one == again


class TestQuestions:
    def test_a_post_that_cannot_be_told_never_agrees(self) -> None:
        sure = {"a": said("positive"), "b": said("negative"), "c": said("neutral")}
        unsure = {**sure, "c": said(None)}
        found = questions.agreement(questions.SENTIMENT, sure, unsure)
        assert found is not None
        assert found.value < 1
        never = {post: said(None) for post in sure}
        assert questions.agreement(questions.SENTIMENT, sure, never) is None

    def test_intents_agree_class_by_class(self) -> None:
        one = {"a": said("neutral", "help"), "b": said("neutral"), "c": said("neutral", "praise")}
        found = questions.agreement(questions.INTENTS_MEAN, one, one)
        assert found is not None
        assert found.value == pytest.approx(1)

    def test_the_page_says_who_labelled_and_whether_the_aim_is_met(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(kappa, "DRAWS", 20)
        first = {
            f"zh{at:03}": said(labels.SENTIMENTS[at % 3], "help" if at % 2 else "praise")
            for at in range(1, 201)
        }
        model = {post: said("neutral") if post < "zh100" else one for post, one in first.items()}
        page = agreement.page([agreement.Read("zh", first, first, {"fast": model}, {"fast": "m@1"})])
        assert "not made by people" in page
        assert "fast, sentiment: **missed**" in page
        assert "fast, intents, pooled: **missed**" in page


class TestPosts:
    pytestmark = needs_data

    @pytest.mark.parametrize("lang", posts.LANGUAGES)
    def test_every_text_is_found_where_its_key_says(self, lang: str) -> None:
        found = posts.texts(lang, SHARED)
        assert len(found) == 200
        assert max(map(len, found.values())) <= 300

    def test_no_post_is_among_the_labelled_ones_of_its_own_set(self) -> None:
        labelled = sources.content(SHARED / "covid19_weibo" / "labeledData.csv.gz").splitlines()
        trained = {sources.letters(row["review"]) for row in csv.DictReader(labelled)}
        assert len(trained) > 9_000
        assert posts.held_out(SHARED).isdisjoint(trained)


def test_another_text_in_the_place_of_a_labelled_one_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = "asap_sample/dev_sample.csv"
    (tmp_path / "asap_sample").mkdir()
    with (tmp_path / file).open("w", encoding="utf-8", newline="") as table:
        csv.writer(table).writerows([["index", "reviewbody"], ["1", "好吃"]])
    right = posts.key_of(file, 0, "好吃")
    monkeypatch.setattr(posts, "keys", lambda lang, folder: [right.named("zh001")])
    assert posts.texts("zh", tmp_path) == {"zh001": "好吃"}
    monkeypatch.setattr(posts, "keys", lambda lang, folder: [posts.key_of(file, 0, "难吃").named("zh001")])
    with pytest.raises(ValueError, match="has another text in row 0"):
        posts.texts("zh", tmp_path)
