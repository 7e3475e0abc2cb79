"""What we hold of one person, place by place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from outlisten.app.listening.models import ImportRun
from outlisten.app.listening.store import whole
from outlisten.app.trust import persons
from outlisten.app.trust.persons import Person
from outlisten.app.trust.privacy import rejected_rows
from outlisten.app.trust.privacy.named_elsewhere import Place, still_named
from outlisten.posts.store import Budget
from outlisten.query import parse

SHOWN = 10
COUNTING = Budget(seconds=10.0)


@dataclass(frozen=True)
class Holdings:
    """Everything found of a person, and what names them but is not theirs."""

    person: Person

    @cached_property
    def newest(self) -> list[dict[str, object]]:
        """A few of their posts, to see that it is the right person."""
        found = (whole().get(identifier) for identifier in sorted(self.person.post_ids)[:SHOWN])
        return [post for post in found if post is not None]

    @cached_property
    def rooms(self) -> dict[str, list[dict[str, object]]]:
        """What each room keeps beside the posts."""
        return persons.held(self.person)

    @cached_property
    def files(self) -> list[dict[str, object]]:
        """Rejected rows and preview samples."""
        return rejected_rows.held(self.person)

    @cached_property
    def still_named(self) -> list[Place]:
        """Where words of the company name them: an erasure leaves those."""
        return still_named(self.person)

    @cached_property
    def mentions(self) -> int | None:
        """How many posts of others address or mention them; None when nobody can be asked for by this name."""
        if not self.person.handle:
            return None
        handle = self.person.handle.replace('"', "")
        query = parse(f'(to:"{handle}" OR mention:"{handle}") platform:"{self.person.platform}"')
        if not query.valid:
            return None
        return whole().count(query, budget=COUNTING).value

    @cached_property
    def waiting_uploads(self) -> int:
        """Uploaded files that are not taken in yet; what they hold of this person will be refused."""
        return ImportRun.objects.exclude(path="").count()

    @property
    def counts(self) -> dict[str, int]:
        """How many things in each place."""
        return {
            "posts": len(self.person.post_ids),
            "files": len(self.files),
            **{f"room:{room}": len(things) for room, things in self.rooms.items()},
        }
