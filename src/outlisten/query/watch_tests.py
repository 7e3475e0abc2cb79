"""The test of a query for the live matcher: closures over numbers of needles, quicker than asking the tree again.

Numbers stand for needles; `found` holds those of the needles that stand in a post. What needles do not answer is asked as
the reference evaluator does, and only of posts that hold the needles it requires.
"""

from __future__ import annotations

from collections.abc import Set

from outlisten.query.batch import Current, Test
from outlisten.query.evaluate import holds
from outlisten.query.moments import Clock
from outlisten.query.needles import Needles, Number, answers, required_words
from outlisten.query.tree import Address, And, Label, Near, Node, Not, Or, Saved, children
from outlisten.query.watch_near import near_test

# How many values of a field a test remembers its answer for.
REMEMBERED = 1_000


def without(node: Node, held: Needles) -> Node | None:
    """What is left to ask when a post holds one of these needles; None when nothing is."""
    if answers(node) == held:
        return None
    if isinstance(node, And):
        rest = tuple(part for part in node.parts if answers(part) != held)
        return rest[0] if len(rest) == 1 else And(rest) if rest else None
    return without(node.part, held) if isinstance(node, Saved) else node


def make_test(node: Node, clock: Clock, number: Number) -> Test:
    """The test of a part."""
    whole = answers(node)
    if whole is not None:
        return _any_found(number(whole))
    match node:
        case Saved(_, part):
            return make_test(part, clock, number)
        case Not(part):
            unwelcome = answers(part)
            if unwelcome is not None:
                return _none_found(number(unwelcome))
            inner = make_test(part, clock, number)
            return lambda found, post: not inner(found, post)
        case And(parts):
            return _all_of(parts, clock, number)
        case Or(parts):
            return _any_of(parts, clock, number)
        case Label(floor=None) | Address("site"):
            return _by_value(node, clock)
        case Near() if (test := near_test(node, number)) is not None:
            return test
        case _:
            return _guarded(node, clock, number)


def _any_found(welcome: frozenset[int]) -> Test:
    if len(welcome) == 1:
        (wanted,) = welcome
        return lambda found, post: wanted in found
    return lambda found, post: not welcome.isdisjoint(found)


def _none_found(unwelcome: frozenset[int]) -> Test:
    return lambda found, post: unwelcome.isdisjoint(found)


def _all_of(parts: tuple[Node, ...], clock: Clock, number: Number) -> Test:
    groups: list[frozenset[int]] = []
    unwelcome: frozenset[int] = frozenset()
    others: list[Node] = []
    for part in parts:
        if (whole := answers(part)) is not None:
            groups.append(number(whole))
        elif isinstance(part, Not) and (whole := answers(part.part)) is not None:
            unwelcome |= number(whole)
        else:
            others.append(part)
    tests = [make_test(part, clock, number) for part in sorted(others, key=_asks_the_post)]
    if not groups:
        return _every([_none_found(unwelcome), *tests] if unwelcome else tests)
    return _every([_found_as_asked(groups, unwelcome), *tests])


def _found_as_asked(groups: list[frozenset[int]], unwelcome: frozenset[int]) -> Test:
    """One of each group is found, and none of the unwelcome."""
    if len(groups) == 1:
        (group,) = groups
        if not unwelcome:
            return _any_found(group)
        return lambda found, post: not group.isdisjoint(found) and unwelcome.isdisjoint(found)

    def test(found: Set[int], post: Current) -> bool:
        for group in groups:
            if group.isdisjoint(found):
                return False
        return unwelcome.isdisjoint(found)

    return test


def _every(tests: list[Test]) -> Test:
    if len(tests) == 1:
        return tests[0]
    if len(tests) == 2:
        first, second = tests
        return lambda found, post: first(found, post) and second(found, post)

    def test(found: Set[int], post: Current) -> bool:
        for each in tests:  # noqa: SIM110 - all() over a generator takes twice as long, for every candidate
            if not each(found, post):
                return False
        return True

    return test


def _any_of(parts: tuple[Node, ...], clock: Clock, number: Number) -> Test:
    wholes = [(part, answers(part)) for part in parts]
    welcome = frozenset().union(*(number(whole) for _, whole in wholes if whole is not None))
    others = sorted((part for part, whole in wholes if whole is None), key=_asks_the_post)
    tests = [make_test(part, clock, number) for part in others]

    def test(found: Set[int], post: Current) -> bool:
        if not welcome.isdisjoint(found):
            return True
        for each in tests:  # noqa: SIM110 - as above
            if each(found, post):
                return True
        return False

    return test


def _by_value(node: Label | Address, clock: Clock) -> Test:
    """Posts share the few values of such a field: what was answered for a value is remembered."""
    field, known = node.field, dict[str, bool]()

    def test(found: Set[int], post: Current) -> bool:
        value = post.value(field)
        if not isinstance(value, str):
            return holds(node, post.view, clock)
        answer = known.get(value)
        if answer is None:
            if len(known) >= REMEMBERED:
                known.clear()
            answer = known[value] = holds(node, post.view, clock)
        return answer

    return test


def _guarded(node: Node, clock: Clock, number: Number) -> Test:
    """Asks the tree, but only where the needles are that the part requires."""
    groups = [number(needles) for needles in required_words(node)]

    def test(found: Set[int], post: Current) -> bool:
        for group in groups:
            if group.isdisjoint(found):
                return False
        return holds(node, post.view, clock)

    return test


def _asks_the_post(node: Node) -> int:
    """How many of a part's leaves needles do not answer."""
    if answers(node) is not None:
        return 0
    return sum(map(_asks_the_post, children(node))) or 1
