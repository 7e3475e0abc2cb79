"""What a page offers to be pinned, sealed: what is kept is what the page said, not what a browser sends."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.core import signing
from django.utils.translation import gettext as _

SALT = "outlisten.decisions.pin"
SECONDS = 24 * 60 * 60  # an older page shows older figures than its as-of day would say


class CannotPin(Exception):
    """The figure cannot be pinned; the message is one sentence for the reader."""


@dataclass(frozen=True, slots=True)
class Pinnable:
    """A figure in words as it stands, and the page it stands on.

    `address` is the page's path with its whole query string. `measure` names what can be asked again later
    (queries/again.py), `subject` whose figure it is on a page of several. `value`, `low` and `high` are its
    number and interval where it has one.
    """

    title: str
    sentence: str
    address: str
    language: str = "en"
    measure: str = ""
    subject: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None


def sealed(figure: Pinnable) -> str:
    """The figure as a token that only this installation can make."""
    return signing.dumps(asdict(figure), salt=SALT, compress=True)


def unsealed(token: str) -> Pinnable:
    """The figure of a token. Raises CannotPin for one that is damaged or older than a day."""
    try:
        return Pinnable(**signing.loads(token, salt=SALT, max_age=SECONDS))
    except signing.SignatureExpired:
        raise CannotPin(_("This page is more than a day old; reload it, then pin the figure.")) from None
    except (signing.BadSignature, TypeError):
        raise CannotPin(_("This figure cannot be pinned: its link is damaged. Reload the page.")) from None
