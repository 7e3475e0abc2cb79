"""Changing accounts: making, closing, roles and departments, ownership. What can be taken back answers with how."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from outlisten.app.people.actions.undoing import CannotUndo, signed, unsigned
from outlisten.app.people.models import Account, Department
from outlisten.app.people.queries import owner
from outlisten.app.people.rules import Act, Actor, require
from outlisten.app.trust.audit import record

OWNER = Account.Role.OWNER


@transaction.atomic
def add_account(
    *, email: str, name: str, role: str, language: str, by: Account | None, departments: Iterable[Department] = ()
) -> Account:  # fmt: skip
    """A new account without a password: a sign-in link lets its person in.

    `by` is None only before there is an owner; the account then is the owner's, whatever the role. Raises
    Refused, and ValidationError for an address that is none or has an account, and for an unknown role.
    """
    if by is None and owner() is None:
        role = OWNER
    else:
        require(by or AnonymousUser(), Act.MANAGE_ACCOUNTS)
        refuse_second_owner(role)
    account = Account(email=email.strip().lower(), name=name.strip(), role=role, language=language)
    account.set_unusable_password()
    account.full_clean(exclude=["password"])
    account.save()
    account.departments.set(departments)
    record("account.add", by=by or account, about=_about(account), role=role, departments=_keys(account))
    return account


@transaction.atomic
def forget_password(account: Account, *, by: Account | None) -> None:
    """End the password of an account: only a sign-in link lets its person in, who then chooses a new one.

    The second step, if there is one, stays. Raises Refused.
    """
    require(by or AnonymousUser(), Act.MANAGE_ACCOUNTS, about=_about(account))
    account.set_unusable_password()
    account.save(update_fields=["password"])
    record("account.forget_password", by=by, about=_about(account))


@transaction.atomic
def change_account(
    account: Account,
    *,
    role: str,
    departments: Iterable[Department],
    background: str | None = None,
    by: Actor,
) -> str:
    """Give somebody another role, departments or background; the answer takes it back (`undo_change`).

    Raises Refused; ValidationError for an unknown role, and for making or unmaking an owner: ownership is
    handed over, never given twice.
    """
    require(by, Act.MANAGE_ACCOUNTS, about=_about(account))
    if (account.role == OWNER) != (role == OWNER):
        raise ValidationError(_("There is one owner. Only the owner hands ownership over, to somebody else."))
    before = _as_it_is(account)
    account.role = role
    if background is not None:
        account.background = background
    account.full_clean(exclude=["password"])
    account.save(update_fields=["role", "background"])
    _place(account, departments)
    record("account.change", by=by, about=_about(account), role=role, departments=_keys(account),
           background=account.background)  # fmt: skip
    return _undo(account, before)


def close_account(account: Account, *, by: Actor) -> str:
    """End somebody's access, now: open pages ask to sign in. What they did stays. The answer takes it back.

    Raises Refused; ValidationError for the owner's account and one's own.
    """
    require(by, Act.MANAGE_ACCOUNTS, about=_about(account))
    if account.role == OWNER:
        raise ValidationError(_("The owner's account cannot be closed. Hand ownership over first."))
    if isinstance(by, Account) and by.pk == account.pk:
        raise ValidationError(_("You cannot close your own account. Ask another administrator or the owner."))
    return _open_or_close(account, False, by=by)


def reopen_account(account: Account, *, by: Actor) -> str:
    """Let somebody in again, as before. The answer takes it back. Raises Refused."""
    require(by, Act.MANAGE_ACCOUNTS, about=_about(account))
    return _open_or_close(account, True, by=by)


@transaction.atomic
def _open_or_close(account: Account, is_open: bool, *, by: Actor) -> str:
    before = _as_it_is(account)
    account.is_active = is_open
    account.save(update_fields=["is_active"])
    record("account.reopen" if is_open else "account.close", by=by, about=_about(account))
    return _undo(account, before)


@transaction.atomic
def hand_over(account: Account, *, by: Actor) -> None:
    """Make somebody the owner; who was becomes an administrator. Raises Refused, ValidationError.

    There is no undo: afterwards only the new owner may hand it back.
    """
    require(by, Act.HAND_OVER, about=_about(account))
    former = owner()
    if not account.is_active:
        raise ValidationError(_("This account is closed. Open it again before it can own the workspace."))
    if former is None or former.pk == account.pk:
        raise ValidationError(_("This account owns the workspace already."))
    former.role = Account.Role.ADMIN
    former.save(update_fields=["role"])
    account.role = OWNER
    account.save(update_fields=["role"])
    record("account.hand_over", by=by, about=_about(account), former=former.pk)


@transaction.atomic
def undo_change(token: str, *, by: Actor) -> Account:
    """Put an account back to before a change, while nothing newer was done to it. Raises Refused, CannotUndo."""
    change = unsigned("account", token)
    require(by, Act.MANAGE_ACCOUNTS, about=f"account:{change['pk']}")
    account = Account.objects.select_for_update().filter(pk=change["pk"]).first()
    if account is None or _as_it_is(account) != change["after"]:
        raise CannotUndo(_("This can no longer be undone: the account was changed since."))
    before = change["before"]
    departments = Department.objects.filter(key__in=before["departments"])
    change_account(
        account, role=before["role"], departments=departments, background=before["background"], by=by
    )
    if account.is_active != before["open"]:
        _open_or_close(account, before["open"], by=by)
    return account


def refuse_second_owner(role: str) -> None:
    """Raise ValidationError when the role is the owner's: there is one."""
    if role == OWNER:
        raise ValidationError(_("There is one owner. Only the owner hands ownership over, to somebody else."))


def _place(account: Account, departments: Iterable[Department]) -> None:
    account.departments.set(departments)
    account.__dict__.pop("department_ids", None)  # read again: it is kept for the length of a request


def _undo(account: Account, before: dict[str, object]) -> str:
    return signed("account", {"pk": account.pk, "before": before, "after": _as_it_is(account)})


def _as_it_is(account: Account) -> dict[str, object]:
    kept = Account.objects.get(pk=account.pk)
    return {
        "role": kept.role, "departments": [place.key for place in kept.departments.all()],
        "background": kept.background, "open": kept.is_active,
    }  # fmt: skip


def _about(account: Account) -> str:
    return f"account:{account.pk}"


def _keys(account: Account) -> str:
    return " ".join(place.key for place in account.departments.all())
