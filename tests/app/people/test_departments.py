"""The eight usual departments, and own ones."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from tests.app.conftest import Browser

from outlisten.app.care.actions.service_levels import set_service_level
from outlisten.app.care.models import ServiceLevel
from outlisten.app.people.actions.departments import (
    add_department,
    remove_department,
    rename_department,
    undo_department,
)
from outlisten.app.people.actions.undoing import CannotUndo
from outlisten.app.people.models import Account, Department

pytestmark = pytest.mark.django_db


def test_there_are_eight_from_the_start_named_in_both_languages() -> None:
    with translation.override("zh-hans"):
        chinese = [place.label for place in Department.objects.all()]
    assert [place.key for place in Department.objects.all()] == [
        "support", "product", "sales", "pr", "legal", "hr", "operations", "marketing"
    ]  # fmt: skip
    assert chinese[0] == "客服"


@pytest.mark.parametrize(
    ("name", "key"), [("Stores", "stores"), ("门店", "department-2"), ("Übersee & Co", "ubersee-co")]
)
def test_an_own_one_is_added_with_a_key_that_commands_can_type(owner: Account, name: str, key: str) -> None:
    made = add_department(name, by=owner)
    assert (made.label, made.key) == (name, key)
    assert Department.objects.last() == made


@pytest.mark.parametrize("name", ["", "  ", "support", "客服", "Legal"])
def test_a_name_that_is_blank_or_taken_in_either_language_is_refused(owner: Account, name: str) -> None:
    with pytest.raises(ValidationError):
        add_department(name, by=owner)


def test_a_new_name_holds_in_both_languages_until_it_is_taken_back(owner: Account) -> None:
    support = Department.objects.get(key="support")
    token = rename_department(support, "Helpline", by=owner)
    with translation.override("zh-hans"):
        assert Department.objects.get(key="support").label == "Helpline"
    undo_department(token, by=owner)
    assert Department.objects.get(key="support").label == "Support"


def test_a_blank_name_gives_a_usual_one_its_usual_name_back(owner: Account) -> None:
    support = Department.objects.get(key="support")
    rename_department(support, "Helpline", by=owner)
    rename_department(support, "", by=owner)
    assert Department.objects.get(key="support").label == "Support"
    with pytest.raises(ValidationError):
        rename_department(add_department("Stores", by=owner), "", by=owner)


def test_only_an_empty_one_is_removed(owner: Account, account: Callable[..., Account]) -> None:
    legal = Department.objects.get(key="legal")
    lin = account("lead")
    lin.departments.add(legal)
    with pytest.raises(ValidationError):
        remove_department(legal, by=owner)
    lin.departments.clear()
    token = remove_department(legal, by=owner)
    assert not Department.objects.filter(key="legal").exists()
    assert undo_department(token, by=owner).key == "legal"


def test_one_that_somebody_is_invited_into_is_not_empty(
    invited: Callable[..., object], owner: Account
) -> None:
    invited(departments=("hr",))
    with pytest.raises(ValidationError):
        remove_department(Department.objects.get(key="hr"), by=owner)


def test_a_removed_one_does_not_come_back_beside_another_of_its_name(owner: Account) -> None:
    token = remove_department(Department.objects.get(key="legal"), by=owner)
    add_department("Legal", by=owner)
    with pytest.raises(CannotUndo):
        undo_department(token, by=owner)


def test_the_page_adds_renames_and_removes(browser: Browser) -> None:
    client = browser("admin", language="zh-hans")
    assert client.post("/settings/departments/", {"name": "门店"}).status_code == 302
    made = Department.objects.get(name="门店")
    client.post(f"/settings/departments/{made.pk}/rename", {"name": "直营店"})
    page = client.get("/settings/departments/").content.decode()
    assert "直营店" in page
    client.post(f"/settings/departments/{made.pk}/remove")
    assert not Department.objects.filter(pk=made.pk).exists()
    assert client.post("/settings/departments/", {"name": "法务"}).status_code == 422


def test_an_undo_does_not_take_a_newer_name_away(owner: Account) -> None:
    support = Department.objects.get(key="support")
    token = rename_department(support, "Helpline", by=owner)
    rename_department(support, "Care", by=owner)
    with pytest.raises(CannotUndo):
        undo_department(token, by=owner)
    assert Department.objects.get(key="support").name == "Care"


def test_a_removed_one_takes_its_service_level_along_and_brings_it_back(owner: Account) -> None:
    legal = Department.objects.get(key="legal")
    set_service_level(ServiceLevel(department=legal, target_minutes=90, holidays=["2026-10-01"]), by=owner)
    token = remove_department(legal, by=owner)
    assert not ServiceLevel.objects.exists()
    undo_department(token, by=owner)
    level = ServiceLevel.objects.get(department__key="legal")
    assert (level.target_minutes, level.holidays) == (90, ["2026-10-01"])
