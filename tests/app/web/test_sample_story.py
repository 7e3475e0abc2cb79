"""The story of the bundled sample in a home: told once, by the rooms' own acts, and seen as what it is."""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from django.test import Client

from outlisten import sample
from outlisten.app.care.models import Answer, Case, Entry
from outlisten.app.decisions.models import Claim, Decision, Insight
from outlisten.app.listening.models import DeclaredAccount
from outlisten.app.listening.queries.names import workspace
from outlisten.app.listening.store import pipeline
from outlisten.app.people.models import Account
from outlisten.app.people.queries import demo_accounts
from outlisten.app.trust.models import AuditRow
from outlisten.app.web.sample_story import doors
from outlisten.cli import sample_story
from outlisten.cli.sample_home import keep_names
from outlisten.posts import PostStore
from outlisten.sample.story import ACCOUNTS, MADE_UP

pytestmark = pytest.mark.django_db
BUREAUS = pa.array(["Equifax", "TransUnion", "Experian"])


def bureaus() -> pa.Table:
    """The complaints to the three bureaus: what the cases, the insights and the claim are about."""
    complaints = next(sample.posts())
    return complaints.filter(pc.is_in(complaints["to"], value_set=BUREAUS))


@pytest.fixture
def owner(request: pytest.FixtureRequest, pages_store: PostStore, account: Callable[..., Account]) -> Account:
    """The owner of a sample home in which the story was told."""
    here = workspace()
    here.sample, here.as_of = True, here.AsOf.NEWEST
    here.save()
    pipeline().ingest(bureaus())
    made = account("owner", language=getattr(request, "param", "en"))
    keep_names(made)
    tell(made)
    return made


def tell(owner: Account) -> None:
    sample_story.tell(owner, lambda _done, _total, _remark: None)


def counts() -> list[int]:
    kept = (Account, DeclaredAccount, Case, Entry, Answer, Insight, Decision, Claim, AuditRow)
    return [model.objects.count() for model in kept]


@pytest.mark.parametrize("owner", ["en", "zh-hans"], indirect=True)
def test_the_story_is_told_once_labelled_and_whole(owner: Account) -> None:
    label = MADE_UP.read("zh-hans" if owner.language == "zh-hans" else "en")
    assert 40 < Case.objects.count() < 70
    assert set(Case.objects.values_list("department__key", flat=True)) == {
        "legal",
        "support",
        "product",
        "operations",
    }
    assert {"new", "open", "waiting_customer", "solved"} == set(Case.objects.values_list("state", flat=True))
    worked = [entry.text for entry in Entry.objects.exclude(text="")]
    said = [answer.text for answer in Answer.objects.all()]
    decided = [one.text for one in (*Decision.objects.all(), *Claim.objects.all())]
    assert len(worked) > 5
    assert len(said) == 2
    assert len(decided) == 3
    assert all(label in text for text in (*worked, *said, *decided))
    before = counts()
    tell(owner)
    assert counts() == before


def test_each_account_can_be_looked_through_and_opens_today(owner: Account) -> None:
    assert demo_accounts().count() == len(ACCOUNTS)
    for one in demo_accounts():
        client = Client()
        client.force_login(owner, backend="allauth.account.auth_backends.AuthenticationBackend")
        assert client.post(f"/look/as/{one.pk}").status_code == 302
        page = client.get("/").content.decode()
        assert one.name in page
        for door in doors(one):
            assert client.get(door.address).status_code == 200


def test_the_claim_cannot_tell_and_says_that_it_was_written_afterwards(owner: Account) -> None:
    test = Claim.objects.get().tests.get()
    assert (test.outcome, test.bar) == ("cannot_tell", "afterwards")
    assert Decision.objects.filter(state="reviewed", outcomes__claim=test.claim).count() == 1


def test_a_story_that_was_cut_short_goes_on_where_it_stopped(
    owner: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = counts()
    told = AuditRow.objects.filter(act=sample_story.CHAPTER)
    assert told.count() == len(sample_story.CHAPTERS)

    def killed(_telling: object) -> None:
        owner.name = "half"
        owner.save()
        raise KeyboardInterrupt

    monkeypatch.setitem(sample_story.CHAPTERS, "later", killed)
    with pytest.raises(KeyboardInterrupt):
        tell(owner)
    assert counts() == before
    assert Account.objects.get(pk=owner.pk).name != "half"


def test_there_is_no_story_in_a_workspace_of_ones_own(
    pages_store: PostStore, account: Callable[..., Account]
) -> None:
    assert doors(account("owner")) == []
