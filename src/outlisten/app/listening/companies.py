"""The companies whose behaviour can be looked at: our brands, competitors, and every account that posts as a company."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from outlisten.app.listening.filters import quoted
from outlisten.app.listening.models import Brand, DeclaredAccount
from outlisten.app.listening.queries.names import brands
from outlisten.insights.mirror import Side, written_by
from outlisten.query import parse
from outlisten.query.folding import fold
from outlisten.query.tree import Node, Person, children

COMPANY_VOICE = "voice:(owned OR employee)"
PEOPLES_VOICE = "voice:(earned OR unknown)"
HANDLE = re.compile(r"\w+")
MOST = 30  # accounts without a brand, the busiest: more would not fit a menu


@dataclass(frozen=True, slots=True)
class Company:
    """One company: `called` are the names and accounts it writes and is addressed by, folded.

    `about` is the query of what is said of it, `posts` how many posts of its own are kept.
    """

    key: str
    name: str
    ours: bool
    called: frozenset[str]
    about: str
    posts: int = 0

    @property
    def written(self) -> str:
        """The query of what it and its employees write."""
        return f"{COMPANY_VOICE} ({_either('author', self.called)})"

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
    """A brand is called by its name, by what its query names after `to:`, and by its declared accounts."""
    ours = brand.side == Brand.Side.OWN
    tree = parse(brand.query).tree
    addressed = {fold(name) for name in _addressed(tree)} if tree is not None else set()
    called = frozenset({fold(brand.name), *addressed, *_declared(brand, ours=ours)})
    posts = written_by(written, called).height
    return Company(f"brand-{brand.pk}", brand.name, ours, called, brand.query, posts)


def _declared(brand: Brand, *, ours: bool) -> Iterable[str]:
    voices = ("owned", "employee")
    theirs = DeclaredAccount.objects.filter(voice__in=voices, brand=brand)
    if ours:
        theirs = theirs | DeclaredAccount.objects.filter(voice__in=voices, brand=None)
    return set(theirs.values_list("folded", flat=True))


def _of_accounts(written: Side, known: frozenset[str]) -> Iterator[Company]:
    """The accounts that write as a company and belong to no brand."""
    shown = written.posts.drop_nulls("author_handle").group_by("author_handle").len()
    for handle, posts in shown.sort("len", "author_handle", descending=[True, False]).head(MOST).iter_rows():
        folded = fold(handle)
        if folded not in known:
            about = (
                f"{_either('to', (handle,))} OR @{handle}"
                if HANDLE.fullmatch(handle)
                else _either("to", (handle,))
            )
            yield Company(f"account-{handle}", f"@{handle}", False, frozenset({folded}), about, posts)


def _either(field: str, names: Iterable[str]) -> str:
    return " OR ".join(f"{field}:{quoted(name)}" for name in sorted(names))


def _addressed(node: Node) -> Iterator[str]:
    if isinstance(node, Person) and node.field == "to":
        yield node.name
    for part in children(node):
        yield from _addressed(part)
