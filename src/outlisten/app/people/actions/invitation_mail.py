"""The e-mail that asks somebody in: plain text, in that person's language."""

from __future__ import annotations

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from outlisten.app.people.models import Invitation


class NotSent(Exception):
    """The mail server refused; the message is one sentence that says so and what to do."""


def send(invitation: Invitation, link: str) -> bool:
    """Send it; False when this installation sends no e-mail. Raises NotSent."""
    if not settings.SENDS_EMAIL:
        return False
    try:
        written(invitation, link).send()
    except (SMTPException, OSError) as error:
        said = _("The e-mail could not be sent ({why}). Give the link to {name} yourself.")
        raise NotSent(said.format(why=type(error).__name__, name=invitation.name)) from error
    return True


def written(invitation: Invitation, link: str) -> EmailMessage:
    """The e-mail, not sent."""
    from outlisten.app.listening.queries.names import workspace

    names = {
        "invitation": invitation, "link": link, "workspace": workspace().name,
        "inviter": invitation.invited_by.name if invitation.invited_by else "",
    }  # fmt: skip
    with translation.override(invitation.language):
        subject = " ".join(render_to_string("people/invitation_subject.txt", names).split())
        text = render_to_string("people/invitation.txt", names)
    return EmailMessage(subject, text, to=[invitation.email])
