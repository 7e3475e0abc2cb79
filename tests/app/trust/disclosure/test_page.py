"""The page of the watch: the sentence first, the evidence marked, every act a form, every refusal plain."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.app.conftest import Browser
from tests.app.trust.disclosure.conftest import Write

from outlisten.app.trust.models import JudgedPost

ADDRESS = "/trust/disclosure"
PLAIN_ZH = "新款海港手机拍照真好看，推荐大家去试试"


def shown(client: Client, query: str = "") -> str:
    answer = client.get(f"{ADDRESS}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def finding(harbour: None, write: Write) -> JudgedPost:
    """A partner's post with signs, beside one that discloses."""
    write("anna", "#ad My new Harbour phone takes great pictures", native_id="2")
    write("小林", PLAIN_ZH, platform="weibo")
    return JudgedPost.objects.get(outcome="undisclosed")


def test_before_any_account_is_declared_the_page_says_so(browser: Browser, pages_store: object) -> None:
    assert "No account is declared yet" in shown(browser("analyst"))


def test_the_sentence_counts_signs_among_all_judged_posts(browser: Browser, finding: JudgedPost) -> None:
    assert "1 of 2 posts by declared partners, employees and paid accounts show signs" in shown(
        browser("analyst")
    )


def test_the_evidence_is_marked_with_its_rule_and_a_wording(browser: Browser, finding: JudgedPost) -> None:
    page = shown(browser("analyst"))
    assert "新款<mark>海港</mark>手机" in page
    assert "广告法 art. 14" in page
    assert "【广告】与海港合作。" in page


def test_the_page_speaks_chinese(browser: Browser, finding: JudgedPost) -> None:
    page = shown(browser("analyst", language="zh-hans"))
    assert "披露监测" in page
    assert "帖子提到“海港”，却没有说明关系" in page


def test_lists_markets_and_accounts_narrow_the_page(browser: Browser, finding: JudgedPost) -> None:
    client = browser("analyst")
    assert PLAIN_ZH[:2] not in shown(client, "?show=disclosed").split('id="posts"')[1].split("</ul>")[0]
    assert "Nothing to mend" in shown(client, "?market=US")
    assert "Nothing to mend" in shown(client, f"?account={finding.account_id + 1}")


@pytest.mark.parametrize(
    "query", ["?show=x&market=XX&account=-1&page=0", "?account=99999999999999999999", "?page=999999999999"]
)
def test_a_damaged_address_shows_the_usual_list(browser: Browser, finding: JudgedPost, query: str) -> None:
    shown(browser("analyst"), query)


def test_asking_accepting_and_opening_again_are_forms(browser: Browser, finding: JudgedPost) -> None:
    client, states = browser("lead"), []
    for act, data in (("ask", {"due": "2099-01-01"}), ("accept", {"note": "known"}), ("reopen", {})):
        client.post(f"{ADDRESS}/{finding.pk}/{act}", data)
        finding.refresh_from_db()
        states.append(finding.state)
    assert states == ["asked", "accepted", "open"]


@pytest.mark.parametrize(
    ("act", "data", "said"),
    [
        ("accept", {"note": ""}, "Give a reason"),
        ("mistaken", {"note": "x" * 300}, "within 240 characters"),
        ("ask", {"due": "tomorrow"}, "Write the day as"),
        ("ask", {"due": "2020-01-01"}, "This day is over"),
        ("ask", {"owner": "999"}, "cannot settle"),
        ("reopen", {}, "nothing was changed"),
    ],
)
def test_bad_input_is_explained_and_changes_nothing(
    browser: Browser, finding: JudgedPost, act: str, data: dict[str, str], said: str
) -> None:
    page = browser("lead").post(f"{ADDRESS}/{finding.pk}/{act}", data, follow=True).content.decode()
    assert said in page
    finding.refresh_from_db()
    assert finding.state == "open"


def test_a_finding_that_is_not_there_is_not_found(
    browser: Browser, harbour: None, pages_store: object
) -> None:
    assert browser("lead").post(f"{ADDRESS}/99/accept", {"note": "x"}).status_code == 404


def test_whoever_may_only_look_sees_no_buttons(browser: Browser, finding: JudgedPost) -> None:
    assert "Leave as it is" not in shown(browser("analyst"))
    assert "Leave as it is" in shown(browser("lead"))


def test_hostile_words_stay_words(browser: Browser, harbour: None, write: Write) -> None:
    write("anna", "<script>alert(1)</script> my Harbour phone <img src=x onerror=alert(2)> is great")
    page = shown(browser("lead"))
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_checking_again_says_how_many(browser: Browser, finding: JudgedPost) -> None:
    page = browser("lead").post(f"{ADDRESS}/check", follow=True).content.decode()
    assert "2 posts were checked; 0 newly show signs." in page
