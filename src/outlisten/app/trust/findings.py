"""What a check of the audit log can find, each in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class Kind(Enum):
    """Kinds of findings; KEPT and SENT name heads."""

    KEPT = "kept"
    SENT = "sent"
    NO_KEY = "no-key"
    WRONG_KEY = "wrong-key"
    CHANGED = "changed"
    MISSING = "missing"
    CUT_OFF = "cut-off"
    NO_HEAD = "no-head"
    OWN_HEAD = "own-head"
    FOREIGN_KEPT = "foreign-head"
    FOREIGN_SENT = "foreign-sent-head"
    HEAD_BEHIND = "head-behind"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding, from row `first` to row `last`; 0 where it is about no row."""

    kind: Kind
    first: int = 0
    last: int = 0

    @property
    def sentence(self) -> str:
        """What was found, in the reader's language."""
        return self._words() % {"first": self.first, "last": self.last, "rows": self.last - self.first}

    def _words(self) -> str:
        match self.kind:
            case Kind.NO_KEY:
                return _(
                    "The key of the audit log is gone (audit.key in the home), so nothing can be checked. "
                    "Bring it back from a copy."
                )
            case Kind.WRONG_KEY:
                return _(
                    "No row fits the key in the home: the key was replaced, or every row was. "
                    "Bring audit.key back from a copy and verify again."
                )
            case Kind.CHANGED:
                one = _("Row %(first)d is not what was written: it was changed, put in or moved.")
                many = _(
                    "Rows %(first)d to %(last)d are not what was written: they were changed, put in or moved."
                )
                return one if self.first == self.last else many
            case Kind.MISSING:
                one, many = _("Row %(first)d is missing."), _("Rows %(first)d to %(last)d are missing.")
                return one if self.first == self.last else many
            case Kind.CUT_OFF:
                one = _(
                    "Row %(first)d, the newest, is missing: it was removed, or an older copy of the database was "
                    "put back."
                )
                many = _(
                    "Rows %(first)d to %(last)d, the newest, are missing: they were removed, or an older copy of "
                    "the database was put back."
                )
                return one if self.first == self.last else many
        return self._words_about_heads()

    def _words_about_heads(self) -> str:
        match self.kind:
            case Kind.NO_HEAD:
                return _(
                    "There is no kept head (audit.head in the home), so nobody can tell whether the newest rows "
                    "were removed. The next act keeps a new one."
                )
            case Kind.OWN_HEAD:
                return _("What the database says is its newest row does not fit row %(last)d.")
            case Kind.FOREIGN_KEPT:
                return _(
                    "The kept head is of another log: its row %(last)d has another hash. An older copy of the "
                    "database was put back and written on, or the head was replaced."
                )
            case Kind.FOREIGN_SENT:
                return _("The head you gave is of another log: its row %(last)d has another hash.")
            case _other:
                return ngettext(
                    "The kept head ends at row %(first)d. The %(rows)d row after it fits the chain; whether yet "
                    "newer ones were removed cannot be told.",
                    "The kept head ends at row %(first)d. The %(rows)d rows after it fit the chain; whether yet "
                    "newer ones were removed cannot be told.",
                    self.last - self.first,
                )
