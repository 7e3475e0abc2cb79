"""Who may do what."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from outlisten.app.people.models import Account
from outlisten.app.people.rules import MAY, Act, Refused, Role, acts_of, may, require


def of(role: str, **fields: object) -> Account:
    return Account(role=role, **fields)


@pytest.mark.parametrize(
    ("role", "act", "allowed"),
    [
        ("owner", Act.MANAGE_ACCOUNTS, True),
        ("admin", Act.MANAGE_WORKSPACE, True),
        ("lead", Act.MANAGE_WORKSPACE, False),
        ("analyst", Act.EDIT_BRANDS, True),
        ("responder", Act.EXPORT, True),
        ("responder", Act.IMPORT, False),
        ("viewer", Act.SEARCH, True),
        ("viewer", Act.SEE_RAW, False),
        ("viewer", Act.EXPORT, False),
        ("agency", Act.IMPORT, True),
        ("agency", Act.EDIT_TOPICS, True),
        ("agency", Act.EDIT_BRANDS, False),
        ("agency", Act.MANAGE_ACCOUNTS, False),
    ],
)
def test_a_role_may_do_what_the_table_says(role: str, act: Act, allowed: bool) -> None:
    assert may(of(role), act) is allowed


def test_every_act_has_a_rule() -> None:
    assert set(MAY) == set(Act)


@pytest.mark.parametrize("act", Act)
def test_the_owner_may_do_everything(act: Act) -> None:
    assert may(of("owner"), act)


@pytest.mark.parametrize("act", Act)
def test_strangers_and_closed_accounts_may_do_nothing(act: Act) -> None:
    assert not may(AnonymousUser(), act)
    assert not may(of("owner", is_active=False), act)


def test_a_refusal_says_by_which_rule_and_who_can() -> None:
    with pytest.raises(Refused) as refused:
        require(of("viewer"), Act.MANAGE_WORKSPACE)
    with translation.override("en"):
        said = str(refused.value.sentence)
    assert (
        said == "Your role does not allow you to change the workspace. These roles can: Owner, Administrator."
    )
    with translation.override("zh-hans"):
        assert str(refused.value.sentence) == "你的角色不能修改工作区。可以的角色：所有者、管理员。"


def test_templates_get_every_act_by_name() -> None:
    reads = {Act.SEARCH, Act.SEE_DECISIONS, Act.SEE_STATEMENTS}
    assert acts_of(of("viewer")) == {act.value: act in reads for act in Act}


def test_only_owner_and_administrators_look_after_the_installation() -> None:
    assert {role for role in Role if of(role).is_staff} == {Role.OWNER, Role.ADMIN}
