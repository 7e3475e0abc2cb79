"""Statement 3 in figures, and what is held of a person beside the posts."""

from __future__ import annotations

import pytest

from outlisten.app.listening import rereading
from outlisten.app.listening.actions import corrections, voices
from outlisten.app.listening.measures import earned_to_owned_voice, said_by_companies
from outlisten.app.listening.models import Brand, DeclaredAccount, Rereading
from outlisten.app.listening.personal_data import erase, held
from outlisten.app.listening.store import pipeline
from outlisten.app.people.rules import Refused
from outlisten.app.trust.persons import Person


@pytest.fixture
def talk(cafe, pages_store, batch):
    """Thirty people and ten posts of our cafe, in both languages."""
    Brand.objects.create(name="Harbour", side="own", query="Harbour OR 海港")
    people = [
        {"native_id": f"p{n}", "author": f"客人{n}", "text": "海港咖啡排队 Harbour queue"} for n in range(30)
    ]
    own = [
        {"native_id": f"o{n}", "author_handle": "HarbourCafe", "text": "New at Harbour 海港新品"}
        for n in range(10)
    ]
    pipeline().ingest(batch(*people, *own))
    return pages_store


def test_without_a_declared_account_it_is_not_measured_yet(talk, lead):
    for measure in (earned_to_owned_voice(lead), said_by_companies(lead)):
        assert measure.value is None
        assert "No own account is declared" in measure.missing
        assert measure.next_step.address == "/settings/voices"


def test_the_ratio_has_an_interval_a_trend_and_its_posts(talk, lead, an_account):
    voices.declare(an_account(), by=lead)
    rereading.work_off()
    measure = earned_to_owned_voice(lead)
    assert measure.value == pytest.approx(3)
    assert measure.low < 3 < measure.high
    assert [(point.start.isoformat(), point.value) for point in measure.trend] == [
        ("2026-03-01", pytest.approx(3))
    ]
    assert [step.address.startswith("/listen/?q=") for step in measure.evidence] == [True, True]


def test_a_quarter_of_the_talk_was_the_company_itself(talk, lead, an_account):
    voices.declare(an_account(), by=lead)
    rereading.work_off()
    measure = said_by_companies(lead)
    assert measure.value == pytest.approx(0.25)
    assert "25 %" in measure.sentence


@pytest.mark.parametrize(
    ("handle", "text"), [("ValleyCoffee", "Better than Harbour"), ("山谷咖啡", "比海港好喝")]
)
def test_what_a_competitor_says_of_us_is_not_ours(talk, lead, an_account, batch, handle, text):
    valley = Brand.objects.create(name="Valley", side="competitor", query="Valley OR 山谷")
    voices.declare(an_account(), by=lead)
    voices.declare(an_account(handle, brand=valley), by=lead)
    pipeline().ingest(
        batch(*({"native_id": f"v{n}", "author_handle": handle, "text": text} for n in range(5)))
    )
    rereading.work_off()
    assert earned_to_owned_voice(lead).value == pytest.approx(3)
    assert said_by_companies(lead).value == pytest.approx(0.25)


def test_a_thousand_declared_accounts_of_a_competitor_are_no_bad_query(talk, lead, an_account):
    valley = Brand.objects.create(name="Valley", side="competitor", query="Valley")
    many = (an_account(f"门店{n}", folded=f"门店{n} of the valley", brand=valley) for n in range(1_000))
    DeclaredAccount.objects.bulk_create(many)
    voices.declare(an_account(), by=lead)
    rereading.work_off()
    assert earned_to_owned_voice(lead).value == pytest.approx(3)


def test_without_a_brand_of_ours_nothing_is_measured(cafe, pages_store, lead):
    assert "No brand of ours" in earned_to_owned_voice(lead).missing


def test_an_agency_does_not_see_the_statements(talk, account):
    with pytest.raises(Refused):
        earned_to_owned_voice(account("agency"))


def test_what_is_held_of_a_person_is_told_and_erased(kept, named, lead, an_account):
    voices.declare(an_account("阿明", "weibo", voice="partner", note="咖啡课讲师"), by=lead)
    corrections.correct(named("fan-zh", "weibo"), "paid", "合同", by=lead)
    corrections.tag(named("fan-zh", "weibo"), ["排队"], by=lead)
    person = Person("weibo", name="阿明", post_ids=frozenset({named("fan-zh", "weibo")}))
    assert [thing["kind"] for thing in held(person)] == ["declared account", "correction", "tag"]
    assert erase(person) == 4, "and the round that still asks for the name"
    assert (held(person), erase(person)) == ([], 0)
    assert not Rereading.objects.exists()


def test_others_of_the_same_name_elsewhere_stay(kept, lead, an_account):
    voices.declare(an_account("阿明", "weibo"), by=lead)
    assert erase(Person("x", name="阿明")) == 0
    assert DeclaredAccount.objects.count() == 1


def test_a_name_leaves_every_round_that_asks_for_it_and_the_others_stay_in_it(kept, lead, an_account):
    voices.declare_many(["阿明", "探店小李", "Ana B"], an_account("", "weibo"), by=lead)
    withdrawn = an_account("阿明", "x")
    voices.declare(withdrawn, by=lead)
    DeclaredAccount.objects.all().delete()
    Rereading.objects.update(state="failed")
    assert erase(Person("weibo", name="阿明")) == 1
    elsewhere, here = (one.query for one in Rereading.objects.all())
    assert "阿明" not in here
    assert "探店小李" in here
    assert "ana b" in here
    assert "阿明" in elsewhere
    assert erase(Person("x", handle="阿明")) == 1
    assert [one.query for one in Rereading.objects.all()] == [here]
