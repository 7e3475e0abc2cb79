"""Customer support on Twitter (twcs): what customers write (`inbound`) and, where included, what companies
answer. A company's author id is its handle; a customer's is a number that stands for nobody."""

from __future__ import annotations

from collections.abc import Iterable

from outlisten.posts.files.presets.preset import Cells, Facts, Fields, Preset
from outlisten.posts.files.presets.x_posts import addressee, plain_text


def _message(fields: Fields, cells: Cells, facts: Facts) -> Iterable[Fields]:
    inbound = str(cells.get("inbound")).lower() != "false"
    answers = bool(fields.get("reply_to"))
    author = fields.get("author_id")
    yield fields | {
        "text": plain_text(fields.get("text")),
        "to": addressee(fields.get("text")),
        "author_handle": None if inbound else author,
        "voice_given": None if inbound else "owned",
        "type": "reply" if answers else "post",
        "is": ["reply"] if answers else None,
    }


PRESET = Preset(
    name="twcs",
    title="Customer Support on Twitter",
    shape="CSV with tweet_id, author_id, inbound, created_at, text, in_response_to_tweet_id",
    recognises=lambda shape: shape.has("tweet_id", "author_id", "inbound", "text", "in_response_to_tweet_id"),
    mapping={
        "native_id": "tweet_id",
        "author_id": "author_id",
        "created_at": "created_at",
        "text": "text",
        "reply_to": "in_response_to_tweet_id",
    },
    constants={"platform": "x"},
    adapt=_message,
    needs_text=True,
)
