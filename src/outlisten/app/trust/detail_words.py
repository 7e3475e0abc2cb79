"""The details of the audit log in words, and the codes that stand in them; one that is not here is shown by its name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from outlisten.app.care.answering import WAYS
from outlisten.app.decisions.models import ClaimTest, Decision, Insight
from outlisten.app.listening.labels import value_label
from outlisten.app.listening.models import LocalLabel, Voice
from outlisten.app.people.models import Account, Department
from outlisten.app.people.rules import Role
from outlisten.app.trust.findings import Kind

DETAILS: dict[str, Promise | str] = {
    "posts": _("posts: %(value)s"),
    "accounts": _("accounts: %(value)s"),
    "sites": _("sites: %(value)s"),
    "rows": _("rows: %(value)s"),
    "files": _("rows in files: %(value)s"),
    "found": _("found: %(value)s"),
    "added": _("added: %(value)s"),
    "updated": _("updated: %(value)s"),
    "rejected": _("rejected: %(value)s"),
    "bytes": _("bytes: %(value)s"),
    "days": _("days: %(value)s"),
    "form": _("format: %(value)s"),
    "fields": _("changed: %(value)s"),
    "state": _("state: %(value)s"),
    "entry": _("entry %(value)s"),
    "answer": _("answer %(value)s"),
    "promise": _("promise %(value)s"),
    "test": _("test %(value)s"),
    "verdict": _("verdict: %(value)s"),
    "bar": _("held back: %(value)s"),
    "sha256": _("hash %(value)s"),
    "department": _("department %(value)s"),
    "departments": _("departments: %(value)s"),
    "role": _("role: %(value)s"),
    "rule": _("rule %(value)s"),
    "opened": _("cases: %(value)s"),
    "way": _("sent: %(value)s"),
    "then": _("then: %(value)s"),
    "since": _("from %(value)s"),
    "connector": _("network: %(value)s"),
    "sink": _("kind of channel: %(value)s"),
    "until": _("until %(value)s"),
    "voice": _("voice: %(value)s"),
    "tasks": _("about: %(value)s"),
    "platform": _("platform: %(value)s"),
    "brand": _("brand %(value)s"),
    "kind": _("kind: %(value)s"),
    "measure": _("measured: %(value)s"),
    "characters": _("characters: %(value)s"),
    "target_minutes": _("target: %(value)s min"),
    "judged": _("judged: %(value)s"),
    "owner": _("followed up by account %(value)s"),
    "former": _("before: account %(value)s"),
    "due": _("due %(value)s"),
    "removed": _("removed: %(value)s"),
    "ours": _("our domains: %(value)s"),
    "customers": _("customers’ domains: %(value)s"),
    "meetings": _("meetings: %(value)s"),
    "known": _("known already: %(value)s"),
    "left_out": _("left out: %(value)s"),
    "background": _("background: %(value)s"),
    "room_listening": _("in Listening: %(value)s"),
    "room_care": _("in Care: %(value)s"),
    "room_decisions": _("in Decisions: %(value)s"),
    "room_trust": _("in Trust: %(value)s"),
    "room_participation": _("in Talk balance: %(value)s"),
    "room_alerts": _("in Alerts: %(value)s"),
    "person": "%(value)s",
    "post": "%(value)s",
    "problem": _("found: %(value)s"),
}
YES: dict[str, Promise] = {
    "ok": _("whole"), "cut": _("cut short"), "link": _("by a one-time link"),
    "afterwards": _("written down afterwards"), "on": _("switched on"),
    "thanks": _("the customer thanks"), "corrected": _("as a person says"), "kept": _("kept"),
}  # fmt: skip
NO: dict[str, Promise] = {
    "ok": _("not whole"), "corrected": _("as it was read"), "kept": _("not kept"), "on": _("switched off"),
}  # fmt: skip
PROBLEMS: dict[str, Promise] = {
    Kind.NO_KEY.value: _("the key is gone"), Kind.WRONG_KEY.value: _("the key is another"),
    Kind.CHANGED.value: _("a row was changed"), Kind.MISSING.value: _("a row is missing"),
    Kind.NO_HEAD.value: _("the head is gone"),
}  # fmt: skip
THEN: dict[str, Promise] = {
    "wait": _("wait for the customer"), "solve": pgettext_lazy("then", "solved"), "stay": _("stay with it"),
}  # fmt: skip
LISTS = ("departments", "fields", "tasks")  # several codes, with blanks between


def detail_in_words(name: str, value: object) -> str:
    """A detail of a row; blank where it says nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool) and (name in YES or name in NO):
        return str((YES if value else NO).get(name, ""))
    return str(DETAILS.get(name, f"{name}: %(value)s")) % {"value": _value(name, value)}


def _value(name: str, value: object) -> str:
    """A code in words, as its room calls it; everything else as it is."""
    known = _codes().get(name, {})
    if name == "platform":
        return value_label("platform", str(value))
    if name in LISTS:
        return _(", ").join(str(known.get(code, code)) for code in str(value).split())
    return str(known.get(str(value), value))


@cache
def _codes() -> Mapping[str, Mapping[str, Promise | str]]:
    """Detail → what its codes are called."""
    fields = {
        field.name: field.verbose_name
        for field in Decision._meta.get_fields()
        if hasattr(field, "verbose_name")
    }
    return {
        "voice": dict(Voice.choices), "role": dict(Role.choices), "background": dict(Account.Background.choices),
        "state": dict(Decision.State.choices), "verdict": dict(ClaimTest.Outcome.choices),
        "bar": dict(ClaimTest.Bar.choices), "kind": dict(Insight.Kind.choices), "problem": PROBLEMS, "then": THEN,
        "way": {key: way.label for key, way in WAYS.items()}, "since": {"all": _("the beginning")},
        "tasks": dict(LocalLabel.Task.choices),
        "departments": dict(Department.Usual.choices), "department": dict(Department.Usual.choices), "fields": fields,
    }  # fmt: skip
