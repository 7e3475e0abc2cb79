"""The words of a post that its vector is made of, and how near posts are to a text by the search encoder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from outlisten.language.meaning import encode

# The encoder reads no more than this of a post in a list; what a post is about is said at its beginning.
READ = 300
Post = Mapping[str, object]


def said(post: Post) -> str:
    """Title and text, as vectors of posts are made of them."""
    title, text = post.get("title"), str(post["text"] or "")
    return f"{title}\n{text}" if title else text


def similarities(text: str, posts: Sequence[Post]) -> list[float]:
    """The cosine between a text and each post."""
    if not posts:
        return []
    found = encode([text[:READ], *(said(post)[:READ] for post in posts)])
    return [float(number) for number in found[1:] @ found[0]]
