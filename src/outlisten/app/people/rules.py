"""Who may do what: one table. Every act in `actions.py` and `queries.py` asks here, so the page, the API
and the
command line meet the same refusal."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from outlisten.app.people.models import Account

Role = Account.Role
Actor = Account | AnonymousUser


class Act(models.TextChoices):
    """Something a role may or may not do; the label completes “you may not …”."""

    SEARCH = "search", _("search posts")
    SEE_RAW = "see_raw", _("see the record as the source sent it")
    EXPORT = "export", _("export posts")
    EDIT_TOPICS = "edit_topics", _("change topics")
    EDIT_BRANDS = "edit_brands", _("change brands")
    IMPORT = "import", _("import posts")
    MANAGE_WORKSPACE = "manage_workspace", _("change the workspace")
    MANAGE_ACCOUNTS = "manage_accounts", _("manage accounts")


_EVERYBODY = frozenset(Role)
_STAFF = frozenset({Role.OWNER, Role.ADMIN})
# An agency may research, collect and chart. It never speaks for the company: acts of care name it nowhere.
_ANALYSTS = _STAFF | {Role.LEAD, Role.ANALYST, Role.AGENCY}

MAY: dict[Act, frozenset[Role]] = {
    Act.SEARCH: _EVERYBODY,
    Act.SEE_RAW: _EVERYBODY - {Role.VIEWER},
    Act.EXPORT: _ANALYSTS | {Role.RESPONDER},
    Act.EDIT_TOPICS: _ANALYSTS,
    Act.EDIT_BRANDS: _STAFF | {Role.LEAD, Role.ANALYST},
    Act.IMPORT: _ANALYSTS,
    Act.MANAGE_WORKSPACE: _STAFF,
    Act.MANAGE_ACCOUNTS: _STAFF,
}


class Refused(PermissionDenied):
    """An act that the rules do not allow this person; `sentence` says which, and who can."""

    def __init__(self, act: Act) -> None:
        super().__init__(act.value)
        self.act = act
        self.sentence = format_lazy(
            _("Your role does not allow you to {act}. These roles can: {roles}."),
            act=act.label,
            roles=_role_names(MAY[act]),
        )


def may(actor: Actor, act: Act) -> bool:
    """Whether this person may do it. Somebody who is not signed in may do nothing."""
    return isinstance(actor, Account) and actor.is_active and Role(actor.role) in MAY[act]


def require(actor: Actor, act: Act) -> None:
    """Raise Refused unless this person may do it."""
    if not may(actor, act):
        raise Refused(act)


def acts_of(actor: Actor) -> dict[str, bool]:
    """Every act by its name, and whether this person may do it: for templates, as `{% if may.export %}`."""
    return {act.value: may(actor, act) for act in Act}


def role_names(roles: Iterable[Role]) -> str:
    """The names of roles in the reader's language, in the order of the list of roles."""
    wanted = set(roles)
    return str(_(", ")).join(str(role.label) for role in Role if role in wanted)


_role_names = lazy(role_names, str)  # a refusal is raised in one language and may be read in another
