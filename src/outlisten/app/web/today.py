"""What the page Today says at once: how much came in, about whom, and the newest words of customers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from threading import Lock
from typing import TypeVar

from django.core.cache import cache
from django.urls import reverse

from outlisten.app.listening.clock import AsOf, as_of
from outlisten.app.listening.filters import Filters, both
from outlisten.app.listening.models import Brand, ImportRun
from outlisten.app.listening.periods import ALL, Period
from outlisten.app.listening.queries.left_out import LeftOut, left_out
from outlisten.app.listening.queries.names import brands, workspace
from outlisten.app.listening.queries.too_broad import too_broad
from outlisten.app.listening.questions import write_address
from outlisten.app.listening.rows import COLUMNS, Line, lines
from outlisten.app.listening.sight import sees_private
from outlisten.app.listening.store import posts
from outlisten.app.listening.voices.stamp import voices_stamp
from outlisten.app.people.rules import Act, Actor, may, require
from outlisten.posts.store import Budget, TimeRange
from outlisten.query import Query, parse

DAYS = 7
NEWEST = 5
OTHERS = "voice:earned OR voice:unknown"  # words of those who do not speak for a company
HELP = "intent:help"  # people who wave for help
KEPT_SECONDS = 600  # figures are looked up again when posts come in, and after this long in any case
PATIENCE = Budget(rows=10_000, seconds=4.0)
Found = TypeVar("Found")
_making = Lock()


@dataclass(frozen=True, slots=True)
class Now:
    """The moment that Today speaks of: its day, its period, and how many posts are kept in all."""

    as_of: AsOf
    period: Period  # the last days, or everything in an archive
    kept: int
    filters: Filters  # whose voices figures count

    @classmethod
    def read(cls, filters: Filters | None = None) -> Now:
        """From the workspace and the store; figures count the usual voices unless `filters` name others."""
        moment = as_of(workspace(), posts())
        period = ALL if moment.newest else Period(days=DAYS)
        kept = posts().count(None, budget=PATIENCE).value
        voices = (filters or Filters()).voices
        return cls(moment, period, kept, Filters().with_voices(voices))

    @property
    def window(self) -> TimeRange:
        return self.period.window(self.as_of.today, self.as_of.zone)

    def query(self, text: str) -> Query | None:
        """A saved query read on this day; None when it cannot be read, or is too broad to be asked."""
        query = parse(text, self.as_of.context)
        return query if query.valid and not too_broad(query) else None

    def about(self, text: str) -> Query | None:
        """A saved query asked of the voices that are counted; None when it cannot be asked."""
        query = self.query(text)
        if query is None:
            return None
        return self.query(both(text, self.filters.beside(query).query_text()))

    def remembered(self, what: str, make: Callable[[], Found]) -> Found:
        """What `make` gives, from the cache while the day and the number of posts are the same."""
        held = (
            self.kept,
            sees_private(),
            self.as_of.today,
            self.as_of.zone.key,
            self.period,
            self.filters.voices,
        )
        key = f"{held} {voices_stamp()} {what}"
        name = "today." + sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
        kept: tuple[Found] | None = cache.get(name)  # in a tuple, for nothing may be what was found
        if kept is None:
            with _making:
                kept = cache.get(name)  # several tabs ask at once; one does the work
                if kept is None:
                    kept = (make(),)
                    cache.set(name, kept, KEPT_SECONDS)
        return kept[0]


@dataclass(frozen=True, slots=True)
class BrandCount:
    """A brand and its posts in the period; `address` opens them. `posts` is None when its query cannot be
    asked."""

    name: str
    own: bool
    group: str
    posts: int | None
    address: str


@dataclass(frozen=True, slots=True)
class Glance:
    """The first sentence, the brands, and the newest posts."""

    now: Now
    posts: int
    cut: bool
    days: tuple[date, date] | None
    brands: list[BrandCount]
    newest: list[Line]
    asking: int  # posts in which somebody asks for help, as the models read them
    asking_address: str
    left_out: LeftOut | None
    last_import: ImportRun | None

    @property
    def archive(self) -> bool:
        return self.now.period.all

    @property
    def leading(self) -> list[BrandCount]:
        """The two brands most is said about."""
        spoken_of = [brand for brand in self.brands if brand.posts]
        return sorted(spoken_of, key=lambda brand: -(brand.posts or 0))[:2]


def glance(actor: Actor, filters: Filters | None = None) -> Glance:
    """What can be said at once. Raises Refused."""
    require(actor, Act.SEARCH)
    now, store = Now.read(filters), posts()
    named = own_group_first(list(brands())) if now.kept else []
    found = store.count(None, window=now.window, budget=PATIENCE)
    return Glance(
        now=now, posts=found.value, cut=found.cut, days=store.days(),
        brands=[_counted(brand, now) for brand in named],
        asking=store.count(now.about(HELP), window=now.window, budget=PATIENCE).value if now.kept else 0,
        asking_address=listen_address(HELP, now.period, now.filters),
        left_out=_left_out(named, now),
        newest=_newest(now),
        last_import=_last_import() if may(actor, Act.IMPORT) else None,
    )  # fmt: skip


def newest_words(actor: Actor, filters: Filters | None = None) -> list[Line]:
    """The newest posts of those who do not speak for a company. Raises Refused."""
    require(actor, Act.SEARCH)
    return _newest(Now.read(filters))


def _newest(now: Now) -> list[Line]:
    found = posts().search(now.query(OTHERS), limit=NEWEST, columns=COLUMNS, budget=PATIENCE)
    return lines(found.posts, None)


def own_group_first(named: list[Brand]) -> list[Brand]:
    """The brands with our own group first, and our own first in it."""
    ours = {brand.group for brand in named if brand.side == Brand.Side.OWN}
    return sorted(
        named, key=lambda b: (b.group not in ours, b.group, b.side != Brand.Side.OWN, b.position, b.pk)
    )


def listen_address(text: str, period: Period, filters: Filters) -> str:
    """Where Listen shows the posts of a query in a period, counting the same voices."""
    return f"{reverse('listen')}?{write_address(text, filters, period)}"


def _left_out(named: list[Brand], now: Now) -> LeftOut | None:
    """What counting these voices leaves out of the brands together."""
    readable = [brand.query for brand in named if now.query(brand.query)]
    if not readable:
        return None
    text = " OR ".join(f"({query})" for query in readable)
    return now.remembered(
        f"left out {text}", lambda: left_out(text, now.filters.voices, now.window, now.as_of.context)
    )


def _counted(brand: Brand, now: Now) -> BrandCount:
    query = now.about(brand.query)
    counted = None
    if query is not None:
        asked = query
        counted = now.remembered(
            f"count {brand.query}", lambda: posts().count(asked, window=now.window, budget=PATIENCE).value
        )
    own = brand.side == Brand.Side.OWN
    return BrandCount(
        brand.name, own, brand.group, counted, listen_address(brand.query, now.period, now.filters)
    )


def _last_import() -> ImportRun | None:
    return ImportRun.objects.filter(state=ImportRun.State.DONE).first()
