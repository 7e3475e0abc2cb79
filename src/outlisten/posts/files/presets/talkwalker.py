"""Results exported from Talkwalker as CSV, with the dotted column names of its API.

Source of the columns: public loaders of such files (published, content, source_type,
extra_author_attributes.name, extra_source_attributes.world_data.country_code, host_url)."""

from __future__ import annotations

from collections.abc import Iterable

from outlisten.posts.files import cells as values
from outlisten.posts.files.presets.preset import Cells, Facts, Fields, Preset

ATTRIBUTES = "article_extended_attributes."
COUNTS = {
    "likes": (
        "twitter_likes",
        "facebook_likes",
        "instagram_likes",
        "youtube_likes",
        "linkedin_likes",
        "num_likes",
    ),
    "shares": ("twitter_shares", "twitter_retweets", "facebook_shares", "linkedin_shares", "num_shares"),
    "comments": (
        "num_comments",
        "twitter_replies",
        "facebook_comments",
        "instagram_comments",
        "youtube_comments",
    ),
    "views": ("youtube_views", "num_views", "twitter_impressions"),
}
SOURCES = {"NEWS": "article", "BLOG": "article", "REVIEW": "review"}


def _result(fields: Fields, cells: Cells, facts: Facts) -> Iterable[Fields]:
    source = str(cells.get("source_type") or "").upper()
    # "SOCIALMEDIA,SOCIALMEDIA_TWITTER": the network stands behind the last underscore.
    named = source.rsplit("SOCIALMEDIA_", 1)[1].split(",")[0] if "SOCIALMEDIA_" in source else None
    network = values.platform_of_site(values.host(values.label(fields.get("url")))) or values.platform(named)
    made = dict(fields)
    for field, names in COUNTS.items():
        cell = next((cells[column] for name in names if cells.get(column := ATTRIBUTES + name)), None)
        made[field] = fields.get(field) or cell
    kind = next((ours for theirs, ours in SOURCES.items() if theirs in source), "post")
    yield made | {
        "platform": network or "web",
        "type": kind,
        "text": fields.get("text") or cells.get("content_snippet"),
        "title": None if named else fields.get("title"),
        "country": str(fields.get("country") or "").upper() or None,
    }


PRESET = Preset(
    name="talkwalker",
    title="Talkwalker",
    shape="CSV with published, url, source_type, extra_author_attributes.name",
    recognises=lambda shape: shape.has("published", "url", "extra_author_attributes.name"),
    mapping={
        "created_at": "published",
        "url": "url",
        "title": "title",
        "text": "content",
        "lang_given": "lang",
        "author": "extra_author_attributes.name",
        "author_handle": "extra_author_attributes.short_name",
        "author_id": "extra_author_attributes.id",
        "native_id": "external_id",
        "country": "extra_source_attributes.world_data.country_code",
        "region": "extra_source_attributes.world_data.region",
    },
    adapt=_result,
)
