"""Comments under five videos of YouTube; the video is the file's name."""

from __future__ import annotations

from outlisten.posts.files.presets.preset import Preset

PRESET = Preset(
    name="youtube-comments",
    title="YouTube comments (spam collection)",
    shape="CSV with COMMENT_ID, AUTHOR, DATE, CONTENT",
    recognises=lambda shape: shape.has("COMMENT_ID", "AUTHOR", "DATE", "CONTENT"),
    mapping={"native_id": "COMMENT_ID", "author": "AUTHOR", "created_at": "DATE", "text": "CONTENT"},
    constants={"platform": "youtube", "type": "comment"},
)
