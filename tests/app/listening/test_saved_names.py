"""Topics used inside other queries by their names."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from outlisten.app.care.models import Rule
from outlisten.app.listening.actions import names, voices
from outlisten.app.listening.kept import kept
from outlisten.app.listening.models import Brand, Campaign, Rereading, Topic
from outlisten.app.listening.saved_query import checked
from outlisten.app.people.models import Department
from outlisten.query import Context, parse

WAITING = "排队 OR queue"


@pytest.fixture
def topic(db) -> Topic:
    return Topic.objects.create(name="排队 & waiting", query=WAITING)


def test_a_topic_is_found_by_its_name_on_listen(posts, archive, topic, browser):
    found = (
        browser("viewer")
        .get("/listen/result", {"q": '查询:"排队 & Waiting" -海港', "period": "all"})
        .content.decode()
    )
    assert "without a date" in found
    assert "叫号系统" not in found


def test_nothing_is_read_until_a_query_names_something(topic, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert parse("排队 OR queue", Context(kept=kept())).valid
    with django_assert_num_queries(2):
        assert parse('查询:"排队 & Waiting" query:"排队 & waiting"', Context(kept=kept())).valid


def test_a_rule_of_care_and_a_campaign_may_use_it(topic, account, arrive_rule):
    assert arrive_rule('query:"排队 & waiting"', "排了两小时的队，queue") == 1
    campaign = Campaign(name="Week", query='query:"排队 & waiting" #week')
    voices.declare(campaign, by=account("admin"))
    assert Campaign.objects.count() == 1


@pytest.fixture
def arrive_rule(make_posts, topic):
    """How many posts of a text a rule finds."""
    from outlisten.app.care.matching import rule_hits

    def found(query: str, text: str) -> int:
        Brand.objects.create(name="Harbour", side="own", query="Harbour")
        support = Department.objects.get(key="support")
        Rule.objects.create(department=support, name="r", query=query, on=True, addressed=False)
        return len(rule_hits(make_posts({"native_id": "1", "text": text, "voice": "unknown"})))

    return found


USERS = [
    (lambda: Topic.objects.create(name="更广", query='query:"排队 & waiting" OR 等位'), "更广"),
    (lambda: Brand.objects.create(name="Harbour", query='Harbour query:"排队 & waiting"'), "Harbour"),
    (lambda: Campaign.objects.create(name="春季", query='#春季 query:"排队 & waiting"'), "春季"),
    (
        lambda: Rule.objects.create(
            department=Department.objects.get(key="pr"), name="Waits", query='query:"排队 & waiting"'
        ),
        "Waits",
    ),
]


@pytest.mark.parametrize(("make", "name"), USERS)
def test_a_topic_in_use_is_neither_removed_nor_renamed(topic, account, make, name):
    make()
    analyst = account("analyst")
    with pytest.raises(ValidationError, match=name):
        names.remove(topic, by=analyst)
    topic = Topic.objects.get(name="排队 & waiting")
    topic.name = "Waiting"
    with pytest.raises(ValidationError, match=name):
        names.keep(topic, by=analyst)
    assert Topic.objects.filter(name="排队 & waiting").exists()


def test_a_change_that_its_users_could_not_bear_is_refused(topic, account):
    Topic.objects.create(name="near", query='query:"排队 & waiting" NEAR/3 小时')
    topic.query = "排队 lang:zh"
    with pytest.raises(ValidationError, match="near"):
        names.keep(topic, by=account("analyst"))
    assert Topic.objects.get(pk=topic.pk).query == WAITING


def test_an_undo_that_would_take_a_name_away_is_refused(account):
    analyst = account("analyst")
    token = names.keep(Topic(name="等位", query="等位"), by=analyst)
    names.keep(Topic(name="更广", query="query:等位 OR 排队"), by=analyst)
    with pytest.raises(names.CannotUndo, match="更广"):
        names.undo(token, by=analyst)
    assert Topic.objects.filter(name="等位").exists()


@pytest.mark.parametrize(("name", "query"), [("排队", "a query:排队"), ("Queue", "a query:QUEUE")])
def test_a_topic_cannot_use_itself(account, name, query):
    with pytest.raises(ValidationError, match=name):
        names.keep(Topic(name=name, query=query), by=account("analyst"))
    assert not Topic.objects.exists()


@pytest.mark.parametrize("order", [("甲", "乙"), ("乙", "甲")])
def test_two_topics_that_would_use_each_other_are_told_of_the_circle(account, order):
    first, second = order
    analyst = account("analyst", language="zh-hans")
    ours = Topic(name=first, query="排队")
    names.keep(ours, by=analyst)
    names.keep(Topic(name=second, query=f"query:{first} 坏"), by=analyst)
    ours.query = f"排队 query:{second}"
    with pytest.raises(ValidationError, match=f"{first} → {second} → {first}"):
        names.keep(ours, by=analyst)


def test_nor_the_name_that_it_had(topic, account):
    topic.name, topic.query = "Waiting", 'long query:"排队 & waiting"'
    with pytest.raises(ValidationError):
        names.keep(topic, by=account("analyst"))


def test_names_that_queries_cannot_tell_apart_are_not_both_taken(topic, account):
    with pytest.raises(ValidationError, match="There is a topic of this name"):
        names.keep(Topic(name="排队 & WAITING", query="queue"), by=account("analyst"))


def test_posts_of_a_campaign_are_read_again_as_they_were_meant_and_are(topic, account):
    Campaign.objects.create(name="春季", query='#春季 query:"排队 & waiting"')
    topic.query = "等位"
    names.keep(topic, by=account("analyst"))
    assert set(Rereading.objects.values_list("query", flat=True)) == {"#春季 (排队 OR queue)", "#春季 等位"}


def test_figures_remembered_for_a_name_are_asked_for_again(
    posts, archive, topic, browser, django_capture_on_commit_callbacks
):
    analyst = browser("analyst")
    asked = {"q": 'query:"排队 & waiting"', "voice": "all"}
    before = analyst.get("/listen/headline", asked).content
    with django_capture_on_commit_callbacks(execute=True):
        analyst.post(f"/settings/topics/{topic.pk}", {"name": topic.name, "query": "山谷", "description": ""})
    assert analyst.get("/listen/headline", asked).content != before


def test_the_page_says_who_uses_it(pages_store, topic, browser):
    Topic.objects.create(name="更广", query='query:"排队 & waiting" OR 等位')
    analyst = browser("analyst", language="zh-hans")
    said = analyst.post(f"/settings/topics/{topic.pk}", {"name": "新", "query": WAITING, "description": ""})
    assert (said.status_code, "更广" in said.content.decode()) == (400, True)
    gone = analyst.post(f"/settings/topics/{topic.pk}/remove", follow=True).content.decode()
    assert "话题“更广”" in gone
    assert Topic.objects.count() == 2


def test_a_name_that_is_not_there_is_refused_with_the_nearest(topic):
    with pytest.raises(ValidationError, match="Did you mean"):
        checked('query:"排队 & waitin"')
