"""An issue of a digest as a message."""

from __future__ import annotations

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from outlisten.app.alerts.models import DigestIssue
from outlisten.sinks.message import Line, Link, Message, web_address
from outlisten.words import locale_named


def digest_message(issue: DigestIssue, base: str) -> Message:
    """Its sections, sentence by sentence, each with its link."""
    lines: list[Line] = []
    with translation.override(issue.language):
        for section in issue.sections:
            for place, sentence in enumerate(section["sentences"]):
                text = sentence["text"]
                if place == 0 and section["heading"]:
                    text = _("%(heading)s: %(text)s") % {"heading": section["heading"], "text": text}
                address = sentence["address"]
                if "/posts/" in address and not web_address(base):
                    continue  # without its link a quotation could not be found when its post is erased
                label = sentence.get("label") or _("See the posts")
                lines.append(Line(text, (Link(label, base + address),) if address and base else ()))
    if not lines:
        with translation.override(issue.language):
            lines.append(Line(_("There was nothing to say.")))
    return Message(
        key=f"digest-{issue.pk}", kind="digest", title=issue.title, lines=tuple(lines),
        url=base + reverse("digest_issue", args=[issue.digest_id, issue.pk]), locale=locale_named(issue.language),
        at=issue.made_at,
    )  # fmt: skip
