"""Triggers: what in a post by a connected account calls for a disclosure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from outlisten.language.disclosure.purchase import selling
from outlisten.query import Context, Query, highlights, matches, parse

TriggerKind = Literal["named", "campaign", "link", "code", "words"]
SELLING: frozenset[TriggerKind] = frozenset({"link", "code", "words"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that name us (`named`), belong to a campaign, or sell; the span is in the title or in the text."""

    kind: TriggerKind
    where: Literal["title", "text"]
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Company:
    """Whom the connection is with: our names, queries that find what is ours, and campaigns by name."""

    names: tuple[str, ...] = ()
    about: tuple[Query, ...] = ()
    campaigns: Mapping[str, Query] = field(default_factory=dict)


def company(
    names: tuple[str, ...],
    about: tuple[str, ...] = (),
    campaigns: Mapping[str, str] | None = None,
    context: Context | None = None,
) -> Company:
    """A company by its names, the queries of its brands, and those of its campaigns; invalid queries find nothing.

    `context` is what these queries are read in, with what they may use by name.
    """
    quoted = [f'"{name}"' for name in names if '"' not in name]
    return Company(
        names=names,
        about=tuple(parse(text, context) for text in (*quoted, *about)),
        campaigns={name: parse(text, context) for name, text in (campaigns or {}).items()},
    )


def triggers(post: Mapping[str, object], ours: Company) -> tuple[Trigger, ...]:
    """Everything in a post that calls for a disclosure, in reading order, each span once.

    `post` is a row of the store, or any mapping with `title` and `text`.
    """
    title, text = str(post.get("title") or ""), str(post.get("text") or "")
    found = [*_about(ours, post, title, text), *_selling("title", title), *_selling("text", text)]
    once = {(one.where, one.start, one.end): one for one in reversed(found)}
    return tuple(sorted(once.values(), key=lambda one: (one.where == "text", one.start)))


def is_ours(trigger: Trigger) -> bool:
    """Whether it points at us, and not only at some shop."""
    return trigger.kind not in SELLING


def _about(ours: Company, post: Mapping[str, object], title: str, text: str) -> Iterator[Trigger]:
    for query in ours.about:
        yield from _marked("named", query, post, title, text)
    for query in ours.campaigns.values():
        marked = list(_marked("campaign", query, post, title, text))
        if not marked and query.tree is not None and matches(query, post):
            marked = [
                Trigger("campaign", "text", 0, 0, "")
            ]  # it fits by its author or date: no words to show
        yield from marked


def _marked(
    kind: TriggerKind, query: Query, post: Mapping[str, object], title: str, text: str
) -> Iterator[Trigger]:
    if query.tree is None or not matches(query, post):
        return
    marks = highlights(query, title or None, text)
    for start, end in marks.title:
        yield Trigger(kind, "title", start, end, title[start:end])
    for start, end in marks.text:
        yield Trigger(kind, "text", start, end, text[start:end])


def _selling(where: Literal["title", "text"], text: str) -> Iterator[Trigger]:
    for kind, start, end in selling(text):
        yield Trigger(kind, where, start, end, text[start:end])
