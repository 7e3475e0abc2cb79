"""A secret that a network renewed is sealed in place of the old one, and nothing that a person entered is lost by it."""

from __future__ import annotations

import pytest

from outlisten.app.sources import actions
from outlisten.app.sources.models import Source
from outlisten.app.sources.secrets import opened, seal
from outlisten.app.sources.setting import connected

pytestmark = pytest.mark.django_db


def source(**secrets: str) -> Source:
    return Source.objects.create(
        name="线上讨论", connector="threads", options={"words": "水壶"}, sealed=seal(secrets)
    )


def keep(row: Source, value: str) -> None:
    one = connected(row)
    assert one.setting.keep_secret is not None
    one.setting.keep_secret("token", value)


def test_a_renewed_secret_is_sealed_in_place_of_the_old_one():
    row = source(token="old", other="stays")
    keep(row, "new")
    row.refresh_from_db()
    assert opened(row.sealed) == {"token": "new", "other": "stays"}
    assert "new" not in row.sealed
    assert connected(row).setting.secrets["token"] == "new"


def test_a_secret_that_a_person_entered_meanwhile_stays():
    row = source(token="old")
    before = connected(row)
    Source.objects.filter(pk=row.pk).update(sealed=seal({"token": "entered by hand"}))
    assert before.setting.keep_secret is not None
    before.setting.keep_secret("token", "renewed from the old one")
    row.refresh_from_db()
    assert opened(row.sealed) == {"token": "entered by hand"}


def test_the_lease_and_the_cursor_stay_as_they_are():
    row = source(token="old")
    Source.objects.filter(pk=row.pk).update(holder="somebody", cursor={"known": {"帖子": 1}})
    keep(row, "new")
    row.refresh_from_db()
    assert (row.holder, row.cursor) == ("somebody", {"known": {"帖子": 1}})


def test_a_secret_that_is_renewed_twice_in_one_ask_is_kept_both_times():
    row = source(token="old")
    one = connected(row)
    assert one.setting.keep_secret is not None
    for value in ("second", "third"):
        one.setting.keep_secret("token", value)
    row.refresh_from_db()
    assert opened(row.sealed) == {"token": "third"}


def test_a_secret_that_was_renewed_while_a_form_was_open_outlives_its_saving(account):
    row = source(token="old")
    keep(Source.objects.get(pk=row.pk), "new")
    actions.keep(actions.Wanted("threads", {"words": "茶壶"}), of=row, by=account("analyst"))
    row.refresh_from_db()
    assert (opened(row.sealed), row.options) == ({"token": "new"}, {"words": "茶壶"})
