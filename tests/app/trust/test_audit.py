"""The audit log is written with the act, chained, and holds refusals."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.app.conftest import Browser

from outlisten.app.people.models import Account
from outlisten.app.trust.audit import digest, pseudonym, record
from outlisten.app.trust.models import AuditRow


@pytest.mark.django_db
def test_each_row_is_chained_to_the_one_before(account: Callable[..., Account]) -> None:
    owner = account()
    first, second = (
        record("case.take", by=owner, about="case:1"),
        record("case.answer", by=owner, about="case:1"),
    )
    assert (first.number, second.number) == (1, 2)
    assert first.digest == digest(AuditRow.objects.get(pk=1), "")
    assert second.digest == digest(AuditRow.objects.get(pk=2), first.digest)


@pytest.mark.django_db
def test_what_a_page_refuses_is_written_down(browser: Browser) -> None:
    assert browser("viewer").get("/settings/workspace").status_code == 403
    row = AuditRow.objects.get()
    assert (row.act, row.outcome, row.role, row.channel) == ("manage_workspace", "refused", "viewer", "page")


def test_a_person_is_found_again_by_a_pseudonym_that_names_nobody() -> None:
    assert pseudonym("person", "x:王小明") == pseudonym("person", "x:王小明")
    assert pseudonym("person", "x:王小明") != pseudonym("person", "x:王小红")
    assert "王" not in pseudonym("person", "x:王小明")


@pytest.mark.django_db
def test_a_detail_cannot_pass_for_the_outcome_of_the_act() -> None:
    with pytest.raises(ValueError, match="done or refused"):
        record("claim.test", by=None, outcome="cannot_tell")
