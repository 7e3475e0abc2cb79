"""A few posts quoted in a message, each with a link to its page. Private messages are never quoted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from outlisten.app.listening.labels import value_label
from outlisten.app.listening.sight import reading_as
from outlisten.app.listening.store import posts
from outlisten.sinks.message import Line, Link, web_address

LONGEST = 200


def quoted_lines(ids: Sequence[str], base: str) -> list[Line]:
    """A line for each of these posts that is kept and public; none where the installation's address is not known: without its
    link a quotation could not be found when its post is erased."""
    if not ids or not web_address(base):
        return []
    with reading_as(AnonymousUser()):
        kept = posts().some(list(ids))
    return [_line(kept[one], base) for one in ids if one in kept]


def _line(post: dict[str, Any], base: str) -> Line:
    words = Truncator(" ".join(f"{post['title'] or ''} {post['text']}".split())).chars(LONGEST)
    who = post["author"] or post["author_handle"] or _("somebody")
    text = _("%(who)s on %(platform)s: “%(words)s”") % {
        "who": who,
        "platform": value_label("platform", post["platform"]),
        "words": words,
    }
    return Line(text, (Link(_("Open the post"), base + reverse("post", args=[post["id"]])),))
