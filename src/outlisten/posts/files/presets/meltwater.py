"""Results exported from Meltwater: called CSV, in truth tab-separated UTF-16.

Source of the columns: Meltwater's export as public loaders read it (Date, Headline or Title, Opening Text,
Hit Sentence, Source, Influencer). Of a post the hit sentence is the whole text; of an article there is the
opening and the hit."""

from __future__ import annotations

from collections.abc import Iterable

from outlisten.posts.files import cells as values
from outlisten.posts.files.presets.preset import Cells, Facts, Fields, Preset, Shape

SOCIAL = frozenset(
    {"x", "facebook", "instagram", "reddit", "youtube", "tiktok", "linkedin", "weibo", "douyin", "pinterest"}
)


def _recognises(shape: Shape) -> bool:
    return shape.has("Date", "URL", "Hit Sentence", "Influencer", "Source") or shape.has(
        "Date", "URL", "Hit Sentence", "Opening Text", "Source Name"
    )


def _result(fields: Fields, cells: Cells, facts: Facts) -> Iterable[Fields]:
    network = values.platform_of_site(values.host(values.label(fields.get("url")))) or values.platform(
        cells.get("Source")
    )
    social = network in SOCIAL
    opening, hit = str(cells.get("Opening Text") or ""), str(fields.get("text") or "")
    text = hit if social or hit in opening else f"{opening}\n{hit}" if opening else hit
    author = fields.get("author")
    yield fields | {
        "text": text or opening,
        "platform": network if social else "web",
        "type": "post" if social else "article",
        "title": None if social else _title(fields, cells),
        "native_id": str(fields.get("native_id") or "").strip('"') or None,
        "author_handle": author if social and str(author or "").startswith("@") else None,
        "author": author or cells.get("Source Name") or cells.get("Source"),
    }


def _title(fields: Fields, cells: Cells) -> object:
    return fields.get("title") or cells.get("Headline") or cells.get("Title")


PRESET = Preset(
    name="meltwater",
    title="Meltwater",
    shape="UTF-16 TSV (or CSV) with Date, URL, Hit Sentence, Influencer, Source",
    recognises=_recognises,
    mapping={
        "created_at": "Date",
        "title": "Headline",
        "url": "URL",
        "text": "Hit Sentence",
        "author": "Influencer",
        "native_id": "Tweet Id",
        "lang_given": "Language",
        "country": "Country",
        "region": "Subregion",
        "likes": "Likes",
        "comments": "Comments",
        "shares": "Shares",
        "views": "Views",
        "followers": "Twitter Followers",
    },
    adapt=_result,
)
