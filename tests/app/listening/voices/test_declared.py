"""Declared accounts and campaigns decide the voice of posts that come and of posts that are kept."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from outlisten.app.listening import rereading
from outlisten.app.listening.actions import voices as actions
from outlisten.app.listening.actions.names import keep, undo
from outlisten.app.listening.actions.workspace import change_workspace
from outlisten.app.listening.models import Brand, Campaign, DeclaredAccount, Rereading
from outlisten.app.listening.store import pipeline
from outlisten.app.listening.voices import read_register
from outlisten.app.people.rules import Refused
from outlisten.app.trust.models import AuditRow


def test_a_post_that_comes_after_the_declaration_has_its_voice(
    cafe, pages_store, batch, voice_of, lead, an_account
):
    actions.declare(an_account("@HARBOURCAFE"), by=lead)
    actions.declare(an_account("海港咖啡", "weibo"), by=lead)
    pipeline().ingest(
        batch(
            {"native_id": "a", "author_handle": "harbourcafe", "text": "New beans"},
            {"native_id": "b", "platform": "weibo", "author": "海港咖啡", "text": "新豆子"},
            {"native_id": "c", "author": "海港咖啡", "text": "the same name on another platform"},
        )
    )
    assert [voice_of("a"), voice_of("b", "weibo"), voice_of("c")] == ["owned", "owned", "earned"]


def test_posts_that_are_kept_are_read_again(kept, voice_of, lead, an_account):
    assert voice_of("own") == "earned"
    actions.declare(an_account(), by=lead)
    assert rereading.work_off() == 1
    assert [voice_of("own"), voice_of("undated"), voice_of("fan")] == ["owned", "owned", "earned"]
    done = Rereading.objects.get()
    assert (done.state, done.total, done.read, done.changed, done.query) == ("done", 2, 2, 2, "")


def test_what_was_read_before_stays_in_the_history(kept, named, lead, an_account):
    actions.declare(an_account(), by=lead)
    rereading.work_off()
    assert kept.history(named("own"))["readings"].table["voice"].to_pylist() == ["earned", "owned"]


def test_undoing_gives_the_posts_their_voice_back(kept, voice_of, lead, an_account):
    token = actions.declare(an_account(), by=lead)
    rereading.work_off()
    actions.undo(token, by=lead)
    rereading.work_off()
    assert voice_of("own") == "earned"
    assert not DeclaredAccount.objects.exists()


def test_a_changed_name_frees_the_posts_of_the_old_one(kept, voice_of, lead, an_account):
    account = an_account()
    actions.declare(account, by=lead)
    rereading.work_off()
    account.account = "valley_host"
    token = actions.declare(account, by=lead)
    rereading.work_off()
    assert [voice_of("own"), voice_of("host")] == ["earned", "owned"]
    actions.undo(token, by=lead)
    rereading.work_off()
    assert [voice_of("own"), voice_of("host")] == ["owned", "earned"]


def test_an_ended_declaration_holds_for_its_days_only(cafe, pages_store, batch, voice_of, lead, an_account):
    account = an_account("探店小李", "weibo", voice="partner", since=date(2026, 3, 1))
    actions.declare(account, by=lead)
    actions.end(account, on=date(2026, 3, 10), by=lead)
    posts = [
        {"native_id": str(n), "platform": "weibo", "author": "探店小李", "text": "好喝", "created_at": when}
        for n, when in enumerate(
            ("2026-02-28T15:59:00", "2026-02-28T16:01:00", "2026-03-10T15:00:00", "2026-03-11T00:00:00")
        )
    ]
    from datetime import UTC, datetime

    for post in posts:
        post["created_at"] = datetime.fromisoformat(post["created_at"]).replace(tzinfo=UTC)
    pipeline().ingest(batch(*posts))
    # Days are Shanghai's: 16:01 in UTC is the next day there.
    assert [voice_of(str(n), "weibo") for n in range(4)] == ["earned", "partner", "partner", "earned"]


def test_a_partner_who_says_not_an_ad_is_unknown(kept, voice_of, lead, an_account):
    actions.declare(an_account("探店小李", "weibo", voice="paid"), by=lead)
    rereading.work_off()
    assert voice_of("blog-zh", "weibo") == "unknown"


def test_a_campaign_decides_for_everybody_who_used_its_hashtag(kept, voice_of, lead):
    actions.declare(Campaign(name="Harbour week", query="#harbourweek", since=date(2026, 3, 1)), by=lead)
    rereading.work_off()
    assert [voice_of("host"), voice_of("fan")] == ["paid", "earned"]


def test_a_campaign_applies_to_posts_that_come(cafe, pages_store, batch, voice_of, lead):
    actions.declare(
        Campaign(name="海港周", query="#海港周# OR example.org/haigang", voice="partner"), by=lead
    )
    pipeline().ingest(
        batch({"native_id": "z", "platform": "weibo", "author": "阿明", "text": "#海港周# 打卡"})
    )
    assert voice_of("z", "weibo") == "partner"


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("I work for Harbour and the new menu is lovely", "employee"),
        ("I work for Valley Hospital and your coffee was cold", "earned"),
        ("利益相关，我是海港咖啡的员工，新品不错", "employee"),
    ],
)
def test_an_employee_is_one_who_names_a_company_we_listen_to(
    cafe, brands_of_two, pages_store, batch, voice_of, text, voice
):
    pipeline().ingest(batch({"native_id": "e", "author": "Kai", "text": text}))
    assert voice_of("e") == voice


@pytest.mark.parametrize(
    "text",
    [
        "Not an ad: I work for Valley Hospital and your coffee was cold",
        "我是山谷医院的员工，不是广告，咖啡凉了",
        "Gifted by my sister. Not sponsored! Lovely cups",
    ],
)
@pytest.mark.parametrize("given", [None, "earned"])
def test_who_denies_a_tie_to_somebody_else_speaks_for_themselves(
    cafe, brands_of_two, pages_store, batch, voice_of, text, given
):
    pipeline().ingest(batch({"native_id": "d", "author": "Kai", "text": text, "voice_given": given}))
    assert voice_of("d") == "earned"


@pytest.mark.parametrize("name", ["Valley Hospital", "山谷医院"])
def test_posts_are_read_again_when_a_brand_gets_another_name(
    cafe, brands_of_two, pages_store, batch, voice_of, account, name
):
    texts = ("I work for Valley Hospital and the coffee is cold", "我是山谷医院的员工，咖啡凉了")
    pipeline().ingest(
        batch(*({"native_id": f"n{at}", "author": "Kai", "text": text} for at, text in enumerate(texts)))
    )
    lead, which = account("lead"), f"n{int(name != 'Valley Hospital')}"
    brand = Brand.objects.get(name="Valley Coffee")
    brand.name = name
    token = keep(brand, by=lead)
    rereading.work_off()
    assert voice_of(which) == "employee"
    undo(token, by=lead)
    rereading.work_off()
    assert voice_of(which) == "earned"


def test_posts_are_read_again_when_the_company_gets_another_name(kept, cafe, batch, voice_of, account):
    pipeline().ingest(batch({"native_id": "w", "author": "小林", "text": "我是山谷医院的员工，咖啡凉了"}))
    cafe.company = "山谷医院"
    change_workspace(cafe, by=account("admin"))
    rereading.work_off()
    assert voice_of("w") == "employee"


def test_a_bulk_paste_declares_each_line_once(kept, voice_of, lead, an_account):
    actions.declare(an_account(), by=lead)
    pasted = actions.declare_many(
        ["valley_host", " @HarbourCafe ", "", "valley_host", "x" * 201],
        an_account("", voice="partner"),
        by=lead,
    )
    assert (pasted.declared, pasted.known) == (1, ("@HarbourCafe",))
    assert [name for name, _why in pasted.refused] == ["x" * 80]
    rereading.work_off()
    assert voice_of("host") == "partner"
    actions.undo(pasted.undo, by=lead)
    rereading.work_off()
    assert voice_of("host") == "earned"


@pytest.mark.parametrize(
    "wrong",
    [
        {"account": " @ "},
        {"platform": " "},
        {"voice": "earned"},
        {"since": date(2026, 3, 2), "until": date(2026, 3, 1)},
    ],
)
def test_a_declaration_that_makes_no_sense_is_refused(kept, lead, an_account, wrong):
    with pytest.raises(ValidationError):
        actions.declare(an_account(**{"name": wrong.pop("account", "HarbourCafe"), **wrong}), by=lead)
    assert not Rereading.objects.exists()


def test_an_account_is_declared_once_for_each_day(kept, lead, an_account):
    actions.declare(an_account(until=date(2026, 3, 1)), by=lead)
    actions.declare(an_account(voice="partner", since=date(2026, 3, 2)), by=lead)
    with pytest.raises(ValidationError, match="declared for these days already"):
        actions.declare(an_account(voice="paid", since=date(2026, 4, 1)), by=lead)


@pytest.mark.parametrize("query", ["voice:earned", "NOT harbour", "harbour (", "#harbour voice:paid"])
def test_a_campaign_needs_words_to_look_for(kept, lead, query):
    with pytest.raises(ValidationError):
        actions.declare(Campaign(name="Week", query=query), by=lead)


@pytest.mark.parametrize("role", ["analyst", "responder", "viewer", "agency"])
def test_only_leads_and_administrators_declare(cafe, account, an_account, role):
    with pytest.raises(Refused):
        actions.declare(an_account(), by=account(role))
    with pytest.raises(Refused):
        actions.declare_many(["a"], an_account(), by=account(role, email=f"2{role}@example.org"))


def test_the_audit_log_names_the_declaration_and_not_the_person(kept, lead, an_account):
    actions.declare(an_account("Ana", voice="partner"), by=lead)
    row = AuditRow.objects.get(act="voice.declare")
    assert row.about == f"account:{DeclaredAccount.objects.get().pk}"
    assert row.details["person"].startswith("person:")
    assert "Ana" not in str(row.details)


def test_a_paste_of_hundreds_is_taken_back_in_a_few_rounds(kept, lead, an_account):
    pasted = actions.declare_many((f"门店{n}" for n in range(300)), an_account("", "weibo"), by=lead)
    rounds = Rereading.objects.count()
    actions.undo(pasted.undo, by=lead)
    assert Rereading.objects.count() == 2 * rounds == 12
    assert not DeclaredAccount.objects.exists()


def test_one_post_is_told_without_reading_the_whole_register(kept, lead, an_account, named):
    actions.declare_many((f"门店{n}" for n in range(50)), an_account("", "weibo"), by=lead)
    register = read_register(kept.get(named("own-zh", "weibo")))
    assert not register.accounts
    actions.declare(an_account("海港咖啡", "weibo"), by=lead)
    assert list(read_register(kept.get(named("own-zh", "weibo"))).accounts) == [("weibo", "海港咖啡")]
