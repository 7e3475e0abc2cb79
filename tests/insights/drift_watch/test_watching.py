"""From a store of posts to the table, the sentence, and who is compared with whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest

from outlisten import sample
from outlisten.insights.drift_watch import JudgedPosts, drift, sentence, verdict
from outlisten.posts import PostStore
from outlisten.query import parse

MONTHS = [datetime(2026, at, 3, 12, tzinfo=UTC) for at in (1, 2, 3)]
EACH = 320
Make = Callable[..., pa.Table]


def texts(lang: str, start: int, n: int = EACH) -> list[str]:
    """Posts of the sample: Chinese reviews, or English complaints."""
    found = [post for table in sample.posts() for post in table.select(["text", "source"]).to_pylist()]
    chinese = [post["text"] for post in found if any("一" <= sign <= "鿿" for sign in post["text"])]
    english = [post["text"][:300] for post in found if post["text"].isascii()]
    pool = {"zh": chinese, "en": english}[lang]
    return [pool[(start + at) % len(pool)] for at in range(n)]


def kept(store: PostStore, make_posts: Make, *months: list[str], step: timedelta | None = None) -> PostStore:
    """A list of texts a month (or a step apart), each post by somebody else."""
    rows = [
        {"text": text, "native_id": f"{at}-{n}", "author_id": f"u{at}-{n}", "voice": "earned",
         "created_at": MONTHS[0] + at * step if step else MONTHS[at]}
        for at, month in enumerate(months)
        for n, text in enumerate(month)
    ]  # fmt: skip
    store.add(make_posts(*rows))
    return store


def test_months_alike_are_fine_in_both_languages(store: PostStore, make_posts: Make) -> None:
    kept(store, make_posts, texts("en", 0), texts("en", 400), texts("en", 800))
    found = drift(store, None)
    said = verdict(found)
    assert (said.state, said.reference, said.newest) == ("fine", datetime(2026, 1, 1), datetime(2026, 3, 1))
    assert sentence(said, "month").startswith("Fine: the posts of 2026-03 are like those of 2026-01")
    assert sentence(said, "month", "zh-hans").startswith("正常：2026年03月的帖子与2026年01月的相似")
    english = [row for row in found.table.to_pylist() if row["lang"] == "en"]
    assert [row["state"] for row in english] == ["reference", "fine", "fine"]
    assert english[0]["tone_psi"] is None
    for row in english:
        assert sum(row[tone] for tone in ("negative", "neutral", "positive")) == pytest.approx(1)
        assert store.count(parse(row["evidence"])).value <= row["posts"] == EACH


def test_a_month_in_another_language_is_said_with_its_name(store: PostStore, make_posts: Make) -> None:
    kept(store, make_posts, texts("en", 0), texts("en", 400, 100) + texts("zh", 0, 250))
    said = verdict(drift(store, None))
    assert (said.state, said.measure) == ("few", ""), "no language has enough posts in both months"
    mix = drift(store, None).table.to_pylist()[-3]
    assert (mix["lang"], mix["state"]) == (None, "again")
    assert mix["mix_psi"] > 0.25


def test_other_posts_of_the_same_language_call_for_labels(store: PostStore, make_posts: Make) -> None:
    praise = [f"I love the {thing}, thank you so much!" for thing in ("app", "tea", "staff", "shop")] * 80
    kept(store, make_posts, texts("en", 0), praise)
    said = verdict(drift(store, None))
    assert said.state == "again"
    assert said.measure in ("tone", "confidence")
    assert "Label again: the posts of 2026-02 are no longer like" in sentence(said, "month")
    assert "需重新标注" in sentence(said, "month", "zh-hans")


def test_weeks_stand_in_where_months_are_too_few(store: PostStore, make_posts: Make) -> None:
    kept(store, make_posts, texts("en", 0), texts("en", 400), step=timedelta(weeks=1))
    found = drift(store, None)
    assert found.settings["bucket"] == "week"
    assert verdict(found).reference == datetime(2025, 12, 29)


def test_the_window_of_the_labels_is_the_reference(store: PostStore, make_posts: Make) -> None:
    kept(store, make_posts, texts("en", 0), texts("en", 400), texts("en", 800))
    later = drift(store, None, reference=datetime(2026, 2, 20, tzinfo=UTC))
    assert verdict(later).reference == datetime(2026, 2, 1)
    newest = drift(store, None, reference=datetime(2026, 3, 20, tzinfo=UTC))
    assert verdict(newest).state == "reference"
    assert "nothing came since" in sentence(verdict(newest), "month")
    nowhere = drift(store, None, reference=datetime(2026, 11, 20, tzinfo=UTC))
    assert verdict(nowhere).reference == datetime(2026, 1, 1)


def test_people_who_say_otherwise_than_the_models_count_more_than_any_index(
    store: PostStore, make_posts: Make
) -> None:
    kept(store, make_posts, texts("en", 0), texts("en", 400))
    wrong = JudgedPosts.made_of([MONTHS[1]] * 60, ["en"] * 60, [n < 30 for n in range(60)], [0.85] * 60)
    said = verdict(drift(store, None, judged=wrong))
    assert (said.state, said.measure, said.psi) == ("again", "labels", None)
    assert "50 % (38–62) of 60 labelled posts in English, where their chances promise 85 %" in sentence(
        said, "month"
    )
    assert "标注过的 60 条英文帖子中读对 50%" in sentence(said, "month", "zh-hans")


@pytest.mark.parametrize("locale", ["en", "zh-hans"])
def test_too_few_posts_are_said_to_be_too_few(store: PostStore, make_posts: Make, locale) -> None:
    kept(store, make_posts, texts("zh", 0, 199), texts("zh", 0, 199))
    found = drift(store, None)
    assert found.table.num_rows == 0
    assert found.note("drift_too_few") is not None
    assert "200" in sentence(verdict(found), "month", locale)


def test_what_is_kept_does_not_decide(store: PostStore, make_posts: Make) -> None:
    """A newer model that read half of the posts is no drift of the posts."""
    rows = [
        {"text": text, "native_id": f"{at}-{n}", "author_id": f"u{at}-{n}", "created_at": MONTHS[at],
         "sentiment": "positive" if at else "negative", "sentiment_score": 0.99 if at else 0.4, "model": f"m@{at}"}
        for at in range(2)
        for n, text in enumerate(texts("en", 500 * at))
    ]  # fmt: skip
    store.add(make_posts(*rows))
    assert verdict(drift(store, None)).state == "fine"
