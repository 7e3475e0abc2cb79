"""What some events of a room say: messages, what was taken back, and how the room is to be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from outlisten.sources.matrix.client import Event


@dataclass(slots=True)
class Heard:
    """`messages` in their order, edits among them; `gone` are ids of events that were taken back.

    `is_public` and `title` are None where these events do not say; `successor` is the room that took this one's place.
    """

    messages: list[Event] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    people: dict[str, str] = field(default_factory=dict)
    is_encrypted: bool = False
    is_public: bool | None = None
    title: str | None = None
    successor: str | None = None


def heard(state: Iterable[Event], timeline: Iterable[Event]) -> Heard:
    """What these events say, settings of the room first."""
    found = Heard()
    for event in (*state, *timeline):
        content = event.get("content")
        _take(found, event, content if isinstance(content, Mapping) else {})
    return found


def _take(found: Heard, event: Event, content: Mapping[str, Any]) -> None:
    match event.get("type"):
        case "m.room.message" if not is_taken_back(event):
            found.messages.append(event)
        case "m.room.redaction" if taken := event.get("redacts") or content.get("redacts"):
            found.gone.append(str(taken))
        case "m.room.encrypted" | "m.room.encryption":
            found.is_encrypted = True
        case "m.room.member" if isinstance(content.get("displayname"), str):
            found.people[str(event.get("state_key"))] = content["displayname"]
        case "m.room.join_rules":
            found.is_public = content.get("join_rule") == "public"
        case "m.room.name":
            found.title = str(content.get("name") or "") or None
        case "m.room.tombstone":
            found.successor = str(content.get("replacement_room") or "")


def is_taken_back(event: Event) -> bool:
    """Whether somebody took an event back: it stands without its content."""
    return bool((event.get("unsigned") or {}).get("redacted_because")) or not event.get("content")


def edited(event: Event) -> str | None:
    """The id of the event that this one edits; None where it is no edit."""
    relation = related(event)
    return str(relation["event_id"]) if _is_edit(relation) else None


def edit_of(event: Event) -> Event | None:
    """The newest edit of an event, which servers send along with it; None where there is none."""
    edit = ((event.get("unsigned") or {}).get("m.relations") or {}).get("m.replace")
    return edit if isinstance(edit, Mapping) and edit.get("content") else None


def related(event: Event) -> Mapping[str, Any]:
    """What an event says about the one it belongs to."""
    relation = (event.get("content") or {}).get("m.relates_to")
    return relation if isinstance(relation, Mapping) else {}


def _is_edit(relation: Mapping[str, Any]) -> bool:
    return relation.get("rel_type") == "m.replace" and isinstance(relation.get("event_id"), str)
