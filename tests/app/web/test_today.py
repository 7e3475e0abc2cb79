"""Today: one sentence first, and only what is beyond chance stands out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from outlisten.app.listening.models import Brand
from outlisten.app.listening.queries.names import workspace
from outlisten.app.people.models import Account
from outlisten.app.people.rules import Refused
from outlisten.app.web.standing_out import standing_out
from outlisten.app.web.today import glance, newest_words
from outlisten.posts import PostStore

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]
Make = Callable[..., pa.Table]
NOW = datetime.now(UTC).replace(microsecond=0)


def many(
    text: str, count: int, *, days_ago: float = 1, tone: str = "neutral", start: int = 0
) -> list[dict[str, object]]:
    """Posts of as many authors."""
    when = NOW - timedelta(days=days_ago)
    return [
        {"text": text, "native_id": str(start + n), "author_id": f"{start + n}", "created_at": when, "lang": "en",
         "sentiment": tone, "voice": "earned"}
        for n in range(count)
    ]  # fmt: skip


@pytest.fixture
def archive(db: None) -> None:
    here = workspace()
    here.as_of = here.AsOf.NEWEST
    here.save()


def lead(client: Client) -> str:
    page = client.get("/").content.decode()
    return " ".join(page.split('<p class="ol-lead">')[1].split("</p>")[0].split())


def test_an_empty_store_says_what_will_be_here_and_the_one_thing_to_do(
    browser: Browser, pages_store: PostStore
) -> None:
    page = browser().get("/").content.decode()
    assert "No posts yet" in page
    assert 'href="/import/"' in page


def test_who_may_not_import_is_not_told_to(browser: Browser, pages_store: PostStore) -> None:
    assert 'href="/import/"' not in browser("viewer").get("/").content.decode()


def test_a_second_look_does_not_work_out_again_what_is_left_out(
    browser: Browser, pages_store: PostStore, make_posts: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages_store.add(make_posts(*many("axi tea", 3)))
    Brand.objects.create(name="Axi", side="own", query="axi")
    asked: list[object] = []
    count = pages_store.facets
    monkeypatch.setattr(pages_store, "facets", lambda *of, **more: asked.append(of) or count(*of, **more))
    client = browser()
    client.get("/")
    first = len(asked)
    client.get("/")
    assert len(asked) == first > 0


def test_the_sentence_counts_the_week_and_names_the_brands(
    browser: Browser, pages_store: PostStore, make_posts: Make
) -> None:
    pages_store.add(
        make_posts(
            *many("axi tea", 3), *many("bolan tea", 2, start=10), *many("old", 9, days_ago=20, start=20)
        )
    )
    for name in ("Axi", "Bolan"):
        Brand.objects.create(name=name, query=name)
    today = f"{NOW:%-d %b %Y}"
    assert (
        lead(browser())
        == f"In the seven days to {today}, 5 posts came in. Most is said about Axi (3) and Bolan (2)."
    )


def test_the_sentence_in_chinese(
    browser: Browser, pages_store: PostStore, make_posts: Make, archive: None
) -> None:
    pages_store.add(make_posts({"text": "阿喜等位", "created_at": datetime(2026, 3, 9, tzinfo=UTC)}))
    Brand.objects.create(name="阿喜", query="阿喜")
    said = lead(browser(language="zh-hans"))
    assert said == "这份存档有 1 条帖子，写于2026年3月9日至2026年3月9日。谈得最多的是阿喜（1）。"


def test_a_quiet_week_says_when_the_newest_post_was(
    browser: Browser, pages_store: PostStore, make_posts: Make
) -> None:
    pages_store.add(make_posts({"text": "long ago", "created_at": datetime(2020, 5, 1, tzinfo=UTC)}))
    assert lead(browser()).endswith("the newest post is of 1 May 2020.")


def test_an_archive_says_which_day_counts_as_today(
    browser: Browser, pages_store: PostStore, make_posts: Make, archive: None
) -> None:
    pages_store.add(make_posts({"text": "then", "created_at": datetime(2020, 5, 1, tzinfo=UTC)}))
    assert "as of 1 May 2020, the newest post" in browser().get("/").content.decode()


def test_a_company_s_own_words_are_not_among_the_newest(
    browser: Browser, pages_store: PostStore, make_posts: Make
) -> None:
    own = {"text": "buy our tea", "native_id": "own", "created_at": NOW, "voice": "owned"}
    pages_store.add(make_posts(own, *many("cold tea again", 1)))
    page = browser().get("/").content.decode()
    assert "cold tea again" in page
    assert "buy our tea" not in page


def test_the_newest_words_are_shown_again_as_they_come_in(
    browser: Browser, pages_store: PostStore, make_posts: Make
) -> None:
    client = browser()
    pages_store.add(make_posts(*many("cold tea again", 1)))
    page = client.get("/?voice=earned").content.decode()
    for part in ("sentence", "newest"):
        assert f'hx-get="/today/{part}?voice=earned" hx-trigger="live:posts from:body"' in page
    pages_store.add(make_posts(*many("茶又是凉的", 1, days_ago=0, start=7)))
    shown = client.get("/today/newest").content.decode()
    assert shown.index("茶又是凉的") < shown.index("cold tea again")


def test_a_brand_whose_query_cannot_be_read_is_said_and_breaks_nothing(
    browser: Browser, pages_store: PostStore, make_posts: Make
) -> None:
    pages_store.add(make_posts(*many("axi", 1)))
    Brand.objects.create(name="Broken", query="(axi")
    client = browser()
    assert "its query cannot be asked" in client.get("/").content.decode()
    assert client.get("/today/brands").status_code == 200


def test_a_brand_with_many_more_posts_than_the_week_before_stands_out(
    account: Callable[..., Account], pages_store: PostStore, make_posts: Make
) -> None:
    before = [*many("axi", 40, days_ago=9, start=100), *many("bolan", 40, days_ago=9, start=200)]
    after = [*many("axi", 160, start=300), *many("bolan", 42, start=600)]
    pages_store.add(make_posts(*before, *after, *many("first", 1, days_ago=60, start=900)))
    Brand.objects.create(name="Axi", query="axi", side=Brand.Side.OWN)
    Brand.objects.create(name="Bolan", query="bolan")
    axi, bolan = standing_out(account("viewer"))
    assert (axi.name, axi.own, axi.more, axi.stands_out) == ("Axi", True, True, True)
    assert (bolan.name, bolan.stands_out) == ("Bolan", False)


def test_a_brand_spoken_of_worse_than_the_brands_beside_it_stands_out(
    account: Callable[..., Account], pages_store: PostStore, make_posts: Make, archive: None
) -> None:
    axi = [*many("axi", 360, tone="negative"), *many("axi", 40, tone="positive", start=400)]
    bolan = [*many("bolan", 40, tone="negative", start=800), *many("bolan", 360, tone="positive", start=900)]
    pages_store.add(make_posts(*axi, *bolan))
    Brand.objects.create(name="Axi", query="axi", group="tea")
    Brand.objects.create(name="Bolan", query="bolan", group="tea")
    Brand.objects.create(name="Alone", query="bolan OR axi", group="other")
    found = {
        row.name: (row.darker, row.lighter, row.others is None) for row in standing_out(account("viewer"))
    }
    assert found == {
        "Axi": (True, False, False),
        "Bolan": (False, True, False),
        "Alone": (False, False, True),
    }


def test_our_own_group_comes_first(
    account: Callable[..., Account], pages_store: PostStore, make_posts: Make
) -> None:
    pages_store.add(make_posts(*many("tea", 1)))
    for name, group, side in (
        ("A", "banks", "competitor"),
        ("Z", "tea", "competitor"),
        ("Ours", "tea", "own"),
    ):
        Brand.objects.create(name=name, query=name, group=group, side=side)
    assert [brand.name for brand in glance(account("viewer")).brands] == ["Ours", "Z", "A"]


def test_strangers_are_refused(pages_store: PostStore) -> None:
    for ask in (glance, newest_words, standing_out):
        with pytest.raises(Refused):
            ask(AnonymousUser())


def test_figures_are_looked_up_again_when_posts_come_in(
    account: Callable[..., Account], pages_store: PostStore, make_posts: Make
) -> None:
    Brand.objects.create(name="Axi", query="axi")
    reader = account("viewer")
    pages_store.add(make_posts(*many("axi", 1)))
    assert glance(reader).brands[0].posts == 1
    pages_store.add(make_posts(*many("axi", 1, start=5)))
    assert glance(reader).brands[0].posts == 2
