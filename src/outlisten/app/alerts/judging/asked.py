"""What a rule asks of the store: its topic, whose voices count, and the hours it is judged by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from outlisten.app.alerts.models import Alert, AlertRule
from outlisten.app.listening.clock import AsOf
from outlisten.app.listening.filters import both
from outlisten.app.listening.queries.too_broad import too_broad
from outlisten.app.listening.store import posts
from outlisten.app.sources.queries import gaps
from outlisten.insights.unusual import ENOUGH, Hours, hours_of
from outlisten.posts.store import PostStore, TimeRange
from outlisten.query import Query, parse

WEEKS = 8
# Words of those who do not speak for a company, and each of them once: what was only passed on is not counted.
COUNTED = "(voice:earned OR voice:unknown) -is:repost -type:repost"
COMPLAINS = "intent:complaint"
# A burst is left out of what is usual; what lasts longer is a new level.
LONGEST_BURST = timedelta(days=3)


class Unanswerable(Exception):
    """A rule whose topic is gone, cannot be read, or is too broad to be asked every few minutes."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A rule's question at one moment: `counted` is the posts it counts, `window` the weeks it looks back."""

    store: PostStore
    counted: Query
    window: TimeRange
    zone: ZoneInfo
    left_out: tuple[TimeRange, ...]

    def hours(self, more: str = "") -> Hours:
        """People by the hour, with a further condition where one is given."""
        query = parse(both(self.counted.text, more), self.counted.context) if more else self.counted
        found = hours_of(self.store, query, self.window, left_out=self.left_out, zone=self.zone)
        if int(found.used.sum()) >= ENOUGH or len(found) < ENOUGH:
            return found
        # A source that fails for weeks must not silence every alarm: what it would have brought is then not known.
        return hours_of(self.store, query, self.window, zone=self.zone)


def asked(rule: AlertRule, moment: AsOf, *, query: str = "") -> Asked:
    """The rule's question as of that moment; `query` is what its topic asked then. Raises Unanswerable, StoreError."""
    text = query or (rule.topic.query if rule.topic else "")
    if not text:
        raise Unanswerable("no topic")
    counted = parse(both(text, COUNTED), moment.context)
    if not counted.valid or too_broad(counted):
        raise Unanswerable("unreadable" if not counted.valid else "too broad")
    end = moment.moment
    window = TimeRange(_first(posts(), end - timedelta(weeks=WEEKS)), end)
    return Asked(posts(), counted, window, moment.zone, (*_gaps(window), *_bursts(rule, end)))


def _first(store: PostStore, wanted: datetime) -> datetime:
    """Weeks before the first post that is kept were not quiet: nobody listened."""
    days = store.days()
    first = datetime(days[0].year, days[0].month, days[0].day, tzinfo=wanted.tzinfo) if days else wanted
    return max(first, wanted)


def _gaps(window: TimeRange) -> list[TimeRange]:
    return [TimeRange(gap.since, gap.until) for gap in gaps(window.start, window.end)]


def _bursts(rule: AlertRule, now: datetime) -> list[TimeRange]:
    """What this rule found before, unless a person said that it was nothing."""
    known = Alert.objects.filter(rule=rule, began_at__gte=now - timedelta(weeks=WEEKS))
    spans = known.exclude(verdict=Alert.Verdict.FALSE).values_list("began_at", "ended_at")
    return [TimeRange(began, min(ended or now, began + LONGEST_BURST)) for began, ended in spans]
