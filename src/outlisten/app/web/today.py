"""What the page Today says: how much came in, about whom, and what is beyond chance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from urllib.parse import urlencode

from django.core.cache import cache
from django.urls import reverse

from outlisten.app.listening.clock import AsOf, as_of
from outlisten.app.listening.models import Brand, ImportRun
from outlisten.app.listening.periods import ALL, Period
from outlisten.app.listening.queries.names import brands, workspace
from outlisten.app.listening.rows import COLUMNS, Line, lines
from outlisten.app.listening.store import posts
from outlisten.app.people.rules import Act, Actor, may, require
from outlisten.insights import Headline, headline
from outlisten.posts.store import Budget
from outlisten.query import Query, parse

DAYS = 7
NEWEST = 5
KEPT_SECONDS = 600  # figures are looked up again when posts come in, and after this long in any case
PATIENCE = Budget(rows=10_000, seconds=4.0)


@dataclass(frozen=True, slots=True)
class BrandCount:
    """A brand and its posts in the period; `address` opens them. `posts` is None when its query cannot be
    read."""

    name: str
    own: bool
    posts: int | None
    address: str


@dataclass(frozen=True, slots=True)
class Glance:
    """The first sentence. `period` is the last days, or everything in an archive; `kept` counts the whole
    store."""

    as_of: AsOf
    period: Period
    posts: int
    kept: int
    cut: bool
    days: tuple[date, date] | None
    brands: list[BrandCount]
    newest: list[Line]
    last_import: ImportRun | None

    @property
    def archive(self) -> bool:
        return self.period.all

    @property
    def leading(self) -> list[BrandCount]:
        """The two brands most is said about."""
        spoken_of = [brand for brand in self.brands if brand.posts]
        return sorted(spoken_of, key=lambda brand: -(brand.posts or 0))[:2]


def glance(actor: Actor) -> Glance:
    """What can be said at once. Raises Refused."""
    require(actor, Act.SEARCH)
    moment, store = as_of(workspace(), posts()), posts()
    period = ALL if moment.newest else Period(days=DAYS)
    window = period.window(moment.today, moment.zone)
    found = store.count(None, window=window, budget=PATIENCE)
    kept = found if period.all else store.count(None, budget=PATIENCE)
    return Glance(
        as_of=moment, period=period, posts=found.value, kept=kept.value, cut=found.cut, days=store.days(),
        brands=[_counted(brand, moment, period) for brand in brands()] if kept.value else [],
        newest=lines(store.search(None, limit=NEWEST, columns=COLUMNS, budget=PATIENCE).posts, None),
        last_import=_last_import() if may(actor, Act.IMPORT) else None,
    )  # fmt: skip


def _last_import() -> ImportRun | None:
    return ImportRun.objects.filter(state=ImportRun.State.DONE).first()


def _counted(brand: Brand, moment: AsOf, period: Period) -> BrandCount:
    query = parse(brand.query, moment.context)
    window = period.window(moment.today, moment.zone)
    counted = posts().count(query, window=window, budget=PATIENCE).value if query.valid else None
    return BrandCount(brand.name, brand.side == Brand.Side.OWN, counted, listen_address(brand.query, period))


def listen_address(text: str, period: Period) -> str:
    """Where Listen shows the posts of a query in a period."""
    return f"{reverse('listen')}?{urlencode([('q', text), *period.address()] if text else period.address())}"


@dataclass(frozen=True, slots=True)
class BrandFacts:
    """A brand's headline, and whether something about it is beyond chance."""

    name: str
    own: bool
    facts: Headline
    address: str
    negative_address: str
    more: bool  # more posts than in the days before
    fewer: bool
    darker: bool  # negative more often than posts as a whole
    lighter: bool

    @property
    def remarkable(self) -> bool:
        return self.more or self.fewer or self.darker or self.lighter


def brand_facts(actor: Actor) -> tuple[Headline, list[BrandFacts]]:
    """The headline of all posts, and each brand's. A minute's work on a large store, so it is kept a while.

    *Beyond chance* means that the 95 % interval of a change excludes no change, and that the interval of a
    share lies
    wholly outside that of posts as a whole. Raises Refused.
    """
    require(actor, Act.SEARCH)
    moment = as_of(workspace(), posts())
    period = ALL if moment.newest else Period(days=DAYS)
    whole = _kept("", lambda: _headline(None, moment, period), moment, period)
    rows = []
    for brand in brands():
        query = parse(brand.query, moment.context)
        if query.valid:
            facts = _kept(brand.query, lambda asked=query: _headline(asked, moment, period), moment, period)  # type: ignore[misc]
            rows.append(_judged(brand, facts, whole, period))
    return whole, rows


def _headline(query: Query | None, moment: AsOf, period: Period) -> Headline:
    return headline(posts(), query, period.window(moment.today, moment.zone), zone=moment.zone)


def _judged(brand: Brand, facts: Headline, whole: Headline, period: Period) -> BrandFacts:
    change, tone, rest = facts.change, facts.negative, whole.negative
    return BrandFacts(
        name=brand.name, own=brand.side == Brand.Side.OWN, facts=facts,
        address=listen_address(brand.query, period),
        negative_address=listen_address(facts.evidence_negative, ALL),
        more=change is not None and change.low > 1, fewer=change is not None and change.high < 1,
        darker=tone is not None and rest is not None and tone.low > rest.high,
        lighter=tone is not None and rest is not None and tone.high < rest.low,
    )  # fmt: skip


def _kept(text: str, make: Callable[[], Headline], moment: AsOf, period: Period) -> Headline:
    """The headline from the cache while the store holds the same number of posts and the day is the same."""
    size = posts().count(None, budget=PATIENCE).value
    key = f"{size} {moment.today} {moment.zone.key} {period} {text}"
    name = "today." + sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    found: Headline | None = cache.get(name)
    if found is None:
        found = make()
        cache.set(name, found, KEPT_SECONDS)
    return found
