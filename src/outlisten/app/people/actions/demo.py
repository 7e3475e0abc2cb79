"""Looking through each one's eyes: accounts of the bundled sample, and the owner's switch between them."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outlisten.app.people.models import Account, Department
from outlisten.app.people.queries import DEMO_DOMAIN
from outlisten.app.people.rules import Act, Actor, Refused, require
from outlisten.app.trust.audit import record


class OnlyInTheSample(Refused):
    """Somebody tried it in a workspace with a company's own data, where nobody looks through another's eyes."""

    def __init__(self, actor: Actor, *, about: str = "") -> None:
        super().__init__(Act.LOOK_AS, actor, about=about)
        self.sentence = gettext_lazy(
            "Only in the bundled sample does one look through the eyes of its demo accounts."
        )


@transaction.atomic
def make_demo_account(
    name: str,
    role: str,
    departments: Iterable[str] = (),
    language: str = Account.Language.ENGLISH,
    background: str = "",
) -> Account:
    """The sample's account of this role in these departments (by key), made if there is none. It has no password.

    Raises OnlyInTheSample outside a sample workspace, ValidationError for an unknown role or department.
    """
    _require_sample(None)
    keys = tuple(departments)
    places = list(Department.objects.filter(key__in=keys))
    if len(places) != len(set(keys)) or role not in Account.Role.values or role == Account.Role.OWNER:
        raise ValidationError(
            _("A demo account has a role below the owner's, and departments that there are.")
        )
    email = f"{'-'.join([role, *keys])}@{DEMO_DOMAIN}"
    known = Account.objects.filter(email=email).first()
    if known is not None:
        return known
    account = Account.objects.create_user(
        email, None, name=name, role=role, language=language, background=background
    )
    account.departments.set(places)
    record("account.add", by=None, about=f"account:{account.pk}", role=role, departments=" ".join(keys))
    return account


@transaction.atomic
def look_as(account: Account, *, by: Actor) -> None:
    """Write down that the sample's owner now looks through a demo account's eyes; the page then signs in as it.

    Raises Refused for anybody but the owner, OnlyInTheSample outside a sample workspace or for a person's account.
    """
    about = f"account:{account.pk}"
    require(by, Act.LOOK_AS, about=about)
    _require_sample(by, about=about)
    if not account.is_active or not account.email.endswith(f"@{DEMO_DOMAIN}"):
        raise OnlyInTheSample(by, about=about)
    record("account.look_as", by=by, about=about)


@transaction.atomic
def look_back(owner: Account, *, looked_as: Actor) -> None:
    """Write down that the owner looks with their own eyes again. Raises Refused when `owner` is not the owner."""
    require(owner, Act.LOOK_AS)
    about = f"account:{looked_as.pk}" if isinstance(looked_as, Account) else ""
    record("account.look_back", by=owner, about=about)


def _require_sample(actor: Actor | None, *, about: str = "") -> None:
    from outlisten.app.listening.queries.names import workspace

    if not workspace().sample:
        raise OnlyInTheSample(actor or AnonymousUser(), about=about)
