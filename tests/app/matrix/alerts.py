"""Alerts, rules, digests and channels: what fired is everybody's to read, the rest is for those who may change it."""

from __future__ import annotations

from django.utils import timezone
from tests.app.matrix import Walk

from outlisten.app.alerts.models import Alert, AlertRule, Channel, Delivery, Digest, Kind
from outlisten.app.people.models import Department
from outlisten.app.people.rules import Act


def a_rule(_department: Department) -> dict[str, object]:
    return {"rule": AlertRule.objects.create(name="排队", kind=Kind.SOURCE).pk}


def an_alert(_department: Department) -> dict[str, object]:
    now = timezone.now()
    rule = AlertRule.objects.create(name="来源", kind=Kind.SOURCE)
    facts = {"source": "论坛", "said": {"en": "It is silent.", "zh-hans": "没有新内容。"}}
    alert = Alert.objects.create(
        rule=rule, kind=Kind.SOURCE, about="source:1", began_at=now, fired_at=now, last_at=now, facts=facts
    )
    return {"alert": alert.pk}


def a_digest(_department: Department) -> dict[str, object]:
    return {"digest": Digest.objects.create(name="周报", next_at=timezone.now()).pk}


def a_channel(_department: Department) -> dict[str, object]:
    return {"channel": Channel.objects.create(name="订阅", sink="rss", options={"title": "提醒"}).pk}


def a_delivery(_department: Department) -> dict[str, object]:
    given = a_channel(_department)
    message = {"kind": "test", "title": "测试", "url": "", "locale": "en", "at": timezone.now().isoformat(),
               "urgent": False, "lines": []}  # fmt: skip
    row = Delivery.objects.create(
        channel_id=given["channel"], key="a", message=message, state=Delivery.State.FAILED
    )
    return {**given, "delivery": row.pk}


MANAGE, SETTINGS = Act.MANAGE_ALERTS, "/settings/alerts"
ROWS = (
    Walk(Act.SEARCH, get="/alerts"),
    Walk(Act.SEARCH, get="/alerts/going-on"),
    Walk(Act.SEARCH, get="/alerts/{alert}", given=an_alert),
    Walk(Act.JUDGE_ALERT, post="/alerts/{alert}/verdict", send={"verdict": "useful"}, given=an_alert),
    Walk(Act.SEARCH, get=SETTINGS),
    Walk(MANAGE, get=f"{SETTINGS}/rules/new"),
    Walk(MANAGE, get=f"{SETTINGS}/rules/{{rule}}", given=a_rule),
    Walk(MANAGE, post=f"{SETTINGS}/rules/{{rule}}/off", given=a_rule),
    Walk(MANAGE, post=f"{SETTINGS}/rules/{{rule}}/remove", given=a_rule),
    Walk(MANAGE, get=f"{SETTINGS}/digests/new"),
    Walk(MANAGE, get=f"{SETTINGS}/digests/{{digest}}", given=a_digest),
    Walk(MANAGE, post=f"{SETTINGS}/digests/{{digest}}/remove", given=a_digest),
    Walk(MANAGE, get=f"{SETTINGS}/channels/new/rss"),
    Walk(MANAGE, post=f"{SETTINGS}/channels/new/rss", send={"o-title": "提醒"}),
    Walk(MANAGE, get=f"{SETTINGS}/channels/{{channel}}", given=a_channel),
    Walk(MANAGE, get=f"{SETTINGS}/channels/{{channel}}/change", given=a_channel),
    Walk(MANAGE, post=f"{SETTINGS}/channels/{{channel}}/test", given=a_channel),
    Walk(MANAGE, post=f"{SETTINGS}/channels/{{channel}}/log/{{delivery}}/again", given=a_delivery),
    Walk(MANAGE, post=f"{SETTINGS}/channels/{{channel}}/remove", given=a_channel),
)
