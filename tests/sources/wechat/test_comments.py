"""Comments under articles: all of them once, whatever happens on the way, and what becomes of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.sources.network import NOW, all_pages, ids, problem_of, stopped
from tests.sources.wechat.account import Account, comment

from outlisten.sources.problems import (
    CredentialRefused,
    NotAllowed,
    QuotaUsedUp,
    ShapeChanged,
    Throttled,
    Unavailable,
    WrongOption,
)

LIST, STATISTICS = "/cgi-bin/comment/list", "/datacube/getarticletotal"
NAMED: dict[str, Any] = {"comments": "yes", "articles": "100, 200_2"}


@pytest.fixture
def account() -> Account:
    one = Account()
    one.comments = {
        (100, 0): [comment(n) for n in range(120)],
        (200, 1): [comment(1, "多少钱", "99 元"), comment(2)],
    }
    return one


def every_id() -> list[str]:
    return [
        *(f"comment/100/0/{n}" for n in range(120)),
        *(f"comment/200/1/{n}" for n in ("1", "1/reply", "2")),
    ]


def test_every_comment_and_reply_comes_once(account):
    one = account.connector(**NAMED)
    assert ids(one, all_pages(one)) == every_id()


@pytest.mark.parametrize("pages", range(1, 5))
def test_a_round_that_stops_after_any_page_goes_on_from_there(account, pages):
    one = account.connector(**NAMED)
    first = stopped(one.pages({}), pages)
    rest = all_pages(account.connector(**NAMED), first[-1].cursor) if first[-1].more else []
    assert ids(one, [*first, *rest]) == every_id()


def test_a_reply_of_the_account_answers_the_comment_with_its_own_voice(account):
    one = account.connector(**NAMED)
    posts = {
        one.post(record)["native_id"]: one.post(record) for page in all_pages(one) for record in page.records
    }
    reply = posts["comment/200/1/1/reply"]
    assert (reply["text"], reply["voice_given"], reply["reply_to"]) == ("99 元", "owned", "comment/200/1/1")
    assert reply["thread"] == posts["comment/200/1/1"]["thread"] == "article/200/1"
    assert "author_id" not in reply


def test_nothing_is_asked_again_within_ten_minutes(account):
    cursor = all_pages(account.connector(**NAMED))[-1].cursor
    asked = len(account.network.asked)
    (page,) = all_pages(account.connector(**NAMED, now=NOW + timedelta(minutes=9)), cursor)
    assert (page.records, page.cursor, page.more) == ((), cursor, False)
    assert len(account.network.asked) == asked


def test_a_list_as_long_as_before_is_read_whole_only_once_a_day(account):
    cursor = all_pages(account.connector(**NAMED))[-1].cursor
    for after, asked in ((timedelta(hours=1), 2), (timedelta(hours=25), 4)):
        before = account.network.paths.count(LIST)
        all_pages(account.connector(**NAMED, now=NOW + after), cursor)
        assert account.network.paths.count(LIST) - before == asked


def test_a_new_comment_is_found_wherever_it_is_listed(account):
    cursor = all_pages(account.connector(**NAMED))[-1].cursor
    account.comments[100, 0].append(comment(999, "新留言"))
    one = account.connector(**NAMED, now=NOW + timedelta(hours=1))
    assert "comment/100/0/999" in ids(one, all_pages(one, cursor))


def test_one_that_slipped_through_while_another_was_deleted_is_found_in_the_next_round(account):
    account.on_list = lambda begin: account.comments[100, 0].pop(0) if begin == 49 else None
    one = account.connector(**NAMED)
    pages = all_pages(one)
    assert "comment/100/0/49" not in ids(one, pages)
    account.on_list = lambda begin: None
    later = account.connector(**NAMED, now=NOW + timedelta(minutes=10))
    assert "comment/100/0/49" in ids(later, all_pages(later, pages[-1].cursor))


def test_articles_that_were_sent_are_found_in_the_statistics(account):
    account.sent = {
        "2026-11-28": [{"msgid": "100_1", "title": "新品水壶"}, {"msgid": "200_2", "title": "Winter"}]
    }
    one = account.connector(comments="yes")
    pages = all_pages(one)
    assert sorted(ids(one, pages)) == sorted(every_id())
    assert pages[0].records[0]["article"]["title"] == "新品水壶"
    days = account.network.paths.count(STATISTICS)
    later = account.connector(comments="yes", now=NOW + timedelta(days=1))
    all_pages(later, pages[-1].cursor)
    assert (days, account.network.paths.count(STATISTICS)) == (14, 15)


def test_an_account_without_articles_is_no_problem(account):
    (page,) = all_pages(account.connector(comments="yes"))
    assert (list(page.records), page.more) == ([], False)


def test_an_article_that_was_deleted_holds_up_no_other(account):
    del account.comments[100, 0]
    one = account.connector(**NAMED)
    assert ids(one, all_pages(one)) == every_id()[120:]


def test_comments_are_read_only_where_a_person_wants_them(account):
    all_pages(account.connector())
    assert account.network.asked == []


def test_what_stands_and_what_is_gone_is_told(account):
    account.comments[200, 1] = [comment(1, "多少钱", "89 元")]
    asked = ["comment/200/1/1", "comment/200/1/1/reply", "comment/200/1/2", "comment/300/0/1", "message/o1/1"]
    one = account.connector()
    found = {standing.native_id: standing for standing in one.again(asked)}
    assert [found[name].gone for name in asked] == [False, False, True, True, False]
    assert one.post(found["comment/200/1/1/reply"].record)["text"] == "89 元"
    assert found["message/o1/1"].record is None


def test_one_that_slips_through_while_asked_again_is_not_called_gone(account):
    account.on_list = lambda begin: (
        account.comments[100, 0].pop(0) if begin == 49 and len(account.comments[100, 0]) == 120 else None
    )
    (standing,) = account.connector().again(["comment/100/0/49"])
    assert not standing.gone


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        (-1, Unavailable),
        (40164, NotAllowed),
        (45009, QuotaUsedUp),
        (45011, Throttled),
        (48001, NotAllowed),
        (88000, NotAllowed),
        (99999, ShapeChanged),
    ],
)
def test_each_code_of_wechat_is_told_as_what_it_means(account, code, problem):
    account.codes[LIST] = [code]
    found = problem_of(account.connector(**NAMED))
    assert type(found) is problem
    assert "token-1" not in str(found)


@pytest.mark.parametrize("code", [40013, 40125, 40001])
def test_a_wrong_secret_is_told(account, code):
    account.codes["/cgi-bin/stable_token"] = [code]
    assert isinstance(problem_of(account.connector(**NAMED)), CredentialRefused)


def test_comments_without_a_secret_of_the_account_are_refused_unasked(account):
    assert isinstance(problem_of(account.connector(**NAMED, secrets={"app_secret": ""})), CredentialRefused)
    assert account.network.asked == []


def test_a_token_that_is_over_is_renewed_once(account):
    account.codes[LIST] = [42001]
    one = account.connector(**NAMED)
    assert ids(one, all_pages(one)) == every_id()
    account.codes[LIST] = [42001, 42001]
    assert isinstance(problem_of(account.connector(**NAMED)), CredentialRefused)


@pytest.mark.parametrize("name", ["文章", "1_0", "1_x", "_1", "1_２"])
def test_an_article_that_is_none_is_named(account, name):
    assert isinstance(problem_of(account.connector(comments="yes", articles=name)), WrongOption)
