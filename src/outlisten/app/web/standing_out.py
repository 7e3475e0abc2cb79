"""What stands out about a brand on Today: beyond what chance allows, against the right others."""

from __future__ import annotations

from dataclasses import dataclass

from outlisten.app.listening.figures import posts_behind
from outlisten.app.listening.filters import Filters
from outlisten.app.listening.models import Brand
from outlisten.app.listening.queries.names import brands
from outlisten.app.listening.store import posts
from outlisten.app.listening.teaching.measured import local_labels
from outlisten.app.people.rules import Act, Actor, require
from outlisten.app.web.today import Now, listen_address, own_group_first
from outlisten.insights import Estimate, Headline, Note, headline, tone


@dataclass(frozen=True, slots=True)
class BrandFacts:
    """A brand's headline beside the negative share of the other brands of its group (None without any)."""

    name: str
    own: bool
    group: str
    facts: Headline
    others: Estimate | None
    address: str
    negative_address: str

    @property
    def more(self) -> bool:
        """More posts than in the days before: the interval of the change excludes no change."""
        return self.facts.change is not None and self.facts.change.low > 1

    @property
    def fewer(self) -> bool:
        return self.facts.change is not None and self.facts.change.high < 1

    @property
    def darker(self) -> bool:
        """Negative more often than the others: the two intervals do not touch."""
        tone = self.facts.negative
        return tone is not None and self.others is not None and tone.low > self.others.high

    @property
    def lighter(self) -> bool:
        tone = self.facts.negative
        return tone is not None and self.others is not None and tone.high < self.others.low

    @property
    def stands_out(self) -> bool:
        return self.more or self.fewer or self.darker or self.lighter


def standing_out(actor: Actor, filters: Filters | None = None) -> list[BrandFacts]:
    """Every brand whose query can be asked, our own group first. Seconds on a large store, so it is kept a
    while. Raises Refused."""
    require(actor, Act.SEARCH)
    now = Now.read(filters)
    named = [brand for brand in own_group_first(list(brands())) if now.query(brand.query)]
    return [_facts(brand, named, now) for brand in named]


def notes_of(rows: list[BrandFacts]) -> list[Note]:
    """What a reader must know, each thing once; counts that differ from brand to brand are left to Listen."""
    shared = (
        "public_error_rates",
        "local_error_rates",
        "no_error_rates",
        "sampled",
        "cut",
        "too_few_authors",
    )
    found = {note.code: note for row in rows for note in row.facts.notes}
    return [found[code] for code in shared if code in found]


def _facts(brand: Brand, named: list[Brand], now: Now) -> BrandFacts:
    facts = _headline(brand.query, now)
    rest = [one.query for one in named if one.group == brand.group and one.pk != brand.pk]
    others = _negative(" OR ".join(f"({query})" for query in rest), now) if rest else None
    return BrandFacts(
        name=brand.name, own=brand.side == Brand.Side.OWN, group=brand.group, facts=facts, others=others,
        address=listen_address(brand.query, now.period, now.filters),
        negative_address=posts_behind(facts.evidence_negative),
    )  # fmt: skip


def _headline(text: str, now: Now) -> Headline:
    query = now.about(text)
    return now.remembered(
        f"headline {text}",
        lambda: headline(posts(), query, now.window, zone=now.as_of.zone, labels=local_labels()),
    )


def _negative(text: str, now: Now) -> Estimate | None:
    """The corrected share of negative authors, None where there is not enough to say."""
    query = now.about(text)
    table = now.remembered(
        f"tone {text}", lambda: tone(posts(), query, now.window, labels=local_labels()).table
    )
    found = next(row for row in table.to_pylist() if row["sentiment"] == "negative")
    return None if found["share"] is None else Estimate(found["share"], found["low"], found["high"])
