"""Asking people in: by link or e-mail, once, for seven days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from tests.app.conftest import Browser

from outlisten.app.people.actions import invitations as actions
from outlisten.app.people.actions.invitations import Handed, InvitationOver
from outlisten.app.people.actions.undoing import CannotUndo
from outlisten.app.people.models import Account, Invitation
from outlisten.app.trust.models import AuditRow

pytestmark = pytest.mark.django_db
CHOSEN = {"name": "林小一", "password": "a quiet morning walk"}
ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7", "HTTP_X_FORWARDED_FOR": "192.0.2.7"}
Invite = Callable[..., Handed]


def path(handed: Handed) -> str:
    return handed.link.removeprefix("https://listen.example.org")


def test_a_link_from_any_machine_makes_the_account_that_was_promised(client: Client, invited: Invite) -> None:
    address = path(invited(role="lead", departments=("sales", "support")))
    assert "欢迎加入" in client.get(address, **ELSEWHERE).content.decode()
    assert client.post(address, CHOSEN, **ELSEWHERE).url == "/"
    made = Account.objects.get(email="lin@example.org")
    assert (made.name, made.role, made.language) == ("林小一", "lead", "zh-hans")
    assert {place.key for place in made.departments.all()} == {"sales", "support"}
    assert client.session["_auth_user_id"] == str(made.pk)
    assert made.check_password(CHOSEN["password"])


def test_a_link_works_once_and_then_says_so(client: Client, invited: Invite) -> None:
    address = path(invited())
    client.post(address, CHOSEN)
    again = Client().get(address, headers={"accept-language": "en"})
    assert again.status_code == 410
    assert "was used already" in again.content.decode()
    assert Client().post(address, CHOSEN).status_code == 410


@pytest.mark.parametrize(
    ("state", "said"),
    [("expired", "has expired"), ("withdrawn", "was withdrawn"), ("unknown", "does not work")],
)
def test_a_link_that_is_over_says_why_and_what_to_do(
    client: Client, invited: Invite, state: str, said: str
) -> None:
    handed = invited()
    now = timezone.now()
    if state == "unknown":
        handed.invitation.delete()
    else:
        change = {"expired": {"expires_at": now - timedelta(seconds=1)}, "withdrawn": {"withdrawn_at": now}}[
            state
        ]
        Invitation.objects.update(**change)
    answer = client.get(path(handed), headers={"accept-language": "en"})
    assert (answer.status_code, said in answer.content.decode()) == (410, True)
    assert client.post(path(handed), CHOSEN).status_code == 410
    assert not Account.objects.filter(email="lin@example.org").exists()


def test_it_is_good_for_seven_days(invited: Invite) -> None:
    left = invited().invitation.expires_at - timezone.now()
    assert timedelta(days=6, hours=23) < left <= timedelta(days=7)


@pytest.mark.parametrize("password", ["short", "1234567890123", "林小一林小一林小一林"])
def test_a_weak_password_is_explained_and_the_link_stays_good(
    client: Client, invited: Invite, password: str
) -> None:
    address = path(invited())
    answer = client.post(address, {"name": "林小一林小一林小一林", "password": password})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert client.post(address, CHOSEN).status_code == 302


def test_the_token_is_kept_nowhere(invited: Invite) -> None:
    token = invited().link.rsplit("/", 1)[-1]
    kept = Invitation.objects.values_list().get()
    assert token not in str(kept)
    assert token not in str(list(AuditRow.objects.values_list("details", "about")))


def test_sending_again_ends_the_link_before(client: Client, invited: Invite, owner: Account) -> None:
    first = invited()
    second = actions.send_again(first.invitation, base="https://listen.example.org", by=owner)
    assert client.get(path(first)).status_code == 410
    assert client.get(path(second)).status_code == 200


def test_withdrawing_can_be_undone(client: Client, invited: Invite, owner: Account) -> None:
    handed = invited()
    token = actions.withdraw(handed.invitation, by=owner)
    assert client.get(path(handed)).status_code == 410
    actions.undo_withdrawal(token, by=owner)
    assert client.get(path(handed)).status_code == 200


def test_a_withdrawn_invitation_does_not_come_back_beside_a_newer_one(
    invited: Invite, owner: Account
) -> None:
    token = actions.withdraw(invited().invitation, by=owner)
    invited()
    with pytest.raises(CannotUndo):
        actions.undo_withdrawal(token, by=owner)


def test_who_came_in_is_not_invited_again_nor_withdrawn(invited: Invite, owner: Account) -> None:
    handed = invited()
    actions.accept(handed.link.rsplit("/", 1)[-1], **CHOSEN)
    with pytest.raises(InvitationOver):
        actions.withdraw(handed.invitation, by=owner)
    with pytest.raises(InvitationOver):
        actions.send_again(handed.invitation, base="", by=owner)


@pytest.mark.parametrize(
    "given",
    [{"email": "owner@example.org"}, {"email": "LIN@example.org"}, {"email": "nobody"}, {"role": "owner"},
     {"role": "emperor"}, {"name": " "}, {"language": "tlh"}],
)  # fmt: skip
def test_bad_invitations_are_refused(invited: Invite, given: dict[str, str]) -> None:
    invited()
    with pytest.raises(ValidationError):
        invited(**{"email": "other@example.org", **given})


def test_the_e_mail_is_plain_and_in_the_invited_person_s_language(
    settings: object, invited: Invite, client: Client
) -> None:
    settings.SENDS_EMAIL = True  # type: ignore[attr-defined]
    handed = invited()
    (sent,) = mail.outbox
    assert (handed.sent, sent.to, sent.content_subtype) == (True, ["lin@example.org"], "plain")
    assert "邀请你加入" in sent.subject
    assert sent.body.startswith("林一，你好：")
    assert handed.link in sent.body.splitlines()


def test_a_mail_server_that_refuses_leaves_the_link(settings: object, invited: Invite) -> None:
    settings.SENDS_EMAIL = True  # type: ignore[attr-defined]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # type: ignore[attr-defined]
    handed = invited()
    assert (handed.sent, "could not be sent" in handed.problem) == (False, True)
    assert handed.link


def test_the_page_invites_and_shows_the_link_once(browser: Browser) -> None:
    client = browser("admin")
    given = {"name": "Ana", "email": "ana@example.org", "role": "agency", "language": "en"}
    page = client.post("/settings/people/invite", given).content.decode()
    link = page.split('id="link" value="')[1].split('"')[0]
    assert Client().get(link.removeprefix("http://testserver")).status_code == 200
    listed = client.get("/settings/people/").content.decode()
    assert "ana@example.org" in listed
    assert link not in listed


def test_each_act_is_written_down_without_names(invited: Invite, owner: Account) -> None:
    handed = invited()
    actions.accept(handed.link.rsplit("/", 1)[-1], **CHOSEN)
    rows = AuditRow.objects.order_by("number").values_list("act", "about", "role")
    about = f"invitation:{handed.invitation.pk}"
    assert list(rows) == [("invitation.add", about, "owner"), ("invitation.accept", about, "responder")]
    assert "林" not in str(list(AuditRow.objects.values_list("details")))
