"""What is frozen: everything a test will ever read, in one form whose hash anybody can work out again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from outlisten.app.decisions.models import Claim
from outlisten.app.listening.clock import read_in, zone_of
from outlisten.app.listening.filters import Filters, both
from outlisten.app.listening.queries.names import Named, comparable, workspace
from outlisten.insights.effects import Kind, Promise, Step
from outlisten.insights.figures_in_words import count_in_words
from outlisten.query import Query, parse
from outlisten.query.opening import written_out
from outlisten.query.tree import Listed, walk

DAYS_UNTIL = 55  # a promise of eight weeks or longer is tested by weeks: days would add noise, not knowledge
SHARES = frozenset({Claim.Metric.NEGATIVE, Claim.Metric.VOICE})


@dataclass(frozen=True, slots=True)
class Asked:
    """A brand or topic as it stood when the claim was frozen; `query` names the voices that count."""

    key: str
    name: str
    query: str


@dataclass(frozen=True, slots=True)
class Content:
    """A promise with the queries that measure it. `zone` is where its days begin and end."""

    text: str
    promised_by: str
    promiser: str
    metric: str
    subject: Asked
    comparisons: tuple[Asked, ...]
    size: float
    relative: bool
    start: date
    until: date
    step: Step
    zone: str
    level: float = 0.05
    replaces: str = ""  # the digest of the claim that this one stands instead of

    @property
    def kind(self) -> Kind:
        return kind_of(self.metric)

    @property
    def promise(self) -> Promise:
        return Promise(self.start, self.size, self.relative, self.until)

    def as_json(self) -> dict[str, Any]:
        """As it is kept, days as ISO 8601."""
        return {**asdict(self), "start": self.start.isoformat(), "until": self.until.isoformat(),
                "comparisons": [asdict(one) for one in self.comparisons]}  # fmt: skip


def kind_of(metric: str) -> Kind:
    """Whether a metric counts or is a share."""
    return "share" if metric in SHARES else "count"


def content_of(claim: Claim) -> Content:
    """What is promised: as frozen, else as the draft would be frozen now. Raises ValidationError."""
    return _read(claim.content) if claim.frozen else _drafted(claim)


def digest(content: dict[str, Any]) -> str:
    """SHA-256 of the content as JSON with sorted keys and no spaces, UTF-8."""
    written = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(written.encode()).hexdigest()


def untouched(claim: Claim) -> bool:
    """Whether a frozen claim still says what its hash says it said."""
    return claim.frozen and digest(claim.content) == claim.digest


def step_for(start: date, until: date) -> Literal["day", "week"]:
    """The step a promise of this length is tested by."""
    return "week" if (until - start).days >= DAYS_UNTIL else "day"


def _read(kept: dict[str, Any]) -> Content:
    days = {name: date.fromisoformat(kept[name]) for name in ("start", "until")}
    asked = {
        "subject": Asked(**kept["subject"]),
        "comparisons": tuple(Asked(**one) for one in kept["comparisons"]),
    }
    return Content(**{**kept, **days, **asked})


def _drafted(claim: Claim) -> Content:
    named = {one.key: one for one in comparable()}
    return Content(
        text=claim.text, promised_by=claim.promised_by, promiser=claim.promiser, metric=claim.metric,
        subject=_asked(named, claim.subject), comparisons=tuple(_asked(named, key) for key in claim.comparisons),
        size=claim.size, relative=claim.relative, start=claim.start, until=claim.until,
        step=step_for(claim.start, claim.until), zone=zone_of(workspace()).key,
        replaces=claim.replaces.digest if claim.replaces else "",
    )  # fmt: skip


def _asked(named: dict[str, Named], key: str) -> Asked:
    found = named.get(key)
    if found is None:
        raise ValidationError(_("A brand or topic of this claim was deleted; choose another."))
    # As on every page: what companies write themselves fulfils no promise, unless the query asks for it.
    query = parse(found.query, read_in(zone_of(workspace())))
    voices = Filters().beside(query).query_text()
    return Asked(found.key, found.name, both(_written_out(query), voices))


def _written_out(query: Query) -> str:
    """The query without names: a promise that is frozen must not move with the topics and lists it is measured by.

    Raises ValidationError where a list is too long to be part of a query.
    """
    text = written_out(query, lists=True)
    listed = [part for part in walk(query.tree) if isinstance(part, Listed)] if query.tree is not None else []
    if listed and not parse(text, query.context).valid:
        longest = max(listed, key=lambda part: len(part.accounts) + len(part.sites))
        entries = count_in_words(len(longest.accounts) + len(longest.sites))
        raise ValidationError(
            _("The list %(name)s has %(n)s lines: too many to be frozen with the claim. Use a shorter list.")
            % {"name": longest.name, "n": entries}
        )
    return text
