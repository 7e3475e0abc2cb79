"""Role × act, walked on real pages and commands: what `acts.py` says is what happens everywhere.

Rooms add their rows in `tests/app/matrix/`, which says how.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from django.test import Client
from tests.app.conftest import BACKEND
from tests.app.matrix import AWAITED, SHAPING, Walk, walks
from tests.commands import Kept

from outlisten.app.listening.store import use
from outlisten.app.people.models import Account, Department
from outlisten.app.people.rules import IN_OWN_DEPARTMENTS, MAY, Act, Role, may
from outlisten.app.trust.models import AuditRow
from outlisten.cli.main import invoke
from outlisten.cli.terminal import Serving, Terminal
from outlisten.home import Home
from outlisten.posts import PostStore, open_store

pytestmark = pytest.mark.django_db
Ask = Callable[[Walk, Account, Mapping[str, object]], bool]
WALKS = walks()
OWN, OTHER = "support", "sales"


@pytest.fixture(scope="module")
def walked_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostStore]:
    """One store for all walks: opening it takes longer than walking."""
    opened = open_store(f"chdb://{tmp_path_factory.mktemp('matrix') / 'posts'}")
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def _behind_the_pages(walked_store: PostStore) -> Iterator[None]:
    use(walked_store)
    yield
    use(None)


@pytest.fixture
def asked(walked_store: PostStore, tmp_path: Path) -> Ask:
    """Whether the rules let somebody do it, by each way the walk names; a way that breaks fails the test."""
    serving = Serving(Home(tmp_path / "home"), lambda: walked_store)

    def by_page(walk: Walk, who: Account, given: Mapping[str, object]) -> bool:
        client = Client()
        client.force_login(who, backend=BACKEND)
        filled = {name: str(value).format(**given) for name, value in walk.send.items()}
        answer = (
            client.get(walk.get.format(**given))
            if walk.get
            else client.post(walk.post.format(**given), filled)
        )
        assert answer.status_code < 500
        if answer.status_code in (403, walk.refused_as):
            return False
        assert answer.status_code not in (403, 404), answer.content[:400]
        return True

    def by_command(walk: Walk, who: Account, given: Mapping[str, object]) -> bool:
        words = [*(word.format(**given) for word in walk.command), "--as", who.email]
        before = AuditRow.objects.filter(outcome="refused").count()
        out, err, stdin = Kept(), Kept(), io.BufferedReader(io.BytesIO())
        status = invoke(Terminal(words, out, err, stdin, tmp_path, "en", serving=serving))
        refused = AuditRow.objects.filter(outcome="refused").count() > before
        assert refused == (b"These roles can" in err.getvalue())
        assert (status == 1) if refused else status in (0, 3), err.getvalue().decode()
        return not refused

    def ask(walk: Walk, who: Account, given: Mapping[str, object]) -> bool:
        ways = [way for way, named in ((by_page, walk.get or walk.post), (by_command, walk.command)) if named]
        return {way(walk, who, given) for way in ways} == {True}

    return ask


def person(role: Role) -> Account:
    """Somebody of this role in the support department, with an owner beside them."""
    if role != Role.OWNER:
        Account.objects.create_user("owner@example.org", name="The owner", role=Role.OWNER)
    who = Account.objects.create_user(f"{role}@example.org", name=f"A {role}", role=role)
    who.departments.add(Department.objects.get(key=OWN))
    return who


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("walk", WALKS, ids=str)
def test_a_role_does_what_the_table_says_and_nothing_else(walk: Walk, role: Role, asked: Ask) -> None:
    who = person(role)
    given = walk.given(Department.objects.get(key=OWN))
    assert asked(walk, who, given) is (role in MAY[walk.act])


@pytest.mark.parametrize("role", [Role.LEAD, Role.RESPONDER, Role.ADMIN])
@pytest.mark.parametrize("walk", [walk for walk in WALKS if walk.scoped], ids=str)
def test_another_department_is_closed_to_leads_and_responders(walk: Walk, role: Role, asked: Ask) -> None:
    who, other = person(role), Department.objects.get(key=OTHER)
    assert asked(walk, who, walk.given(other)) is may(who, walk.act, other)


@pytest.mark.parametrize("walk", [walk for walk in WALKS if walk.get or walk.post], ids=str)
def test_strangers_are_sent_to_sign_in(walk: Walk) -> None:
    given = walk.given(Department.objects.get(key=OWN))
    answer = Client().get(walk.get.format(**given)) if walk.get else Client().post(walk.post.format(**given))
    assert answer.status_code == 302
    assert answer.url.startswith("/account/sign-in")


def test_every_act_is_walked_or_awaited_and_none_both() -> None:
    walked = {walk.act for walk in WALKS}
    assert walked | AWAITED | SHAPING == set(Act)
    assert walked & AWAITED == set()


def test_acts_of_departments_are_walked_in_them() -> None:
    assert all(walk.scoped == (walk.act in IN_OWN_DEPARTMENTS) for walk in WALKS)
