"""The archive X gives an account of its own posts: the zip, or `tweets.js` from it.

Source of the shape: `window.YTD.tweets.part0 = [{"tweet": {…}}]`, counts as strings, the account in
`account.js`; archives before 2022 call the file `tweet.js` and have no "tweet" around each post."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from outlisten.posts.files.presets.preset import Cells, Facts, Fields, Preset, Shape, at, first_of
from outlisten.posts.files.presets.x_posts import address, plain_text

COMPANION = "data/account.js"


def _recognises(shape: Shape) -> bool:
    post = at(shape.first, "tweet") or shape.first
    return (
        shape.format == "json"
        and isinstance(post, Mapping)
        and {"full_text", "id_str", "favorite_count"} <= set(post)
    )


def _post(fields: Fields, cells: Cells, facts: Facts) -> Iterable[Fields]:
    tweet = first_of(cells, "tweet") or cells
    account = at(facts.siblings.get(COMPANION), "0.account")
    name, text = at(account, "username"), at(tweet, "full_text")
    flags = []
    if isinstance(text, str) and text.startswith("RT @"):
        flags.append("repost")
    if at(tweet, "in_reply_to_status_id_str"):
        flags.append("reply")
    yield {
        "native_id": at(tweet, "id_str"),
        "text": plain_text(text),
        "created_at": at(tweet, "created_at"),
        "author": at(account, "accountDisplayName"),
        "author_handle": name,
        "author_id": at(account, "accountId"),
        "likes": at(tweet, "favorite_count"),
        "shares": at(tweet, "retweet_count"),
        "lang_given": at(tweet, "lang"),
        "reply_to": at(tweet, "in_reply_to_status_id_str"),
        "to": at(tweet, "in_reply_to_screen_name"),
        "url": address(name, at(tweet, "id_str")),
        "is": flags,
        "type": flags[0] if flags else "post",
        "has": _has(tweet),
    }


def _has(tweet: object) -> list[str]:
    kinds = {"photo": "image", "video": "video", "animated_gif": "video"}
    media = first_of(tweet, "extended_entities.media", "entities.media") or []
    found = {kinds.get(str(at(medium, "type"))) for medium in media} - {None}  # type: ignore[attr-defined]
    return sorted(str(kind) for kind in found) + (["link"] if at(tweet, "entities.urls") else [])


PRESET = Preset(
    name="x-archive",
    title="X archive",
    shape="the zip X sends, or its tweets.js",
    recognises=_recognises,
    constants={"platform": "x"},
    adapt=_post,
    settles_dates=True,
    companion=COMPANION,
)
