"""Who uses a saved thing by its name: the saved queries of every room that name it, directly or through others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from outlisten.app.listening.clock import read_in, zone_of
from outlisten.app.listening.filters import names_voices
from outlisten.app.listening.models import Brand, Campaign, SavedList, Topic
from outlisten.app.listening.queries.names import workspace
from outlisten.query import Context, Query, parse
from outlisten.query.opening import written_out
from outlisten.query.tree import Listed, Saved, walk

MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class User:
    """A saved query that uses others: `told` says what it is. `meant` is what it meant, for one that decides voices."""

    told: str
    text: str
    saving: bool = True
    decides_voices: bool = False
    meant: str = ""

    def read(self, context: Context) -> Query:
        """Read the way it was when it was saved."""
        return parse(self.text, context, saving=self.saving)


def users_of(thing: Topic | SavedList) -> list[User]:
    """The saved queries that use the topic or list by the name that it has."""
    context = read_in(zone_of(workspace()))
    return [user for one in _saved_queries() if (user := _using(one, thing, context)) is not None]


def refuse_broken(users: Iterable[User]) -> None:
    """Raise ValidationError with a sentence that names those which cannot be read any more."""
    context = read_in(zone_of(workspace()))
    broken = [user.told for user in users if not _readable(user, context)]
    if broken:
        told = _(", ").join(broken[:MOST_TOLD])
        if len(broken) > MOST_TOLD:
            told = _("%(some)s and %(n)d more") % {"some": told, "n": len(broken) - MOST_TOLD}
        raise ValidationError(
            _("Nothing was changed: %(users)s could not be read any more. Change that first.")
            % {"users": told}
        )


def meant_otherwise(users: Iterable[User]) -> Iterator[str]:
    """Queries of the posts whose voice is decided by what has just changed: as it was, and as it is."""
    context = read_in(zone_of(workspace()))
    for user in users:
        now = written_out(user.read(context)) if user.decides_voices else ""
        if now != user.meant:
            yield from (user.meant, now)


def _using(one: User, thing: Topic | SavedList, context: Context) -> User | None:
    query, used = one.read(context), Saved if isinstance(thing, Topic) else Listed
    parts = walk(query.tree) if query.tree is not None else ()
    if not any(isinstance(part, used) and part.name == thing.name for part in parts):
        return None
    meant = written_out(query) if one.decides_voices else ""
    return User(one.told, one.text, one.saving, one.decides_voices, meant)


def _readable(user: User, context: Context) -> bool:
    query = user.read(context)
    return query.valid and not (user.decides_voices and names_voices(query))


def _saved_queries() -> Iterator[User]:
    from outlisten.app.care.models import Rule

    for name, text in Topic.objects.values_list("name", "query"):
        yield User(_("the topic “%(name)s”") % {"name": name}, text)
    for name, text in Brand.objects.values_list("name", "query"):
        yield User(_("the brand “%(name)s”") % {"name": name}, text)
    for name, text in Campaign.objects.values_list("name", "query"):
        yield User(_("the campaign “%(name)s”") % {"name": name}, text, decides_voices=True)
    for name, text, addressed in Rule.objects.values_list("name", "query", "addressed"):
        yield User(_("the rule of Care “%(name)s”") % {"name": name}, text, saving=not addressed)
