"""A finding is asked about, mended, accepted or called mistaken, by those who may, each with its audit row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from tests.app.trust.disclosure.conftest import Write

from outlisten.app.people.models import Account
from outlisten.app.people.rules import Refused
from outlisten.app.trust.disclosure import actions
from outlisten.app.trust.disclosure.queries import Filter, counts, findings
from outlisten.app.trust.models import AuditRow, JudgedPost

PLAIN_ZH = "新款海港手机拍照真好看，推荐大家去试试"
MakeAccount = Callable[..., Account]


@pytest.fixture
def finding(harbour: None, write: Write) -> JudgedPost:
    """A partner's post with signs and no disclosure."""
    write("小林", PLAIN_ZH, platform="weibo")
    return JudgedPost.objects.get()


def state(finding: JudgedPost) -> str:
    finding.refresh_from_db()
    return finding.state


def test_asking_names_who_follows_it_up_and_until_when(finding: JudgedPost, account: MakeAccount) -> None:
    lead = account("lead")
    asked = actions.ask_to_mend(finding.pk, by=lead)
    assert (asked.state, asked.owner, bool(asked.due)) == ("asked", lead, True)
    row = AuditRow.objects.get(act="disclosure.ask")
    assert (row.actor, row.about) == (lead.pk, f"disclosure:{finding.pk}")


def test_a_due_day_that_is_over_is_explained(finding: JudgedPost, account: MakeAccount) -> None:
    with pytest.raises(ValidationError, match="later one"):
        actions.ask_to_mend(finding.pk, by=account("lead"), due=date(2020, 1, 1))
    assert state(finding) == "open"


def test_accepting_needs_a_reason_and_keeps_it(finding: JudgedPost, account: MakeAccount) -> None:
    owner = account()
    with pytest.raises(ValidationError, match="Give a reason"):
        actions.accept(finding.pk, "  ", by=owner)
    actions.accept(finding.pk, "合同在发帖之后才签", by=owner)
    assert (state(finding), finding.note) == ("accepted", "合同在发帖之后才签")


def test_a_mistaken_finding_no_longer_counts(finding: JudgedPost, account: MakeAccount) -> None:
    actions.call_mistaken(finding.pk, "another harbour", by=account())
    assert (counts().judged, counts().signs) == (1, 0)


def test_what_was_settled_can_be_taken_back(finding: JudgedPost, account: MakeAccount) -> None:
    owner = account()
    actions.accept(finding.pk, "known", by=owner)
    actions.reopen(finding.pk, by=owner)
    assert (state(finding), finding.note) == ("open", "")


def test_two_people_do_not_settle_the_same_finding(finding: JudgedPost, account: MakeAccount) -> None:
    owner, lead = account(), account("lead")
    actions.accept(finding.pk, "known", by=owner)
    with pytest.raises(ValidationError, match="accepted by now"):
        actions.call_mistaken(finding.pk, "no", by=lead)
    assert state(finding) == "accepted"


@pytest.mark.parametrize("role", ["responder", "viewer", "agency", "analyst"])
def test_those_who_may_not_mend_are_refused(finding: JudgedPost, account: MakeAccount, role: str) -> None:
    with pytest.raises(Refused):
        actions.accept(finding.pk, "known", by=account(role))
    assert state(finding) == "open"


def test_checking_again_is_written_down_with_its_counts(finding: JudgedPost, account: MakeAccount) -> None:
    assert actions.check_again(by=account("lead")) == (1, 0)
    assert AuditRow.objects.get(act="disclosure.check").details == {"judged": 1, "found": 0}


def test_no_audit_row_holds_words_or_names(finding: JudgedPost, account: MakeAccount) -> None:
    actions.accept(finding.pk, "because 小林 said so", by=account())
    kept = str(list(AuditRow.objects.filter(act__startswith="disclosure.").values()))
    assert not any(word in kept for word in ("小林", "海港", "because"))


def test_findings_show_their_evidence_in_the_kept_words(finding: JudgedPost, account: MakeAccount) -> None:
    (shown,) = findings(account("analyst"), Filter())
    assert [PLAIN_ZH[start:end] for start, end in shown.text_marks] == ["海港", "海港"][
        : len(shown.text_marks)
    ]
    assert "【广告】" in shown.wording
    assert shown.told[0].rules == ("广告法 art. 14",)


def test_a_market_shows_what_its_own_rules_say(harbour: None, write: Write, account: MakeAccount) -> None:
    write("anna", "Sponsored: my new Harbour phone takes great pictures")
    reader = account("analyst")
    found = {market: len(findings(reader, Filter(market=market))) for market in ("US", "UK", "CN")}
    assert found == {"US": 0, "UK": 1, "CN": 0}


def test_a_post_that_is_no_longer_kept_is_said_so(finding: JudgedPost, account: MakeAccount) -> None:
    JudgedPost.objects.update(post_id="0" * 16)
    (shown,) = findings(account("analyst"), Filter())
    assert (shown.post, shown.told) == (None, ())
