"""The page Mirror: words, own posts and answers of a company, and what a source cannot show."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.http import QueryDict

from outlisten.app.listening import mirror_measures
from outlisten.app.listening.models import Brand, DeclaredAccount, Workspace
from outlisten.app.listening.queries import mirror as queries
from outlisten.insights.mirror import read_side

from .conftest import NEWEST

PART = {"HX-Request": "true"}
OWN = [f"海港咖啡为您准备了 第{n}款 精选 cake{n % 7} premium quality selection" for n in range(40)]
SAID = ["Harbour queue endless", "海港 排队 太久", "Harbour waiter rude", "海港 叫号 坏了"]


@pytest.fixture
def talk(pages_store, make_posts, brands):
    """Harbour sells forty times on Weibo; seventy customers ask on X, thirty of them are answered after an hour."""
    own = [
        {"native_id": f"p{n}", "platform": "weibo", "author_handle": "HarbourCafe", "voice": "owned", "text": text,
         "lang": "zh", "created_at": NEWEST - timedelta(days=n % 30)}
        for n, text in enumerate(OWN)
    ]  # fmt: skip
    asked = [
        {"native_id": f"q{n}", "author_handle": f"guest{n}", "to": "HarbourCafe", "voice": "earned", "lang": "en",
         "text": f"{SAID[n % 4]} table{n % 5}", "thread": f"q{n}", "created_at": NEWEST - timedelta(days=2)}
        for n in range(70)
    ]  # fmt: skip
    answers = [
        {"native_id": f"a{n}", "author_handle": "HarbourCafe", "to": f"guest{n}", "reply_to": f"q{n}", "thread": f"q{n}",
         "voice": "owned", "text": "Sorry! Send us a DM", "lang": "en",
         "created_at": NEWEST - timedelta(days=2) + timedelta(hours=1)}
        for n in range(30)
    ]  # fmt: skip
    DeclaredAccount.objects.create(
        platform="x", account="HarbourCafe", folded="harbourcafe", voice="owned", brand=brands[0]
    )
    pages_store.add(make_posts(*own, *asked, *answers))
    return pages_store


def test_our_brand_is_looked_at_unasked(talk, browser, brands):
    page = browser("viewer").get("/mirror/").content.decode()
    assert f'hx-get="/mirror/words?who=brand-{brands[0].pk}' in page
    assert "Who takes part" in page


def test_who_was_answered_and_after_how_long(talk, browser):
    part = browser("viewer").get("/mirror/answers?period=all", headers=PART).content.decode()
    assert "43 % (32–55) of 70 people who addressed Harbour got an answer in public." in part
    assert "nine of ten within longer than was seen" in part
    assert "no answer" in part


@pytest.mark.parametrize(
    ("language", "said"), [("en", "cannot be seen in this source"), ("zh-hans", "从这个来源看不到")]
)
def test_a_source_without_answers_is_not_zero(pages_store, make_posts, brands, browser, language, said):
    asked = [
        {"native_id": f"c{n}", "platform": "cfpb", "to": "Harbour", "voice": "unknown", "text": "Harbour lost my file",
         "created_at": NEWEST}
        for n in range(3)
    ]  # fmt: skip
    pages_store.add(make_posts(*asked))
    part = browser("viewer", language=language).get("/mirror/answers", headers=PART).content.decode()
    assert said in part
    assert "0 %" not in part
    assert "0%" not in part


def test_words_of_both_sides_stand_beside_each_other_and_open_their_posts(talk, browser):
    part = browser("viewer").get("/mirror/words?period=all", headers=PART).content.decode()
    ours, theirs = part.split("Words of customers about")
    assert "premium" in ours
    assert "排队" in theirs
    assert "/compare/quotes?q=" in theirs
    assert "away from those of its customers; two random halves" in part


def test_own_posts_show_the_words_that_say_what_they_are(talk, browser):
    part = browser("viewer").get("/mirror/own-posts?period=all", headers=PART).content.decode()
    assert "43 % (32–55) of 70 own posts of Harbour are conversation" in part
    assert "“Sorry”" in part


def test_a_company_without_any_post_is_told_so_and_not_drawn(talk, browser, brands):
    address = f"who=brand-{brands[1].pk}&period=all"
    client = browser("viewer")
    assert (
        "No post of Valley itself is kept"
        in client.get(f"/mirror/own-posts?{address}", headers=PART).content.decode()
    )
    assert (
        "Nothing that this company wrote is kept"
        in client.get(f"/mirror/words?{address}", headers=PART).content.decode()
    )
    assert (
        "Nobody is kept who addressed Valley"
        in client.get(f"/mirror/answers?{address}", headers=PART).content.decode()
    )


def test_an_unknown_company_and_a_bad_period_get_one_sentence(talk, browser):
    answer = browser("viewer").get("/mirror/?who=brand-999")
    assert answer.status_code == 400
    assert "is no brand or company account here" in answer.content.decode()
    assert browser("viewer", email="b@example.org").get("/mirror/?since=yesterday").status_code == 400


def test_a_hostile_account_is_only_text(pages_store, make_posts, archive, browser):
    bad = {
        "native_id": "x",
        "author_handle": "<script>alert(1)</script>",
        "voice": "owned",
        "text": "=cmd 八折",
        "created_at": NEWEST,
    }
    pages_store.add(make_posts(bad))
    client = browser("viewer")
    for path in ("/mirror/", "/mirror/own-posts", "/mirror/answers", "/mirror/words"):
        page = client.get(path).content.decode()
        assert "<script>alert" not in page


def test_an_empty_installation_says_where_to_start(pages_store, archive, browser):
    Brand.objects.all().delete()
    assert "Nobody to look at yet" in browser("owner").get("/mirror/").content.decode()


def test_the_measures_of_statements_one_and_four_have_their_intervals(talk, account):
    reader = account("viewer")
    found = mirror_measures.answered(reader)
    assert (round(found.value, 2), round(found.low, 2), round(found.high, 2)) == (0.43, 0.32, 0.55)
    assert mirror_measures.conversation(reader).value == pytest.approx(3 / 7)
    assert mirror_measures.image_distance(reader).value > 0.5
    assert mirror_measures.time_to_answer(reader).value is None  # fewer than half have an answer so far


def test_measures_without_data_say_what_is_lacking(pages_store, brands, account):
    for measure in (mirror_measures.image_distance, mirror_measures.answered, mirror_measures.conversation):
        found = measure(account("viewer", email=f"{measure.__name__}@example.org"))
        assert found.value is None
        assert found.missing
        assert found.next_step


@pytest.mark.parametrize(("language", "said"), [("en", "wrote too much here"), ("zh-hans", "企业的帖子太多")])
def test_what_was_not_read_is_said(talk, browser, monkeypatch, language, said):
    monkeypatch.setattr("outlisten.insights.mirror.talk.READ", 20)
    client = browser("viewer", language=language)
    for panel in ("own-posts", "answers"):
        assert said in client.get(f"/mirror/{panel}?period=all", headers=PART).content.decode()


def test_a_thousand_declared_accounts_are_looked_at_as_one_company(talk, browser, brands):
    DeclaredAccount.objects.bulk_create(
        DeclaredAccount(platform="x", account=f"门店{n}", folded=f"门店{n} branch of harbour", voice="employee", brand=brands[0])
        for n in range(1_000)
    )  # fmt: skip
    part = browser("viewer").get("/mirror/words?period=all", headers=PART).content.decode()
    assert "premium" in part.split("Words of customers about")[0]


@pytest.mark.parametrize("handle", ["AT&T", "海港&咖啡", "a=b#c"])
def test_a_handle_with_signs_stays_whole_in_addresses(pages_store, make_posts, archive, browser, handle):
    post = {
        "native_id": "s",
        "author_handle": handle,
        "voice": "owned",
        "text": "Good morning",
        "created_at": NEWEST,
    }
    pages_store.add(make_posts(post))
    viewer = browser("viewer")
    page = viewer.get("/mirror/", {"who": f"account-{handle}"}).content.decode()
    addresses = [html.unescape(found) for found in re.findall(r'href="(\?who=[^"]+)"', page)]
    asked = [QueryDict(address[1:]) for address in addresses]
    assert asked
    assert {one["who"] for one in asked} == {f"account-{handle}"}


def test_by_the_clock_a_page_asks_once_a_minute(talk, browser, brands, monkeypatch):
    Workspace.objects.update(as_of=Workspace.AsOf.CLOCK)
    asked = []
    monkeypatch.setattr(queries, "read_side", lambda *all_of_it: asked.append(1) or read_side(*all_of_it))
    viewer = browser("viewer")
    viewer.get("/mirror/own-posts?period=30d", headers=PART)
    viewer.get("/mirror/answers?period=30d", headers=PART)
    assert asked == [1]
