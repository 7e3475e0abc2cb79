"""The drift watch of this workspace: people's posts of today beside those that the models' chances rest on."""

from __future__ import annotations

from hashlib import blake2b

from django.core.cache import cache

from outlisten.app.listening.clock import as_of
from outlisten.app.listening.companies import PEOPLES_VOICE
from outlisten.app.listening.queries.names import workspace
from outlisten.app.listening.sight import sees_private
from outlisten.app.listening.store import posts
from outlisten.app.listening.teaching.judged import judged_posts, taught_at
from outlisten.app.listening.voices.stamp import voices_stamp
from outlisten.app.people.rules import Act, Actor, require
from outlisten.insights import Insight, drift
from outlisten.language import model_card
from outlisten.posts.store import Budget
from outlisten.query import parse

SECONDS = 3_600
LOOK = Budget(rows=1, seconds=1.0)


def drift_watch(actor: Actor) -> Insight:
    """The watch as this person may see it. Raises Refused."""
    require(actor, Act.SEARCH)
    return watched()


def watched() -> Insight:
    """Of what people write, companies' own posts left out, as whoever reads now may see it. Remembered for an hour, or
    until posts, labels or voices change."""
    store, asked = posts(), as_of(workspace(), posts())
    judged, moment = judged_posts(), taught_at()
    query = parse(PEOPLES_VOICE, asked.context)
    held = store.count(query, budget=LOOK).value
    labels = judged.table["right"].to_pylist()
    said = (held, sees_private(), labels, moment, voices_stamp(), asked.zone.key, str(model_card()))
    key = f"listening.drift.{blake2b(repr(said).encode(), digest_size=16).hexdigest()}"
    known: Insight | None = cache.get(key)
    if known is None:
        known = drift(store, query, zone=asked.zone, reference=moment, judged=judged)
        cache.set(key, known, SECONDS)
    return known
