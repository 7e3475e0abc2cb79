"""Mentions exported from Brandwatch as CSV: some lines about the report stand above the header.

Source of the fields: developers.brandwatch.com, "Mention metadata field definitions". The resource id is
Brandwatch's own; for posts of X the network's id is taken from the address."""

from __future__ import annotations

import re
from collections.abc import Iterable

from outlisten.posts.files import cells as values
from outlisten.posts.files.presets.preset import Cells, Facts, Fields, Preset

STATUS = re.compile(r"/status(?:es)?/(\d+)")
TYPES = {"news": "article", "blog": "article", "review": "review"}
FALLBACKS = {
    "text": ("Full Text", "Snippet"),
    "likes": (
        "Likes",
        "X Likes",
        "Twitter Likes",
        "Facebook Likes",
        "Instagram Likes",
        "Linkedin Likes",
        "Youtube Likes",
    ),
    "comments": (
        "Comments",
        "X Reply Count",
        "Twitter Reply Count",
        "Facebook Comments",
        "Instagram Comments",
        "Reddit Comments",
        "Linkedin Comments",
        "Youtube Comments",
    ),
    "shares": ("Shares", "X Reposts", "X Retweets", "Twitter Retweets", "Facebook Shares", "Linkedin Shares"),
    "followers": ("X Followers", "Twitter Followers", "Instagram Followers", "Followers"),
    "reply_to": ("X Reply to", "Twitter Reply to"),
}


def _mention(fields: Fields, cells: Cells, facts: Facts) -> Iterable[Fields]:
    made = dict(fields)
    for field, columns in FALLBACKS.items():
        made[field] = next((cells[name] for name in columns if cells.get(name)), fields.get(field))
    url, kind = values.label(cells.get("Url")), str(cells.get("Page Type") or "").lower()
    network = values.platform_of_site(values.host(url)) or values.platform(kind) or "web"
    if network == "x" and url and (found := STATUS.search(url)):
        made["native_id"] = found[1]
    reply = STATUS.search(str(made["reply_to"] or ""))
    yield made | {
        "platform": network,
        "type": TYPES.get(kind, "post"),
        "reply_to": reply[1] if reply else None,
        "author_handle": fields.get("author") if network == "x" else None,
    }


PRESET = Preset(
    name="brandwatch",
    title="Brandwatch",
    shape="CSV with Query Id, Query Name, Date, Url, Page Type",
    recognises=lambda shape: shape.has("Query Id", "Query Name", "Date", "Url", "Page Type"),
    mapping={
        "native_id": "Resource Id",
        "created_at": "Date",
        "title": "Title",
        "text": "Full Text",
        "url": "Url",
        "author": "Author",
        "lang_given": "Language",
        "country": "Country",
        "region": "Region",
        "thread": "Thread Id",
        "views": "Impressions",
    },
    adapt=_mention,
)
