"""Which models the kept posts were read by, and the re-reading with today's: how far it is, how long it takes."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

from django.core.cache import cache

from outlisten.app.listening.deep_reader import deep_reader
from outlisten.app.listening.deepening.worker import TRIES
from outlisten.app.listening.models import Deepening, Rereading
from outlisten.app.listening.queries.names import workspace
from outlisten.app.listening.rereading.current import ReadBy, current_models, read_by
from outlisten.app.listening.store import whole
from outlisten.app.listening.voices.stamp import voices_stamp
from outlisten.app.people.rules import Act, Actor, may, require
from outlisten.pipeline.derive import read_again
from outlisten.posts.store import Budget

# Enough posts to tell the speed of reading from; few enough to wait for.
TRIED = 100
COLUMNS = ("text", "title", "lang_given")
KEPT_SECONDS, OFFERED_SECONDS = 3600, 600
# A server rests as long as it works, and writing a page takes about as long as reading it.
SHARE_OF_TIME = 0.25
PATIENCE = Budget(rows=TRIED, seconds=5.0)


@dataclass(frozen=True, slots=True)
class ModelPosts:
    """A model, how many posts show what it read, in per cent of all, and whether it is one of today's."""

    model: str | None
    posts: int
    percent: float
    current: bool


@dataclass(frozen=True, slots=True)
class Deepens:
    """Reading thoroughly: whether there is a model for it, whether it is switched on, posts that wait, and posts that
    failed so often that they are left alone."""

    available: bool
    on: bool
    waiting: int
    failed: int


@dataclass(frozen=True, slots=True)
class ModelsRead:
    """`left`: posts that others than today's models read. `seconds`: how long reading them again takes while a server
    runs, None where no speed is known; `measured`: posts that the speed was measured on."""

    models: tuple[ModelPosts, ...]
    posts: int
    left: int
    cut: bool
    round: Rereading | None
    seconds: float | None
    measured: int
    deepening: Deepens


def models_read(reader: Actor) -> ModelsRead:
    """For all posts of the store: counts are no secret where their content is. Raises Refused."""
    require(reader, Act.SEARCH)
    found = read_by(whole())
    last = Rereading.objects.filter(kind=Rereading.Kind.MODELS).order_by("-id").first()
    left = found.others
    if (
        last is not None
        and last.open
        and last.total is not None
        and last.since is None
        and last.until is None
    ):
        left = max(last.total - last.read, 0)
    speed, measured = _speed() if left else (None, 0)
    return ModelsRead(
        models=_shares(found), posts=found.total, left=left, cut=found.cut, round=last,
        seconds=left / speed if speed else None, measured=measured,
        deepening=deepens(),
    )  # fmt: skip


def left_for(reader: Actor) -> int:
    """How many posts to offer to somebody who may have them read again; none while that is under way or paused."""
    if not may(reader, Act.MANAGE_WORKSPACE):
        return 0
    unfinished = (Rereading.State.WAITING, Rereading.State.RUNNING, Rereading.State.PAUSED)
    if Rereading.objects.filter(kind=Rereading.Kind.MODELS, state__in=unfinished).exists():
        return 0
    left: int = (
        cache.get_or_set(f"listening.left.{voices_stamp()}", lambda: read_by(whole()).others, OFFERED_SECONDS)
        or 0
    )
    return left


def deepens() -> Deepens:
    """How reading thoroughly stands."""
    rows = Deepening.objects.all()
    return Deepens(
        available=deep_reader() is not None, on=workspace().deepens,
        waiting=rows.filter(tries__lt=TRIES).count(), failed=rows.filter(tries__gte=TRIES).count(),
    )  # fmt: skip


def _shares(found: ReadBy) -> tuple[ModelPosts, ...]:
    current = current_models()
    return tuple(
        ModelPosts(model, posts, round(100 * posts / found.total, 1), model in current)
        for model, posts in found.posts
    )


def _speed() -> tuple[float | None, int]:
    """Posts a second beside a running server, and how many posts that was measured on: those of the last round, else a
    few of those that wait, read now and not written."""
    worked = Rereading.objects.filter(kind=Rereading.Kind.MODELS, read__gte=TRIED, seconds__gt=0)
    last = worked.order_by("-id").first()
    if last is not None and last.speed is not None:
        return last.speed / 2, last.read
    tried: tuple[float | None, int] | None = cache.get("listening.reading_speed")
    if tried is None:
        tried = _tried()
        cache.set("listening.reading_speed", tried, KEPT_SECONDS)
    return tried


def _tried() -> tuple[float | None, int]:
    page = whole().read_by_others(current_models(), limit=TRIED, columns=COLUMNS, budget=PATIENCE)
    if not page.posts.num_rows:
        return None, 0
    read_again(page.posts.slice(0, 1))  # loads the models
    began = monotonic()
    read_again(page.posts)
    return SHARE_OF_TIME * page.posts.num_rows / max(monotonic() - began, 0.001), page.posts.num_rows
