"""Who may do what. Every act in `actions.py` and `queries.py` asks here, so the page, the API and the command line
meet the same refusal; the table itself stands in `acts.py`."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from outlisten.app.people.acts import ACROSS_DEPARTMENTS, IN_OWN_DEPARTMENTS, MAY, Act, Role
from outlisten.app.people.models import Account, Department

__all__ = [
    "MAY",
    "Act",
    "Actor",
    "Refused",
    "Role",
    "acts_of",
    "departments_for",
    "may",
    "require",
    "role_names",
]

Actor = Account | AnonymousUser


class Refused(PermissionDenied):
    """An act that the rules do not allow this person; `sentence` says which, and who can.

    `about` names what it was about as the audit log does: `case:12`; blank when it was about nothing in particular.
    """

    def __init__(
        self, act: Act, actor: Actor | None = None, *, about: str = "", elsewhere: bool = False
    ) -> None:
        super().__init__(act.value)
        self.act, self.actor, self.about = act, actor, about
        allowed = _("Your role does not allow you to {act}. These roles can: {roles}.")
        theirs = _("You may {act} only in your own departments. These roles can everywhere: {roles}.")
        self.sentence = format_lazy(
            theirs if elsewhere else allowed,
            act=act.label,
            roles=_role_names(ACROSS_DEPARTMENTS if elsewhere else MAY[act]),
        )


def may(actor: Actor, act: Act, department: Department | int | None = None) -> bool:
    """Whether this person may do it, in this department where the act belongs to one; without a department, in any.

    Somebody who is not signed in may do nothing.
    """
    return _has_the_role(actor, act) and _inside(actor, act, department)


def require(actor: Actor, act: Act, department: Department | int | None = None, *, about: str = "") -> None:
    """Raise Refused unless this person may do it."""
    if not _has_the_role(actor, act):
        raise Refused(act, actor, about=about)
    if not _inside(actor, act, department):
        raise Refused(act, actor, about=about, elsewhere=True)


def departments_for(actor: Actor, act: Act) -> frozenset[int] | None:
    """The departments in which this person may do it; None stands for all of them."""
    if not _has_the_role(actor, act) or not isinstance(actor, Account):
        return frozenset()
    return None if _everywhere(actor, act) else actor.department_ids


def acts_of(actor: Actor) -> dict[str, bool]:
    """Every act by its name, and whether this person may do it: for templates, as `{% if may.export %}`."""
    return {act.value: may(actor, act) for act in Act}


def role_names(roles: Iterable[Role]) -> str:
    """The names of roles in the reader's language, in the order of the list of roles."""
    wanted = set(roles)
    return str(_(", ")).join(str(role.label) for role in Role if role in wanted)


def _has_the_role(actor: Actor, act: Act) -> bool:
    return isinstance(actor, Account) and actor.is_active and Role(actor.role) in MAY[act]


def _everywhere(actor: Account, act: Act) -> bool:
    return act not in IN_OWN_DEPARTMENTS or Role(actor.role) in ACROSS_DEPARTMENTS


def _inside(actor: Actor, act: Act, department: Department | int | None) -> bool:
    if department is None or not isinstance(actor, Account) or _everywhere(actor, act):
        return True
    number = department.pk if isinstance(department, Department) else department
    return number in actor.department_ids


_role_names = lazy(role_names, str)  # a refusal is raised in one language and may be read in another
