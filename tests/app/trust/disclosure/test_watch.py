"""Posts of declared accounts are judged as they come in, as they are edited, and as declarations change."""

from __future__ import annotations

from datetime import date

import pytest
from tests.app.trust.disclosure.conftest import Write

from outlisten.app.listening.models import Brand, DeclaredAccount, VoiceCorrection
from outlisten.app.trust.disclosure.again import check_all
from outlisten.app.trust.models import AuditRow, JudgedPost

pytestmark = pytest.mark.usefixtures("harbour")
PLAIN_ZH, PLAIN_EN = "新款海港手机拍照真好看，推荐大家去试试", "My new Harbour phone takes great pictures"


def judged() -> JudgedPost:
    return JudgedPost.objects.get()


@pytest.mark.parametrize(
    ("author", "platform", "text", "outcome", "reason"),
    [
        ("小林", "weibo", PLAIN_ZH, "undisclosed", "missing"),
        ("小林", "weibo", f"【广告】{PLAIN_ZH}", "disclosed", "clear"),
        ("小林", "weibo", f"非广！{PLAIN_ZH}", "undisclosed", "contradiction"),
        ("小林", "weibo", "今天海边的天气真不错", "unknown", "no_trigger"),
        ("anna", "x", PLAIN_EN, "undisclosed", "missing"),
        ("anna", "x", f"#ad {PLAIN_EN}", "disclosed", "clear"),
        ("anna", "x", f"Sponsored: {PLAIN_EN}", "undisclosed", "weak_word"),
        ("lee", "x", f"I work for Harbour. {PLAIN_EN}", "disclosed", "clear"),
    ],
)
def test_a_post_of_a_declared_account_is_judged_when_it_comes_in(
    write: Write, author: str, platform: str, text: str, outcome: str, reason: str
) -> None:
    write(author, text, platform=platform)
    assert (judged().outcome, judged().reason) == (outcome, reason)


@pytest.mark.parametrize("text", [PLAIN_ZH, PLAIN_EN, f"#ad {PLAIN_EN}", f"非广！{PLAIN_ZH}", "#sponsored"])
def test_a_post_of_an_undeclared_account_is_never_judged(write: Write, text: str) -> None:
    write("somebody", text)
    write("anna", text, native_id="2", platform="weibo")  # another platform's anna
    assert not JudgedPost.objects.exists()


def test_a_competitors_partner_is_not_ours_to_judge(write: Write) -> None:
    valley = Brand.objects.create(name="Valley", side="competitor", query="Valley")
    DeclaredAccount.objects.create(platform="x", account="bo", folded="bo", voice="paid", brand=valley)
    write("bo", PLAIN_EN)
    assert not JudgedPost.objects.exists()


def test_the_company_itself_needs_no_disclosure(write: Write) -> None:
    DeclaredAccount.objects.create(platform="x", account="harbour", folded="harbour", voice="owned")
    write("harbour", PLAIN_EN)
    assert not JudgedPost.objects.exists()


def test_private_messages_are_not_judged(write: Write) -> None:
    write("anna", PLAIN_EN, type="message")
    assert not JudgedPost.objects.exists()


def test_a_post_outside_the_declared_days_is_not_judged(write: Write) -> None:
    DeclaredAccount.objects.filter(account="anna").update(since=date(2026, 6, 1))
    write("anna", PLAIN_EN)
    assert not JudgedPost.objects.exists()


def test_a_post_corrected_by_hand_is_not_judged(write: Write) -> None:
    write("anna", PLAIN_EN)
    VoiceCorrection.objects.create(
        post_id=judged().post_id, voice="earned", reason="written before the contract"
    )
    check_all()
    assert not JudgedPost.objects.exists()


def test_each_market_of_the_account_gets_its_verdict(write: Write) -> None:
    write("anna", f"Sponsored: {PLAIN_EN}")
    assert list(judged().markets.values_list("market", "outcome")) == [
        ("US", "disclosed"),
        ("UK", "undisclosed"),
    ]


def test_without_declared_markets_the_language_tells_them(write: Write) -> None:
    write("lee", PLAIN_EN)
    assert list(judged().markets.values_list("market", flat=True)) == ["US", "UK", "EU"]


def test_signs_open_a_finding_and_an_edit_that_discloses_mends_it(write: Write) -> None:
    write("小林", PLAIN_ZH, platform="weibo")
    assert judged().state == "open"
    write("小林", f"【广告】{PLAIN_ZH}", platform="weibo")
    assert (judged().state, judged().outcome) == ("mended", "disclosed")
    assert judged().settled_at


def test_an_edit_that_takes_the_words_away_again_reopens_it(write: Write) -> None:
    for text in (PLAIN_ZH, f"【广告】{PLAIN_ZH}", f"{PLAIN_ZH}！"):
        write("小林", text, platform="weibo")
    assert judged().state == "open"


def test_an_edit_that_does_not_mend_leaves_it_open(write: Write) -> None:
    write("anna", PLAIN_EN)
    write("anna", f"{PLAIN_EN}. Thanks Harbour")
    assert (judged().state, judged().reason) == ("open", "weak_word")


def test_what_people_settled_stays_until_the_post_is_edited(write: Write) -> None:
    write("anna", PLAIN_EN)
    JudgedPost.objects.update(state="accepted")
    check_all()
    assert judged().state == "accepted"
    write("anna", f"{PLAIN_EN} today")
    assert judged().state == "open"


def test_a_finding_that_only_rested_on_our_names_is_not_called_mended(write: Write) -> None:
    write("anna", PLAIN_EN)
    Brand.objects.all().delete()
    check_all()
    assert (judged().state, judged().found_at) == ("nothing", None)


def test_verdicts_go_with_the_declaration(write: Write) -> None:
    write("anna", PLAIN_EN)
    DeclaredAccount.objects.filter(account="anna").delete()
    assert not JudgedPost.objects.exists()


def test_an_ended_declaration_takes_later_posts_out(write: Write) -> None:
    write("anna", PLAIN_EN)
    DeclaredAccount.objects.filter(account="anna").update(until=date(2026, 4, 30))
    check_all()
    assert not JudgedPost.objects.exists()


def test_what_was_found_stands_in_the_audit_log_by_count_alone(write: Write) -> None:
    write("anna", PLAIN_EN)
    row = AuditRow.objects.get(act="disclosure.find")
    assert (row.actor, row.details) == (None, {"found": 1, "judged": 1})
