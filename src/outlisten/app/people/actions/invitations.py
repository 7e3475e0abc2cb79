"""Asking people in: an invitation is handed over as an e-mail or a link, and is good once, for seven days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from outlisten.app.people import links
from outlisten.app.people.actions.accounts import refuse_second_owner
from outlisten.app.people.actions.invitation_mail import NotSent, send
from outlisten.app.people.actions.undoing import CannotUndo, signed, unsigned
from outlisten.app.people.models import Account, Department, Invitation
from outlisten.app.people.queries import invitation_of_link
from outlisten.app.people.rules import Act, Actor, require
from outlisten.app.trust.audit import record

LASTS = timedelta(days=7)


class InvitationOver(Exception):
    """The link was used, withdrawn, replaced by a newer one, has expired, or never was (`state` is None)."""

    def __init__(self, state: Invitation.State | None) -> None:
        super().__init__(state)
        self.state = state


@dataclass(frozen=True, slots=True)
class Guest:
    """Who is to be asked in, as what, and the language they are written to in."""

    email: str
    name: str
    role: str
    language: str
    departments: tuple[Department, ...] = ()


@dataclass(frozen=True, slots=True)
class Handed:
    """An invitation and its link, shown this once. `problem` says in one sentence why no e-mail went out."""

    invitation: Invitation
    link: str
    problem: str = ""

    @property
    def sent(self) -> bool:
        """Whether it went out by e-mail."""
        return self.invitation.sent_at is not None


def invite(guest: Guest, *, base: str, by: Actor) -> Handed:
    """Ask somebody in: by e-mail where this installation sends any, by the link in any case.

    Raises Refused; ValidationError for an address that is none, has an account, or is invited already.
    """
    require(by, Act.MANAGE_ACCOUNTS)
    refuse_second_owner(guest.role)
    token, digest = links.fresh_token()
    invitation = Invitation(
        email=guest.email.strip().lower(), name=" ".join(guest.name.split()), role=guest.role,
        language=guest.language, invited_by=by if isinstance(by, Account) else None,
        digest=digest, expires_at=timezone.now() + LASTS,
    )  # fmt: skip
    _refuse_known(invitation.email)
    invitation.full_clean()
    with transaction.atomic():
        invitation.save()
        invitation.departments.set(guest.departments)
        _write_down("invitation.add", invitation, by=by)
    return _handed(invitation, token, base)


def send_again(invitation: Invitation, *, base: str, by: Actor) -> Handed:
    """A fresh link for another seven days; the one before stops working. Raises Refused, InvitationOver."""
    require(by, Act.MANAGE_ACCOUNTS, about=_about(invitation))
    token, digest = links.fresh_token()
    waiting = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
    with transaction.atomic():
        if not waiting.update(digest=digest, expires_at=timezone.now() + LASTS, sent_at=None):
            invitation.refresh_from_db()
            raise InvitationOver(invitation.state)
        invitation.refresh_from_db()
        _write_down("invitation.send_again", invitation, by=by)
    return _handed(invitation, token, base)


@transaction.atomic
def withdraw(invitation: Invitation, *, by: Actor) -> str:
    """End an invitation; the answer takes that back. Raises Refused, InvitationOver."""
    require(by, Act.MANAGE_ACCOUNTS, about=_about(invitation))
    waiting, now = (
        Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None),
        timezone.now(),
    )
    if not waiting.update(withdrawn_at=now):
        invitation.refresh_from_db()
        raise InvitationOver(invitation.state)
    _write_down("invitation.withdraw", invitation, by=by)
    return signed("invitation", {"pk": invitation.pk, "after": now.isoformat()})


@transaction.atomic
def undo_withdrawal(token: str, *, by: Actor) -> Invitation:
    """Let a withdrawn invitation stand again, with the link it had. Raises Refused, CannotUndo."""
    change = unsigned("invitation", token)
    require(by, Act.MANAGE_ACCOUNTS, about=f"invitation:{change['pk']}")
    withdrawn = Invitation.objects.select_for_update().filter(pk=change["pk"], accepted_at=None)
    found = withdrawn.filter(withdrawn_at=datetime.fromisoformat(change["after"])).first()
    if found is None or _waiting(found.email).exists():
        raise CannotUndo(_("This can no longer be undone: there is a newer invitation."))
    found.withdrawn_at = None
    found.save(update_fields=["withdrawn_at"])
    _write_down("invitation.undo_withdrawal", found, by=by)
    return found


@transaction.atomic
def accept(token: str, *, name: str, password: str) -> Account:
    """Use an invitation up and make the account it promised. Of two at once, one gets it.

    Raises InvitationOver; ValidationError when the address has got an account meanwhile.
    """
    now = timezone.now()
    mine = Invitation.objects.filter(
        digest=links.digest_of(token), accepted_at=None, withdrawn_at=None, expires_at__gt=now
    )
    if not mine.update(accepted_at=now):
        known = invitation_of_link(token)
        raise InvitationOver(known.state if known else None)
    invitation = Invitation.objects.get(digest=links.digest_of(token))
    _refuse_account(invitation.email)
    account = Account.objects.create_user(
        invitation.email, password, name=name, role=invitation.role, language=invitation.language
    )
    account.departments.set(invitation.departments.all())
    _write_down("invitation.accept", invitation, by=account)
    return account


def _handed(invitation: Invitation, token: str, base: str) -> Handed:
    link = base.rstrip("/") + reverse("invitation", args=[token])
    try:
        if send(invitation, link):
            invitation.sent_at = timezone.now()
            invitation.save(update_fields=["sent_at"])
    except NotSent as problem:
        return Handed(invitation, link, str(problem))
    return Handed(invitation, link)


def _refuse_known(email: str) -> None:
    _refuse_account(email)
    if _waiting(email).exists():
        said = _("{email} is invited already. Send that invitation again, or withdraw it first.")
        raise ValidationError({"email": said.format(email=email)})


def _refuse_account(email: str) -> None:
    if Account.objects.filter(email__iexact=email).exists():
        raise ValidationError({"email": _("There is an account for {email} already.").format(email=email)})


def _waiting(email: str) -> QuerySet[Invitation]:
    return Invitation.objects.filter(email__iexact=email, accepted_at=None, withdrawn_at=None)


def _write_down(act: str, invitation: Invitation, *, by: Actor) -> None:
    keys = " ".join(invitation.departments.values_list("key", flat=True))
    record(act, by=by, about=_about(invitation), role=invitation.role, departments=keys)


def _about(invitation: Invitation) -> str:
    return f"invitation:{invitation.pk}"
