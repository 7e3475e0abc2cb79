"""Every act there is, and which roles may do it: the one table behind all refusals."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from outlisten.app.people.models import Account

Role = Account.Role


class Act(models.TextChoices):
    """Something a role may or may not do; the label completes “you may not …”."""

    SEARCH = "search", _("search posts")
    SEE_RAW = "see_raw", _("see the record as the source sent it")
    READ_PRIVATE = "read_private", _("read private messages")
    EXPORT = "export", _("export posts")
    TAG = "tag", _("tag posts")
    DRAFT = "draft", _("draft an answer")
    EDIT_TOPICS = "edit_topics", _("change topics")
    EDIT_BRANDS = "edit_brands", _("change brands")
    IMPORT = "import", _("import posts")
    MANAGE_SOURCES = "manage_sources", _("change sources")
    MANAGE_ALERTS = "manage_alerts", _("change alerts, digests and channels")
    JUDGE_ALERT = "judge_alert", _("say whether an alert was useful")
    DECLARE_VOICES = "declare_voices", _("declare accounts and campaigns")
    CORRECT_VOICE = "correct_voice", _("correct whose voice a post is")
    LABEL = "label", _("label what a post says")
    TEACH = "teach", _("teach the models")
    OPEN_CASE = "open_case", _("open a case")
    SEE_CASES = "see_cases", _("see cases")
    TAKE_CASE = "take_case", _("take a case")
    WORK_ON_CASE = "work_on_case", _("work on a case")
    ANSWER = "answer", _("answer customers")
    CLOSE_CASE = "close_case", _("close a case")
    MANAGE_CARE = "manage_care", _("change rules and service levels")
    SEE_DECISIONS = "see_decisions", _("read decisions")
    PIN_INSIGHT = "pin_insight", _("pin insights")
    DECIDE = "decide", _("record decisions")
    MAKE_CLAIM = "make_claim", _("write down and test claims")
    SEE_STATEMENTS = "see_statements", _("see the ten statements")
    IMPORT_CALENDAR = "import_calendar", _("bring in calendars")
    SEE_DISCLOSURE = "see_disclosure", _("see the disclosure watch")
    MEND_DISCLOSURE = "mend_disclosure", _("settle what the disclosure watch found")
    SEE_AUDIT = "see_audit", _("read the audit log")
    ANSWER_PRIVACY = "answer_privacy", _("find, export or erase a person")
    SET_RETENTION = "set_retention", _("say how long posts are kept")
    MANAGE_WORKSPACE = "manage_workspace", _("change the workspace")
    MANAGE_ACCOUNTS = "manage_accounts", _("manage accounts and departments")
    HAND_OVER = "hand_over", _("hand ownership over")
    LOOK_AS = "look_as", _("look through another account's eyes, in the sample")


_EVERYBODY = frozenset(Role)
_STAFF = frozenset({Role.OWNER, Role.ADMIN})
_ANALYSTS = _STAFF | {Role.LEAD, Role.ANALYST}
_CARERS = _STAFF | {Role.LEAD, Role.RESPONDER}
# An agency may research, collect, tag, chart and draft. It never speaks for the company and never reads what customers
# wrote to it in private: no act of care names it.
_AGENCY = {Role.AGENCY}

MAY: dict[Act, frozenset[Role]] = {
    Act.SEARCH: _EVERYBODY,
    Act.SEE_RAW: _EVERYBODY - {Role.VIEWER},
    Act.READ_PRIVATE: _CARERS,
    Act.EXPORT: _ANALYSTS | {Role.RESPONDER} | _AGENCY,
    Act.TAG: _ANALYSTS | {Role.RESPONDER} | _AGENCY,
    Act.DRAFT: _CARERS | _AGENCY,
    Act.EDIT_TOPICS: _ANALYSTS | _AGENCY,
    Act.EDIT_BRANDS: _ANALYSTS,
    Act.IMPORT: _ANALYSTS | _AGENCY,
    Act.MANAGE_SOURCES: _ANALYSTS | _AGENCY,
    Act.MANAGE_ALERTS: _ANALYSTS,
    Act.JUDGE_ALERT: _ANALYSTS | {Role.RESPONDER},
    Act.DECLARE_VOICES: _STAFF | {Role.LEAD},
    Act.CORRECT_VOICE: _ANALYSTS,
    Act.LABEL: _ANALYSTS | {Role.RESPONDER},
    Act.TEACH: _ANALYSTS,
    Act.OPEN_CASE: _CARERS,
    Act.SEE_CASES: _CARERS,
    Act.TAKE_CASE: _CARERS,
    Act.WORK_ON_CASE: _CARERS,
    Act.ANSWER: _CARERS,
    Act.CLOSE_CASE: _CARERS,
    Act.MANAGE_CARE: _STAFF | {Role.LEAD},
    Act.SEE_DECISIONS: _EVERYBODY - _AGENCY,
    Act.PIN_INSIGHT: _ANALYSTS,
    Act.DECIDE: _ANALYSTS,
    Act.MAKE_CLAIM: _ANALYSTS,
    Act.SEE_STATEMENTS: _EVERYBODY - _AGENCY,
    Act.IMPORT_CALENDAR: _STAFF | {Role.LEAD},
    Act.SEE_DISCLOSURE: _ANALYSTS,
    Act.MEND_DISCLOSURE: _STAFF | {Role.LEAD},
    Act.SEE_AUDIT: _STAFF,
    Act.ANSWER_PRIVACY: _STAFF,
    Act.SET_RETENTION: _STAFF,
    Act.MANAGE_WORKSPACE: _STAFF,
    Act.MANAGE_ACCOUNTS: _STAFF,
    Act.HAND_OVER: frozenset({Role.OWNER}),
    Act.LOOK_AS: frozenset({Role.OWNER}),
}

# Leads and responders do these in their own departments only.
IN_OWN_DEPARTMENTS = frozenset(
    {Act.SEE_CASES, Act.TAKE_CASE, Act.WORK_ON_CASE, Act.ANSWER, Act.CLOSE_CASE, Act.MANAGE_CARE}
)
ACROSS_DEPARTMENTS = _STAFF
