from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from outlisten.app.listening.actions import names
from outlisten.app.listening.models import Brand, Topic, Workspace
from outlisten.app.people.rules import Refused

TOPIC = {"name": "排队", "query": "排队 OR queue", "description": ""}


@pytest.fixture
def topic(db) -> Topic:
    return Topic.objects.create(name="排队", query="排队 OR queue")


def test_what_was_new_is_gone_after_undoing(account):
    analyst = account("analyst")
    token = names.keep(Topic(name="Queues", query="queue"), by=analyst)
    assert names.undo(token, by=analyst) is None
    assert not Topic.objects.exists()


def test_a_change_is_undone(account, topic):
    analyst = account("analyst")
    topic.query = "退款"
    token = names.keep(topic, by=analyst)
    names.undo(token, by=analyst)
    assert Topic.objects.get().query == "排队 OR queue"


def test_what_was_deleted_comes_back_as_it_was(account, topic):
    analyst, kept = account("analyst"), topic.pk
    token = names.remove(topic, by=analyst)
    assert not Topic.objects.exists()
    names.undo(token, by=analyst)
    assert Topic.objects.get().pk == kept


def test_a_deleted_name_that_is_taken_again_is_not_put_back(account, topic):
    analyst = account("analyst")
    token = names.remove(topic, by=analyst)
    names.keep(Topic(name="排队", query="等位"), by=analyst)
    with pytest.raises(names.CannotUndo, match="排队"):
        names.undo(token, by=analyst)


def test_an_undo_that_somebody_wrote_is_refused(account):
    with pytest.raises(names.CannotUndo):
        names.undo("eyJraW5kIjoidG9waWMifQ:1:x", by=account("analyst"))


def test_undoing_asks_for_the_same_permission(account, topic):
    token = names.remove(topic, by=account("analyst"))
    with pytest.raises(Refused):
        names.undo(token, by=account("viewer"))


@pytest.mark.parametrize(
    ("role", "kind"), [("viewer", Topic), ("viewer", Brand), ("agency", Brand), ("responder", Topic)]
)
def test_who_may_not_change_names_is_refused(account, role, kind):
    with pytest.raises(Refused):
        names.keep(kind(name="x", query="queue"), by=account(role))


@pytest.mark.parametrize("query", ["", "(queue", "NOT 广告", "lang:zh"])
def test_a_query_that_looks_for_nothing_is_not_kept(account, query):
    with pytest.raises(ValidationError):
        names.keep(Topic(name="x", query=query), by=account("analyst"))


def test_brands_of_a_group_keep_the_order_they_came_in(account):
    analyst = account("analyst")
    for name in ("Harbour", "Valley", "Hill"):
        names.keep(Brand(name=name, query=name, group="cafes"), by=analyst)
    assert list(Brand.objects.values_list("name", "position")) == [("Harbour", 0), ("Valley", 1), ("Hill", 2)]


def test_the_page_adds_and_its_message_takes_it_back(pages_store, browser):
    analyst = browser("analyst")
    page = analyst.post("/settings/topics/new", TOPIC, follow=True).content.decode()
    undo = page.split('action="/settings/undo/')[1].split('"')[0]
    analyst.post(f"/settings/undo/{undo}")
    assert not Topic.objects.exists()


def test_the_page_says_what_is_wrong_with_a_query(pages_store, browser):
    response = browser("analyst", language="zh-hans").post(
        "/settings/topics/new", {**TOPIC, "query": "(queue"}
    )
    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()
    assert not Topic.objects.exists()


def test_a_name_is_taken_once(pages_store, topic, browser):
    page = browser("analyst").post("/settings/topics/new", TOPIC).content.decode()
    assert "There is a topic of this name already" in page


def test_a_viewer_sees_names_without_buttons(pages_store, topic, browser):
    viewer = browser("viewer")
    page = viewer.get("/settings/names").content.decode()
    assert "排队" in page
    assert f"/settings/topics/{topic.pk}" not in page
    assert viewer.get(f"/settings/topics/{topic.pk}").status_code == 403


def test_a_zone_that_does_not_exist_is_explained(browser):
    admin = browser("admin")
    wanted = {"name": "W", "zone": "Asia/Beijing2", "as_of": "clock", "language": "en", "company": ""}
    assert "is not a time zone" in admin.post("/settings/workspace", wanted).content.decode()
    admin.post("/settings/workspace", {**wanted, "zone": "Asia/Shanghai"})
    assert Workspace.objects.get().zone == "Asia/Shanghai"
