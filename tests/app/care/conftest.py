"""What care's tests share: posts in the store, people in departments, cases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from outlisten.app.care.intake import take_in
from outlisten.app.care.models import Case, Rule
from outlisten.app.listening.models import Brand
from outlisten.app.people.models import Account, Department
from outlisten.posts import PostStore

Arrive = Callable[..., list[str]]


@pytest.fixture
def department(db: None) -> Callable[[str], Department]:
    """One of the usual departments by its key."""
    return lambda key: Department.objects.get(key=key)


@pytest.fixture
def member(
    account: Callable[..., Account], department: Callable[[str], Department]
) -> Callable[..., Account]:
    """Somebody who works in departments: `member("responder", "support", name="林一")`."""

    def make(role: str, *keys: str, **fields: Any) -> Account:
        number = Account.objects.count()
        made = account(role, **{"email": f"{role}{number}@example.org", **fields})
        made.departments.set([department(key) for key in keys])
        return Account.objects.get(pk=made.pk)

    return make


@pytest.fixture
def arrive(pages_store: PostStore, make_posts: Any) -> Arrive:
    """Posts come in as from the pipeline: kept, then acted on; answers with their ids."""

    def come(*given: dict[str, object]) -> list[str]:
        base = {"created_at": datetime.now(UTC).replace(microsecond=0), "to": "Axi Tea", "voice": "unknown"}
        table = make_posts(*({**base, **post} for post in given))
        pages_store.add(table)
        take_in(table)
        return [str(identifier) for identifier in table["id"].to_pylist()]

    return come


@pytest.fixture
def own_brand(db: None) -> Brand:
    """Posts to Axi Tea are addressed to us."""
    return Brand.objects.create(name="Axi Tea", side=Brand.Side.OWN, query="to:AxiTea OR 阿夕茶")


@pytest.fixture
def rule(own_brand: Brand, department: Callable[[str], Department]) -> Callable[..., Rule]:
    """A rule that is on: `rule("support", "refund OR 退款")`."""

    def make(key: str, query: str, **fields: Any) -> Rule:
        values = {"name": query, "on": True, "need": "complains", **fields}
        return Rule.objects.create(department=department(key), query=query, **values)

    return make


@pytest.fixture
def case(arrive: Arrive, rule: Callable[..., Rule]) -> Callable[..., Case]:
    """An open case of a department: `case("hr", text="…")`."""

    def make(key: str = "support", **post: object) -> Case:
        number = Case.objects.count()
        made = rule(key, f"marker{number}")
        post = {"native_id": f"c{number}", "author_handle": f"guest{number}", "text": "where is it", **post}
        post["text"] = f"{post['text']} marker{number}"
        arrive(post)
        return Case.objects.get(rule=made)

    return make
