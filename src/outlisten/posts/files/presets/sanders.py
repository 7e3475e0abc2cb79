"""The Sanders corpus: posts of X about four companies, October 2011. The company is what was searched for,
not whom the post addresses, and stays in the raw record."""

from __future__ import annotations

from collections.abc import Iterable

from outlisten.posts.files.presets.preset import Cells, Facts, Fields, Preset
from outlisten.posts.files.presets.x_posts import addressee, plain_text


def _post(fields: Fields, cells: Cells, facts: Facts) -> Iterable[Fields]:
    yield fields | {"text": plain_text(fields.get("text")), "to": addressee(fields.get("text"))}


PRESET = Preset(
    name="sanders",
    title="Sanders Twitter corpus",
    shape="CSV with Topic, Sentiment, TweetId, TweetDate, TweetText",
    recognises=lambda shape: shape.has("Topic", "Sentiment", "TweetId", "TweetDate", "TweetText"),
    mapping={"native_id": "TweetId", "created_at": "TweetDate", "text": "TweetText"},
    constants={"platform": "x"},
    adapt=_post,
)
