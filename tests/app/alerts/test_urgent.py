"""Single posts that cannot wait, and what is kept of the people in alerts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from outlisten.app.alerts.judging import take_in
from outlisten.app.alerts.models import Alert, AlertRule, Delivery, Kind
from outlisten.app.alerts.personal_data import erase, forget_posts, held
from outlisten.app.alerts.queries.alerts import alerts, going_on
from outlisten.app.alerts.sending.telling import tell
from outlisten.app.listening.models import Topic
from outlisten.app.trust.persons import Person

pytestmark = pytest.mark.django_db
Make = Callable[..., AlertRule]


@pytest.fixture
def urgent(pages_store: Any, make_posts: Any, now: datetime) -> Callable[..., Any]:
    """Keeps a post that cannot wait and gives it to the alerts as the pipeline does."""

    def keep(text: str = "我的身份证被盗用了，快帮帮我", **fields: Any) -> Any:
        post = {
            "native_id": text,
            "text": text,
            "author_id": "lilei",
            "author": "李雷",
            "created_at": now,
            **fields,
        }
        posts = make_posts(post)
        pages_store.add(posts)
        take_in(posts)
        return posts

    return keep


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我的身份证被盗刷了两次", True),
        ("Somebody opened an account in my name, it is identity theft", True),
        ("排队等了两个小时", False),
        ("The soup is fine", False),
    ],
)
def test_a_post_that_cannot_wait_fires_at_once(
    urgent: Callable[..., Any], rule: Make, text: str, found: bool
):
    rule(kind=Kind.URGENT, topic=None)
    urgent(text)
    assert Alert.objects.exists() is found


def test_the_same_post_taken_in_twice_fires_once(urgent: Callable[..., Any], rule: Make):
    rule(kind=Kind.URGENT, topic=None)
    take_in(urgent())
    assert Alert.objects.count() == 1


@pytest.mark.parametrize(
    "fields", [{"voice": "owned"}, {"created_at": datetime.fromisoformat("2020-01-01T00:00+00:00")}]
)
def test_our_own_words_and_old_posts_do_not_fire(
    urgent: Callable[..., Any], rule: Make, fields: dict[str, Any]
):
    rule(kind=Kind.URGENT, topic=None)
    urgent(**fields)
    assert not Alert.objects.exists()


def test_a_rule_with_a_topic_looks_at_its_posts_only(urgent: Callable[..., Any], rule: Make):
    rule(kind=Kind.URGENT, topic=Topic.objects.create(name="银行", query="银行"))
    urgent()
    assert not Alert.objects.exists()
    urgent("我在银行的卡被盗刷")
    assert Alert.objects.count() == 1


def test_a_private_post_is_shown_to_those_who_may_read_it(
    urgent: Callable[..., Any], rule: Make, account: Callable[..., Any]
):
    rule(kind=Kind.URGENT, topic=None)
    urgent(type="message")
    assert alerts(account("analyst")).count() == 0
    assert alerts(account("responder")).count() == 1
    assert len(going_on(account("lead"))) == 1


def test_a_person_can_be_found_and_erased(urgent: Callable[..., Any], rule: Make, now: datetime):
    rule(kind=Kind.URGENT, topic=None)
    identifier = urgent()["id"][0].as_py()
    tell(now)
    person = Person(platform="x", author_id="lilei", post_ids=frozenset([identifier]))
    assert "身份证" in str(held(person))
    assert erase(person)
    assert not Alert.objects.exists()
    assert "身份证" not in str(Delivery.objects.get().message)
    assert held(person) == []


def test_posts_that_are_kept_no_longer_leave_alerts_of_counts(rule: Make, now: datetime):
    Alert.objects.create(rule=rule(), kind=Kind.VOLUME, began_at=now, fired_at=now, last_at=now - timedelta(0),
                         facts={}, posts=["a", "b"])  # fmt: skip
    assert forget_posts(frozenset(["a"])) == 1
    assert Alert.objects.get().posts == ["b"]
