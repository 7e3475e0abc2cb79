"""The page of a post: what was read, the words that speak for it, what it names, and who read what when."""

from __future__ import annotations

import pytest

from outlisten.app.listening import rereading
from outlisten.app.listening.actions.rereading import reread_with_models
from outlisten.app.listening.models import Brand
from outlisten.app.listening.queries.post_evidence import entities, evidence
from outlisten.app.listening.queries.post_readings import post_readings
from outlisten.app.listening.told import both_told

from .conftest import NEW, OLD


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("第三次打电话没人接，请尽快退款", "请尽快退款"),
        ("Nobody answers. Please refund me!", "Please refund me"),
    ],
)
def test_the_words_that_speak_for_help_are_marked_in_the_text(text, words):
    found = evidence("", text)
    asked = [one for one in found.evidence if one.speaks_for == "asks for help"]
    assert any(words in one.words or one.words in words for one in asked)
    marked = "".join(text[start:end] for start, end in found.text)
    assert asked[0].words in marked


def test_spans_of_a_post_with_a_title_stay_apart():
    found = evidence("请尽快退款", "第三次打电话没人接")
    assert found.title == ((0, 5),)
    assert all(0 <= start < end <= 9 for start, end in found.text)


def test_personal_data_is_masked_for_those_who_may_not_see_it():
    text = "海港，打13800001234找我"
    shown = {one.kind: one for one in entities("", text, ["海港"], shows_personal=True)}
    masked = {one.kind: one for one in entities("", text, ["海港"], shows_personal=False)}
    assert shown["phone number"].words == "13800001234"
    assert (masked["phone number"].words, masked["phone number"].masked) == ("", True)
    assert masked["brand"].words == "海港"


def test_the_page_says_who_read_what_when(old_posts, account, browser, named):
    Brand.objects.create(name="Harbour", side="own", query="Harbour")
    reread_with_models(by=account("admin", email="other@example.org"))
    rereading.work_off_models()
    page = browser("analyst").get(f"/posts/{named('3')}").content.decode()
    assert "Read 2 times" in page
    assert OLD in page
    assert NEW in page
    assert "cannot tell" in page
    assert "读过 2 次" in browser("viewer", language="zh-hans").get(f"/posts/{named('3')}").content.decode()


def test_what_did_not_change_is_not_said_again(old_posts, account, named):
    reread_with_models(by=account("admin"))
    rereading.work_off_models()
    post = old_posts.get(named("3"))
    newest, first = post_readings(
        post, old_posts.history(named("3"))["readings"].table.to_pylist(), both_told(post)
    ).history
    assert [column for column, _said in newest.said] == ["sentiment", "model"]
    assert first.first
    assert ("sentiment", "negative") in first.said
