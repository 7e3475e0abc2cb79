"""Statement 5: what was found and mended, with intervals; what is lacking is said."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.app.trust.disclosure.conftest import Write

from outlisten.app.people.models import Account
from outlisten.app.trust.disclosure import personal_data
from outlisten.app.trust.disclosure.measures import undisclosed_found, undisclosed_mended
from outlisten.app.trust.models import JudgedPost
from outlisten.app.trust.persons import Person

PLAIN = "My new Harbour phone takes great pictures"
MakeAccount = Callable[..., Account]


def test_without_declared_accounts_it_says_where_to_start(account: MakeAccount) -> None:
    measure = undisclosed_found(account("analyst"))
    assert (measure.value, bool(measure.missing), bool(measure.next_step)) == (None, True, True)


def test_nothing_found_is_not_called_all_mended(harbour: None, write: Write, account: MakeAccount) -> None:
    write("anna", f"#ad {PLAIN}")
    reader = account("analyst")
    assert (undisclosed_found(reader).value, undisclosed_mended(reader).value) == (0, None)


def test_found_and_mended_are_shares_with_intervals(
    harbour: None, write: Write, account: MakeAccount
) -> None:
    for number in "123":
        write("anna", PLAIN, native_id=number)
    write("anna", f"#ad {PLAIN}", native_id="3")
    found, mended = undisclosed_found(account("analyst")), undisclosed_mended(account("lead"))
    assert found.value == 1
    assert mended.value == pytest.approx(1 / 3)
    assert mended.low < mended.value < mended.high  # type: ignore[operator]
    assert [point.value for point in found.trend] == [1]


def test_a_mistaken_finding_does_not_count(harbour: None, write: Write, account: MakeAccount) -> None:
    write("anna", PLAIN)
    JudgedPost.objects.update(state="mistaken")
    assert undisclosed_found(account("analyst")).value == 0


def test_a_person_can_see_and_lose_the_verdicts_on_their_posts(harbour: None, write: Write) -> None:
    write("anna", PLAIN)
    person = Person("x", handle="anna", post_ids=frozenset({JudgedPost.objects.get().post_id}))
    assert [thing["outcome"] for thing in personal_data.held(person)] == ["undisclosed"]
    assert (personal_data.erase(person), JudgedPost.objects.count()) == (1, 0)
    assert personal_data.held(person) == []
