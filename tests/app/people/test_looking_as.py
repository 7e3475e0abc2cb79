"""In the sample the owner looks through a demo account's eyes, and back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from tests.app.conftest import Browser

from outlisten.app.listening.models import Workspace
from outlisten.app.people.actions.demo import OnlyInTheSample, make_demo_account
from outlisten.app.people.models import Account
from outlisten.app.trust.models import AuditRow

pytestmark = pytest.mark.django_db


def test_a_demo_account_is_made_once(sample: Workspace) -> None:
    made = make_demo_account("Responder, Support", "responder", ["support"], "en")
    assert make_demo_account("Responder, Support", "responder", ["support"]) == made
    assert (made.email, made.has_usable_password()) == ("responder-support@demo.localhost", False)
    assert [place.key for place in made.departments.all()] == ["support"]


@pytest.mark.parametrize(("role", "departments"), [("owner", ()), ("emperor", ()), ("lead", ("moon",))])
def test_a_demo_account_is_no_owner_and_has_departments_that_there_are(
    sample: Workspace, role: str, departments: tuple[str, ...]
) -> None:
    with pytest.raises(ValidationError):
        make_demo_account("x", role, departments)


def test_there_are_none_outside_the_sample(db: None) -> None:
    with pytest.raises(OnlyInTheSample):
        make_demo_account("x", "viewer")


def test_the_owner_looks_with_other_eyes_and_goes_back(sample: Workspace, browser: Browser) -> None:
    client, agency = browser("owner"), make_demo_account("代理公司", "agency")
    owner = Account.objects.get(role="owner")
    assert f'action="/look/as/{agency.pk}"' in client.get("/settings/about").content.decode()
    client.post(f"/look/as/{agency.pk}")
    page = client.get("/settings/about").content.decode()
    assert "You look as 代理公司 (Agency)." in page
    assert client.get("/settings/people/").status_code == 403
    client.post("/look/back")
    assert client.get("/settings/people/").status_code == 200
    assert client.session["_auth_user_id"] == str(owner.pk)


def test_one_switches_from_one_pair_of_eyes_to_another(sample: Workspace, browser: Browser) -> None:
    client = browser("owner")
    first, second = make_demo_account("Analyst", "analyst"), make_demo_account("Viewer", "viewer")
    client.post(f"/look/as/{first.pk}")
    client.post(f"/look/as/{second.pk}")
    assert client.session["_auth_user_id"] == str(second.pk)
    client.post("/look/back")
    assert client.get("/settings/people/").status_code == 200


@pytest.mark.parametrize("role", ["admin", "analyst", "agency"])
def test_only_the_owner_looks_with_other_eyes(sample: Workspace, browser: Browser, role: str) -> None:
    client, demo = browser(role), make_demo_account("Lead", "lead")
    assert "/look/as/" not in client.get("/settings/about").content.decode()
    assert client.post(f"/look/as/{demo.pk}").status_code == 403


def test_a_person_s_account_is_never_looked_through(
    sample: Workspace, browser: Browser, account: Callable[..., Account]
) -> None:
    client, lin = browser("owner"), account("viewer")
    refused = client.post(f"/look/as/{lin.pk}")
    assert refused.status_code == 403
    assert "Only in the bundled sample" in refused.content.decode()


def test_nobody_looks_with_other_eyes_outside_the_sample(sample: Workspace, browser: Browser) -> None:
    demo = make_demo_account("Viewer", "viewer")
    Workspace.objects.update(sample=False)
    client = browser("owner")
    assert "/look/as/" not in client.get("/settings/about").content.decode()
    assert client.post(f"/look/as/{demo.pk}").status_code == 403
    row = AuditRow.objects.get(act="look_as")
    assert (row.outcome, row.about) == ("refused", f"account:{demo.pk}")


def test_each_switch_is_written_down(sample: Workspace, browser: Browser) -> None:
    client, demo = browser("owner"), make_demo_account("Viewer", "viewer")
    client.post(f"/look/as/{demo.pk}")
    client.post("/look/back")
    rows = AuditRow.objects.filter(act__startswith="account.look").order_by("number")
    assert list(rows.values_list("act", "about")) == [
        ("account.look_as", f"account:{demo.pk}"), ("account.look_back", f"account:{demo.pk}")
    ]  # fmt: skip


def test_going_back_without_having_looked_changes_nothing(browser: Browser) -> None:
    client = browser("viewer")
    assert client.post("/look/back").status_code == 302
    assert client.get("/settings/people/").status_code == 403
