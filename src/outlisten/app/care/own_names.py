"""To whom a post must be addressed to be addressed to us."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from outlisten.app.listening.clock import read_in, zone_of
from outlisten.app.listening.models import Brand, DeclaredAccount
from outlisten.app.listening.queries.names import workspace
from outlisten.query import parse
from outlisten.query.folding import fold
from outlisten.query.tree import Node, Person, children


def own_names() -> list[str]:
    """The names of our own brands, what their queries name after `to:`, and the accounts declared as our own."""
    names: dict[str, str] = {}
    context = read_in(zone_of(workspace()))
    for brand in Brand.objects.filter(side=Brand.Side.OWN):
        names.setdefault(fold(brand.name), brand.name)
        tree = parse(brand.query, context).tree
        for name in _addressed(tree) if tree is not None else ():
            names.setdefault(fold(name), name)
    ours = DeclaredAccount.objects.filter(Q(brand=None) | Q(brand__side=Brand.Side.OWN), voice="owned")
    for declared in ours:
        names.setdefault(declared.folded, declared.account)
    return list(names.values())


def addressed_to_us() -> str:
    """The condition *addressed to us* as a query; blank while no brand of ours is known."""
    return " OR ".join(f'to:"{name}"' for name in own_names() if '"' not in name)


def _addressed(node: Node) -> Iterator[str]:
    if isinstance(node, Person) and node.field == "to":
        yield node.name
    for part in children(node):
        yield from _addressed(part)
