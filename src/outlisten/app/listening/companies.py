"""The companies whose behaviour can be looked at: our brands, competitors, and every account that posts as a company."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from django.db.models import Q

from outlisten.app.listening.clock import read_in, zone_of
from outlisten.app.listening.filters import quoted
from outlisten.app.listening.models import Brand, DeclaredAccount
from outlisten.app.listening.queries.names import brands, workspace
from outlisten.insights.mirror import Side, written_by
from outlisten.query import parse
from outlisten.query.folding import fold
from outlisten.query.tree import Node, Person, children

COMPANY_VOICE = "voice:(owned OR employee)"
PEOPLES_VOICE = "voice:(earned OR unknown)"
ROOM = 6_000  # characters of names in a query, a good part of what it may hold
OR = " OR "
HANDLE = re.compile(r"\w+")
MOST = 30  # accounts without a brand, the busiest: more would not fit a menu


@dataclass(frozen=True, slots=True)
class Company:
    """One company: `called` are the names and accounts it writes and is addressed by, folded; `writers` those of them that
    wrote, the busiest first.

    `about` is the query of what is said of it, `posts` how many posts of its own are kept.
    """

    key: str
    name: str
    ours: bool
    called: frozenset[str]
    about: str
    writers: tuple[str, ...] = ()
    posts: int = 0

    @property
    def written(self) -> str:
        """The query of what it and its employees write; of more accounts than a query has room for, the busiest."""
        return f"{COMPANY_VOICE} ({either('author', self.writers or sorted(self.called))})"

    @property
    def customers(self) -> str:
        """The query of what people say of it."""
        return f"({self.about}) {PEOPLES_VOICE}"


def companies(written: Side) -> list[Company]:
    """Our brands, then the competitors, then other accounts that post as a company, those with most posts first."""
    kept = [_of_brand(brand, written) for brand in brands()]
    known = frozenset[str]().union(*(company.called for company in kept))
    return [*sorted(kept, key=lambda company: not company.ours), *_of_accounts(written, known)]


def _of_brand(brand: Brand, written: Side) -> Company:
    called = frozenset(names_of(brand))
    posts = written_by(written, called)
    writers = posts["author_names"].explode().value_counts(sort=True)["author_names"].to_list()
    ours = brand.side == Brand.Side.OWN
    mine = tuple(name for name in writers if name in called)
    return Company(f"brand-{brand.pk}", brand.name, ours, called, brand.query, mine, posts.height)


def names_of(brand: Brand) -> list[str]:
    """What a brand is called, folded: its name, what its query names after `to:`, and its declared accounts."""
    tree = parse(brand.query, read_in(zone_of(workspace()))).tree
    addressed = [fold(name) for name in _addressed(tree)] if tree is not None else []
    declared = DeclaredAccount.objects.filter(voice__in=("owned", "employee"))
    whose = Q(brand=brand) | (Q(brand=None) if brand.side == Brand.Side.OWN else Q(pk=None))
    accounts = declared.filter(whose).order_by("-voice", "pk").values_list("folded", flat=True)
    return list(dict.fromkeys([fold(brand.name), *addressed, *accounts]))


def _of_accounts(written: Side, known: frozenset[str]) -> Iterator[Company]:
    """The accounts that write as a company and belong to no brand."""
    shown = written.posts.drop_nulls("author_handle").group_by("author_handle").len()
    for handle, posts in shown.sort("len", "author_handle", descending=[True, False]).head(MOST).iter_rows():
        folded = fold(handle)
        if folded not in known:
            about = either("to", (handle,)) + (f" OR @{handle}" if HANDLE.fullmatch(handle) else "")
            yield Company(
                f"account-{handle}", f"@{handle}", False, frozenset({folded}), about, (folded,), posts
            )


def either(field: str, names: Iterable[str]) -> str:
    """A clause that any of some names satisfies; of more than a query has room for, the first ones."""
    clauses = [f"{field}:{quoted(name)}" for name in names]
    lengths = accumulate(len(clause) + len(OR) for clause in clauses)
    return OR.join(clause for clause, length in zip(clauses, lengths, strict=True) if length <= ROOM)


def _addressed(node: Node) -> Iterator[str]:
    if isinstance(node, Person) and node.field == "to":
        yield node.name
    for part in children(node):
        yield from _addressed(part)
