"""A question, an answer or a comment as a post. A record names its site beside what the interface sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from outlisten.sources.connector import Post, Record
from outlisten.sources.html_text import html_text, links
from outlisten.sources.stackexchange.sites import host


def post(record: Record) -> Post:
    """The post of a record. Raises KeyError for one of another shape."""
    site = str(record["site"])
    if "question" in record:
        return _question(record["question"], site)
    if "answer" in record:
        return _answer(record["answer"], site)
    return _comment(record["comment"], site, question=record.get("question_id"))


def native_id(site: str, kind: str, number: int) -> str:
    """The id of a question, an answer or a comment, unique among all sites: `stackoverflow/answers/42`."""
    return f"{site}/{kind}/{number}"


def _question(told: Mapping[str, Any], site: str) -> Post:
    name = native_id(site, "questions", told["question_id"])
    return {
        **_said(told, site),
        "native_id": name,
        "type": "post",
        "title": html_text(told["title"]),
        "url": told.get("link") or f"https://{host(site)}/q/{told['question_id']}",
        "thread": name,
        "is": ["question"],
        "comments": told.get("answer_count"),
        "views": told.get("view_count"),
    }


def _answer(told: Mapping[str, Any], site: str) -> Post:
    question = native_id(site, "questions", told["question_id"])
    return {
        **_said(told, site),
        "native_id": native_id(site, "answers", told["answer_id"]),
        "type": "reply",
        "url": f"https://{host(site)}/a/{told['answer_id']}",
        "reply_to": question,
        "thread": question,
        "is": ["reply"],
    }


def _comment(told: Mapping[str, Any], site: str, *, question: int | None) -> Post:
    kind = "questions" if question == told["post_id"] else "answers"
    return {
        **_said(told, site),
        "native_id": native_id(site, "comments", told["comment_id"]),
        "type": "comment",
        "url": f"https://{host(site)}/posts/comments/{told['comment_id']}",
        "reply_to": native_id(site, kind, told["post_id"]) if question else None,
        "thread": native_id(site, "questions", question) if question else None,
        "is": ["reply", "edited"] if told.get("edited") else ["reply"],
    }


def _said(told: Mapping[str, Any], site: str) -> Post:
    """What all three have. A score below zero is no number of likes."""
    owner = told.get("owner") or {}
    markup = told["body"]
    addresses = links(markup)
    has = (["image"] if "<img" in markup else []) + (["link"] if addresses else [])
    edited = told.get("last_edit_date")
    score = told.get("score")
    return {
        "created_at": datetime.fromtimestamp(told["creation_date"], UTC),
        "edited_at": datetime.fromtimestamp(edited, UTC) if edited else None,
        "text": html_text(markup),
        "author": html_text(owner.get("display_name") or "") or None,
        "author_id": f"{site}/users/{owner['user_id']}" if owner.get("user_id") else None,
        "likes": score if isinstance(score, int) and score >= 0 else None,
        "has": has,
        "links": addresses,
    }
