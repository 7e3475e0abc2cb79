"""Retention from the command line: a rule in force or on hold is not changed behind anybody's back."""

from __future__ import annotations

import pytest
from tests.cli.conftest import Run

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("locale", "held", "in_force"),
    [("en", "A legal hold stands", "This rule is in force"), ("zh-hans", "法律保全中", "正在生效")],
)
def test_a_rule_is_switched_off_and_its_hold_ended_before_it_is_changed(
    run: Run, locale: str, held: str, in_force: str
) -> None:
    rule = ("retention", "set", "--platform", "weibo")
    assert run(*rule, "--days", "400", "--json").json["on"] is False
    kept = run(*rule, "--on", "--json").json
    assert (kept["on"], kept["days"]) == (True, 400)
    changed = run(*rule, "--days", "1", locale=locale)
    assert (changed.status, in_force in changed.err) == (1, True)
    assert run(*rule, "--hold", "诉讼 2026-17").status == 0
    for lifting in ("--off", "--on"):
        refused = run(*rule, lifting, locale=locale)
        assert (refused.status, held in refused.err) == (1, True)
    (kept,) = run("retention", "list", "--json").json["rules"]
    assert (kept["hold"], kept["days"], kept["on"]) == ("诉讼 2026-17", 400, False)
    assert run(*rule, "--hold", "").status == 0
    assert run(*rule, "--days", "1", "--json").json["days"] == 1
