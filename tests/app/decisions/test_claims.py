"""Claims: written down, frozen, tested; what is frozen stays, and what was written afterwards is never supported."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone, translation

from outlisten.app.decisions.claims import actions, queries
from outlisten.app.decisions.claims.content import digest
from outlisten.app.decisions.models import Claim
from outlisten.app.listening.actions import names
from outlisten.app.listening.models import Brand, SavedList, Topic, Workspace
from outlisten.app.people.rules import Refused
from outlisten.app.trust.models import AuditRow
from outlisten.insights import effects
from outlisten.query import matches, parse

FIRST = date(2025, 1, 6)
START = date(2025, 6, 16)
UNTIL = date(2025, 7, 13)
END = date(2025, 7, 14)


@pytest.fixture(scope="module")
def half_a_year(make_posts):
    """Posts about two brands; from START on people write about ours half as often."""
    random, posts = np.random.default_rng(4), []
    for place in range((END - FIRST).days + 1):
        day = FIRST + timedelta(days=place)
        for name, rate in (("海底捞", 12 * (0.5 if day >= START else 1)), ("Joyful", 12)):
            posts += [_post(name, day, len(posts) + n) for n in range(random.poisson(rate))]
    return make_posts(*posts)


@pytest.fixture
def talk(db, pages_store, half_a_year):
    """Those posts behind the pages, and the brands they are about."""
    pages_store.add(half_a_year)
    Workspace.objects.update_or_create(pk=1, defaults={"as_of": "newest", "zone": "UTC"})
    ours = Brand.objects.create(name="海底捞", side="own", query="海底捞")
    theirs = Brand.objects.create(name="Joyful", query="Joyful")
    return f"brand-{ours.pk}", f"brand-{theirs.pk}"


def _post(name: str, day: date, number: int) -> dict[str, object]:
    moment = datetime(day.year, day.month, day.day, 9 + number % 12, tzinfo=UTC)
    return {
        "text": f"{name} 等位 waited",
        "native_id": str(number),
        "created_at": moment,
        "author_handle": f"a{number}",
    }


@pytest.fixture
def draft(talk):
    ours, theirs = talk
    return Claim(
        text="等位投诉会减少三成", promised_by="某代理公司", metric="posts", subject=ours, comparisons=[theirs],
        size=-0.3, start=START, until=UNTIL,
    )  # fmt: skip


@pytest.fixture
def frozen(draft, account):
    """Frozen by the clock of the wall the day before the promise began."""
    claim = actions.freeze(actions.write_down(draft, by=account("analyst")), by=account("lead"))
    before = datetime(2025, 6, 15, 12, tzinfo=UTC)
    Claim.objects.filter(pk=claim.pk).update(frozen_at=before)
    claim.refresh_from_db()
    return claim


def test_a_kept_promise_that_was_frozen_before_is_supported(frozen, account):
    result = actions.test(frozen, by=account())
    assert (result.outcome, result.bar) == ("supported", "")
    assert result.low < -0.5 < result.high < 0


def test_a_promise_of_more_than_came_is_not_supported(draft, account):
    draft.size = -0.9
    claim = actions.freeze(actions.write_down(draft, by=account()), by=account("lead"))
    assert actions.test(claim, by=account("admin")).finding == "not_supported"


def test_what_was_written_down_afterwards_is_never_supported(draft, account):
    owner = account()
    claim = actions.freeze(actions.write_down(draft, by=owner), by=owner)
    result = actions.test(claim, by=owner)
    assert (result.finding, result.bar, result.outcome) == ("supported", "afterwards", "cannot_tell")


def test_looking_before_the_end_is_kept_as_too_early(draft, account):
    draft.until = date(2025, 7, 20)
    owner = account()
    claim = actions.freeze(actions.write_down(draft, by=owner), by=owner)
    result = actions.test(claim, by=owner)
    assert (result.bar, result.outcome) == ("early", "cannot_tell")


def test_looking_before_it_has_begun_is_refused(draft, account):
    draft.start, draft.until = date(2025, 7, 10), date(2025, 8, 10)
    owner = account()
    claim = actions.freeze(actions.write_down(draft, by=owner), by=owner)
    with pytest.raises(ValidationError, match="too early to look"):
        actions.test(claim, by=owner)
    assert not claim.tests.exists()


def test_a_claim_about_what_nobody_speaks_of_says_so(draft, account):
    Brand.objects.update(query="nobodyspeaksofthis")
    owner = account()
    claim = actions.freeze(actions.write_down(draft, by=owner), by=owner)
    with pytest.raises(ValidationError, match="nothing to test it on"):
        actions.test(claim, by=owner)


def test_a_draft_cannot_be_tested(draft, account):
    owner = account()
    with pytest.raises(ValidationError, match="Freeze"):
        actions.test(actions.write_down(draft, by=owner), by=owner)


def test_a_frozen_claim_cannot_be_changed(frozen, account):
    frozen.size = -0.01
    with pytest.raises(ValidationError, match="frozen"):
        actions.write_down(frozen, by=account())
    assert Claim.objects.get().size == -0.3


def test_a_claim_changed_behind_our_back_is_found_and_not_tested(frozen, account):
    Claim.objects.update(content={**frozen.content, "size": -0.01})
    changed = queries.claim(account(), frozen.pk)
    assert not queries.entry_of(changed).untouched
    with pytest.raises(ValidationError, match="hash"):
        actions.test(changed, by=account("admin"))


def test_a_start_moved_behind_our_back_does_not_take_the_mark_away(draft, account):
    owner = account()
    claim = actions.freeze(actions.write_down(draft, by=owner), by=owner)
    Claim.objects.update(start=date(2999, 1, 1), until=date(2999, 2, 1))
    entry = queries.entry_of(queries.claim(owner, claim.pk))
    assert entry.afterwards
    assert queries.due(entry.claim, END)


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_with_writing_while_a_claim_is_reckoned(frozen, account, monkeypatch):
    reckon, locked = effects.test, []

    def watched(*given, **more):
        locked.append(connection.in_atomic_block)
        return reckon(*given, **more)

    monkeypatch.setattr(effects, "test", watched)
    assert actions.test(frozen, by=account()).outcome == "supported"
    assert locked == [False]


def test_a_brand_renamed_later_changes_nothing_that_is_frozen(frozen, account):
    Brand.objects.filter(name="海底捞").update(query="Joyful")
    assert actions.test(frozen, by=account()).outcome == "supported"


def test_the_hash_stands_in_the_audit_log_without_a_word_of_the_promise(frozen):
    row = AuditRow.objects.get(act="claim.freeze")
    assert row.details["sha256"] == frozen.digest == digest(frozen.content)
    assert "等位" not in str(row.details)


def test_the_first_test_after_the_end_counts(frozen, account):
    owner = account()
    first, second = actions.test(frozen, by=owner), actions.test(frozen, by=owner)
    assert queries.test_that_counts(queries.claim(owner, frozen.pk)) == first
    assert second.pk > first.pk


@pytest.mark.parametrize("role", ["responder", "viewer", "agency"])
def test_who_may_not_make_claims_is_refused(draft, account, role):
    with pytest.raises(Refused):
        actions.write_down(draft, by=account(role))


@pytest.mark.parametrize(("change", "said"), [
    ({"until": START}, "less than a week"), ({"until": date(2025, 1, 1)}, "ends before"),
    ({"size": -1.0}, "100 %"), ({"subject": "brand-999"}, "deleted"), ({"metric": "voice", "comparisons": []}, "share of voice"),
    ({"until": date(2029, 1, 1)}, "two years"),
])  # fmt: skip
def test_what_cannot_be_tested_is_not_written_down(draft, account, change, said):
    for name, value in change.items():
        setattr(draft, name, value)
    with pytest.raises(ValidationError, match=said):
        actions.write_down(draft, by=account())


@pytest.mark.parametrize("metric", ["authors", "unhappy", "negative", "voice"])
def test_every_metric_gives_a_result_or_a_reason(draft, account, metric):
    draft.metric, owner = metric, account()
    claim = actions.freeze(actions.write_down(draft, by=owner), by=owner)
    result = actions.test(claim, by=owner)
    assert result.effect is not None or result.result["reasons"]


def test_days_on_which_nothing_was_collected_are_missing(draft, account, pages_store):
    from outlisten.app.decisions.claims.content import content_of
    from outlisten.app.decisions.claims.series import series_of
    from outlisten.query import Context

    series = series_of(content_of(draft), pages_store, Context(), END)
    assert not np.isnan(series.treated).any()
    pages_store.erase(ids=[p["id"] for p in _of_day(pages_store, START)])
    holed = series_of(content_of(draft), pages_store, Context(), END)
    assert np.isnan(holed.treated).nonzero()[0].tolist() == [(START - FIRST).days]


@pytest.mark.parametrize(("weeks", "why"), [(4, "too_few_days_after"), (9, "missing_after")])
def test_a_network_that_is_no_longer_collected_is_no_effect(
    talk, account, pages_store, make_posts, weeks, why
):
    """Half of the talk came from a second network, until the day the promise began."""
    random, more = np.random.default_rng(5), []
    for place in range((START - FIRST).days - 1):
        for name in ("海底捞", "Joyful"):
            day, number = FIRST + timedelta(days=place), 50_000 + len(more)
            more += [{**_post(name, day, number + n), "platform": "weibo"} for n in range(random.poisson(12))]
    pages_store.add(make_posts(*more))
    ours, owner = talk[0], account()
    start = END - timedelta(weeks=weeks)
    claim = Claim(
        text="少三成", promised_by="某代理公司", metric="posts", subject=ours, size=-0.3,
        start=start, until=END - timedelta(days=1),
    )  # fmt: skip
    result = actions.test(actions.freeze(actions.write_down(claim, by=owner), by=owner), by=owner)
    assert result.finding == "cannot_tell"
    assert [reason["code"] for reason in result.result["reasons"]] == [why]


@pytest.mark.parametrize(("query", "counted"), [("海底捞", False), ("海底捞 voice:owned", True)])
def test_what_a_company_writes_itself_fulfils_no_promise(talk, pages_store, make_posts, query, counted):
    from outlisten.app.decisions.claims.content import content_of
    from outlisten.app.decisions.claims.series import series_of
    from outlisten.query import Context

    Brand.objects.filter(name="海底捞").update(query=query)
    own = [{**_post("海底捞", START, 90_000 + n), "voice": "owned"} for n in range(300)]
    pages_store.add(make_posts(*own))
    claim = Claim(metric="posts", subject=talk[0], start=START, until=UNTIL, size=0.5)
    series = series_of(content_of(claim), pages_store, Context(), END)
    assert bool(series.treated[series.before(START)] >= 300) is counted


def _of_day(store, day):
    from outlisten.posts.store import TimeRange

    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    window = TimeRange(start, start + timedelta(days=1))
    return store.search(None, window=window, limit=200, columns=["id"]).posts.to_pylist()


def test_a_new_claim_names_the_old_one(frozen, account, browser):
    page = browser("analyst", email="second@example.org").get(f"/decisions/claims/new?instead={frozen.pk}")
    assert f"Instead of claim {frozen.pk}" in page.text
    assert 'value="-30%"' in page.text


def test_the_frozen_moment_is_the_clocks_not_the_archives(draft, account):
    owner = account()
    claim = actions.freeze(actions.write_down(draft, by=owner), by=owner)
    assert abs(claim.frozen_at - timezone.now()) < timedelta(minutes=1)


FORM = {
    "text": "少三成",
    "promised_by": "x",
    "promiser": "agency",
    "metric": "posts",
    "start": START,
    "until": UNTIL,
}


def test_a_promise_is_written_down_on_its_page(talk, browser):
    answer = browser("analyst").post("/decisions/claims/new", {**FORM, "subject": talk[0], "amount": "−30 %"})
    claim = Claim.objects.get()
    assert answer.url == f"/decisions/claims/{claim.pk}"
    assert (claim.size, claim.relative, claim.made_by.role) == (-0.3, True, "analyst")


@pytest.mark.parametrize(
    ("language", "said"), [("en", "write it with its sign"), ("zh-hans", "请连同正负号一起写")]
)
def test_a_size_without_its_sign_is_explained_beside_its_field(talk, browser, language, said):
    page = browser(language=language).post(
        "/decisions/claims/new", {**FORM, "subject": talk[0], "amount": "30%"}
    )
    assert page.status_code == 400
    assert said in page.text
    assert not Claim.objects.exists()


def test_the_page_of_a_tested_claim_begins_with_its_verdict(frozen, account, browser):
    actions.test(frozen, by=account("admin"))
    page = browser("viewer", language="zh-hans").get(f"/decisions/claims/{frozen.pk}").text
    assert "承诺：自2025年6月16日起，海底捞的帖子 −30%。结果：−" in page
    assert "成立" in page


def test_an_early_test_is_no_outcome_of_a_decision(draft, account):
    draft.until, owner = date(2025, 7, 20), account()
    claim = actions.freeze(actions.write_down(draft, by=owner), by=owner)
    assert actions.test(claim, by=owner).bar == "early"
    assert not Claim.objects.concluded().exists()
    claim.tests.update(bar="")
    assert Claim.objects.concluded().get() == claim


def test_what_was_promised_stays_in_the_list_whatever_came_of_it(frozen, account, browser):
    frozen.refresh_from_db()
    actions.test(frozen, by=account("admin"))
    assert "等位投诉会减少三成" in browser("viewer").get("/decisions/claims/").text


def test_an_unknown_claim_is_not_found(db, pages_store, browser):
    assert browser("viewer").get("/decisions/claims/99").status_code == 404


def test_the_measures_say_what_is_missing_before_anything_is_frozen(draft, account):
    from outlisten.app.decisions.claims import measures

    owner = account()
    actions.write_down(draft, by=owner)
    for ask in (measures.promises_tested, measures.verdicts, measures.smallest_detectable_effect):
        measure = ask(owner)
        assert measure.value is None
        assert measure.missing
        assert measure.next_step.address == "/decisions/claims/"


def test_the_measures_count_promises_that_have_ended(frozen, account):
    from outlisten.app.decisions.claims import measures

    owner = account()
    assert measures.promises_tested(owner).value == 0
    actions.test(frozen, by=owner)
    assert measures.promises_tested(owner).value == 1
    assert measures.verdicts(owner).value == 1
    seen = measures.smallest_detectable_effect(owner)
    assert 0 < seen.value < 0.6
    with translation.override("zh-hans"):
        assert str(measures.smallest_detectable_effect(owner).sentence).startswith("这次检验")


def test_what_is_frozen_does_not_move_with_the_topics_it_used(draft, account):
    topic = Topic.objects.create(name="锅", query="海底捞 OR 火锅")
    Brand.objects.filter(name="海底捞").update(query="query:锅 -招聘")
    claim = actions.freeze(actions.write_down(draft, by=account("analyst")), by=account("lead"))
    topic.query = "别的"
    names.keep(topic, by=account())
    claim.refresh_from_db()
    assert "(海底捞 OR 火锅) NOT 招聘" in claim.content["subject"]["query"]


def test_what_is_frozen_does_not_move_with_the_lists_it_used(draft, account):
    media = SavedList(name="媒体 & press", accounts="a1\n王小明", sites="news.example")
    owner = account()
    names.keep(media, by=owner)
    Brand.objects.filter(name="海底捞").update(query='海底捞 -list:"媒体 & press"')
    claim = actions.freeze(actions.write_down(draft, by=account("analyst")), by=account("lead"))
    asked = parse(claim.content["subject"]["query"])
    media.fill("somebody\nelse.example")
    names.keep(media, by=owner)
    claim.refresh_from_db()
    assert "list:" not in claim.content["subject"]["query"]
    assert asked.valid
    said = {"text": "海底捞", "voice": "earned"}
    assert not matches(asked, {**said, "author": "王小明"})
    assert not matches(asked, {**said, "site": "m.news.example"})
    assert matches(asked, {**said, "author": "somebody"})


def _long_list():
    return SavedList(name="大名单", accounts="\n".join(f"account{n}" for n in range(2500)))


def test_a_list_too_long_to_be_frozen_is_named(draft, account):
    names.keep(_long_list(), by=account())
    Brand.objects.filter(name="海底捞").update(query="海底捞 -list:大名单")
    with pytest.raises(ValidationError, match=r"大名单.*2,500"):
        actions.write_down(draft, by=account("analyst"))
