"""What an insight is called until somebody names it; never a post's words or its author's name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from outlisten.app.listening.labels import value_label


def title_of_post(post: Mapping[str, Any]) -> str:
    """“Post on Weibo, 9 Mar 2026”."""
    platform = value_label("platform", post.get("platform"))
    if not post.get("created_at"):
        return _("Post on %(platform)s, without a date") % {"platform": platform}
    return _("Post on %(platform)s, %(day)s") % {
        "platform": platform, "day": date_format(post["created_at"]),
    }  # fmt: skip
