"""Lists of accounts and sites, used in queries by their names."""

from __future__ import annotations

from time import perf_counter

import pytest
from django.core.exceptions import ValidationError

from outlisten.app.listening import personal_data
from outlisten.app.listening.actions import lists, names
from outlisten.app.listening.list_entries import read_entries
from outlisten.app.listening.models import Campaign, Rereading, SavedList, Topic
from outlisten.app.listening.saved_query import checked
from outlisten.app.people.rules import Refused
from outlisten.app.trust.models import AuditRow
from outlisten.app.trust.persons import Person
from outlisten.query import matches

MEDIA = "@人民日报\nReuters\nnews.cn\nhttps://www.caixin.com/2026/a\n"
FORM = {"name": "媒体", "description": "", "entries": MEDIA}


@pytest.fixture
def media(db) -> SavedList:
    kept = SavedList(name="媒体")
    kept.fill(MEDIA)
    kept.save()
    return kept


LINES = [
    ("news.cn", "site"), ("m.Weibo.com", "site"), ("www.gov.cn/zhengce", "site"), ("新闻.中国", "site"),
    ("https://example.org:8080/a?b", "site"), ("@news.cn", "account"), ("john.smith", "account"),
    ("王小明", "account"), ("3.14", "account"), ("Mr. Li", "account"), ("u_1234", "account"), ("a.b.", "account"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "kind"), LINES)
def test_a_line_is_an_account_or_a_site(line: str, kind: str) -> None:
    read = read_entries(line)
    assert (len(read.accounts), len(read.sites)) == ((1, 0) if kind == "account" else (0, 1))


@pytest.mark.parametrize("text", ["", "\n \n", "@\n＠", "长" * 201, "a\n" * 10_001])
def test_what_is_no_list_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(ValidationError) as said:
        read_entries(text)
    assert len(said.value.messages) == 1


def test_what_is_written_out_is_read_as_the_same(media) -> None:
    media.fill("@news.cn\n王小明\nReuters\nREUTERS\nnews.cn")
    assert (media.account_names, media.site_names) == (["news.cn", "王小明", "Reuters"], ["news.cn"])
    assert read_entries(media.entries).accounts == ("news.cn", "王小明", "Reuters")


def test_ten_thousand_lines_are_kept_and_asked_quickly(account) -> None:
    kept = SavedList(name="很多")
    began = perf_counter()
    kept.fill(
        "\n".join(f"账号{number}" for number in range(9_000)) + "\n".join(f"s{n}.cn" for n in range(1_000))
    )
    names.keep(kept, by=account("analyst"))
    query = checked("list:很多")
    assert matches(query, {"text": "", "author": "账号8998"})
    assert perf_counter() - began < 2


def test_a_list_finds_what_is_written_there(media) -> None:
    query = checked("名单:媒体 -Reuters")
    assert matches(query, {"text": "", "author_handle": "人民日报"})
    assert matches(query, {"text": "", "site": "finance.caixin.com"})
    assert not matches(query, {"text": "", "author": "王小明"})


def test_a_change_and_a_removal_are_taken_back(media, account) -> None:
    analyst = account("analyst")
    media.fill("王小明")
    names.undo(names.keep(media, by=analyst), by=analyst)
    assert SavedList.objects.get().account_names == ["人民日报", "Reuters"]
    names.undo(names.remove(SavedList.objects.get(), by=analyst), by=analyst)
    assert SavedList.objects.get().site_names == ["news.cn", "caixin.com"]
    assert {"list.change", "list.remove", "list.undo"} <= set(AuditRow.objects.values_list("act", flat=True))


def test_a_list_in_use_is_neither_removed_nor_renamed(media, account) -> None:
    Topic.objects.create(name="报道", query="海港 list:媒体")
    analyst = account("analyst")
    with pytest.raises(ValidationError, match="报道"):
        names.remove(media, by=analyst)
    media = SavedList.objects.get()
    media.name = "Press"
    with pytest.raises(ValidationError, match="报道"):
        names.keep(media, by=analyst)


def test_posts_of_those_a_campaign_names_no_more_are_read_again(media, account) -> None:
    Campaign.objects.create(name="春季", query="list:媒体 海港")
    media.fill("Reuters\nnews.cn")
    names.keep(media, by=account("analyst"))
    asked = set(Rereading.objects.values_list("query", flat=True))
    assert asked == {"list:媒体 海港", 'author:人民日报 OR site:"caixin.com"'}


def test_a_list_is_taken_away_as_text_and_that_is_written_down(media, browser, account) -> None:
    answer = browser("analyst").get(f"/settings/lists/{media.pk}/text")
    assert answer.content.decode().split() == ["人民日报", "Reuters", "news.cn", "caixin.com"]
    assert AuditRow.objects.filter(act="list.export", about=f"list:{media.pk}").exists()
    with pytest.raises(Refused):
        lists.exported(media, by=account("viewer"))


def test_an_erased_person_stands_in_no_list(media) -> None:
    person = Person(platform="weibo", handle="REUTERS")
    assert personal_data.held(person) == [{"kind": "list", "list": "媒体", "account": "Reuters"}]
    assert personal_data.erase(person) == 1
    assert SavedList.objects.get().account_names == ["人民日报"]


def test_the_page_adds_shows_and_takes_back(pages_store, browser) -> None:
    analyst = browser("analyst")
    page = analyst.post("/settings/lists/new", FORM, follow=True).content.decode()
    assert "2 accounts" in page
    undo = page.split('action="/settings/lists/undo/')[1].split('"')[0]
    assert "/settings/lists" in analyst.post(f"/settings/lists/undo/{undo}").headers["Location"]
    assert not SavedList.objects.exists()


def test_the_box_says_which_lines_are_which(browser) -> None:
    analyst = browser("analyst", language="zh-hans")
    said = analyst.post("/settings/lists/check", {"entries": f"{MEDIA}reuters\n"}).content.decode()
    assert "2 个账号：" in said
    assert "<bdi>caixin.com</bdi>" in said
    assert "有 1 行与别的行重复。" in said


def test_a_list_without_a_line_and_a_name_taken_are_refused_on_the_page(media, browser) -> None:
    analyst = browser("analyst")
    empty = analyst.post("/settings/lists/new", {**FORM, "name": "x", "entries": "@"})
    assert (empty.status_code, "Write at least one account" in empty.content.decode()) == (400, True)
    taken = analyst.post("/settings/lists/new", FORM)
    assert "There is a list of this name already" in taken.content.decode()


def test_a_viewer_sees_lists_without_buttons(media, browser) -> None:
    viewer = browser("viewer")
    assert "媒体" in viewer.get("/settings/lists").content.decode()
    assert viewer.get(f"/settings/lists/{media.pk}").status_code == 403
