"""The token of an account: renewed in time, kept, and told before it ends."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from tests.sources.network import all_pages
from tests.sources.threads.service import NOW, Service, error, media, source

from outlisten.sources.connector import Cursor
from outlisten.sources.problems import CredentialRefused

REFRESH = "refresh_access_token"


class Kept(dict[str, str]):
    """Secrets that were kept."""

    def __call__(self, name: str, value: str) -> None:
        self[name] = value


def asked_after(
    days: float, service: Service, cursor: Cursor, kept: Kept | None, token: str = "token-1"
) -> Cursor:
    pages = all_pages(source(service, NOW + timedelta(days=days), kept, token), cursor)
    return json.loads(json.dumps(pages[-1].cursor))  # type: ignore[no-any-return]


def test_a_new_token_is_renewed_after_its_first_day_and_then_every_week() -> None:
    service, kept = Service([media(1)]), Kept()
    cursor: Cursor = {}
    renewed = []
    for days in range(30):
        cursor = asked_after(days, service, cursor, kept, kept.get("token", "token-1"))
        renewed.append(service.paths.count(REFRESH))
    assert renewed[:3] == [0, 0, 1]
    assert renewed[-1] == 4
    assert kept == {"token": service.token}


def test_what_the_cursor_remembers_is_not_the_token() -> None:
    service, kept = Service([media(1)]), Kept()
    cursor = asked_after(2, service, asked_after(0, service, {}, kept), kept)
    assert "token-" not in json.dumps(cursor)


def test_without_a_place_to_keep_it_no_token_is_renewed() -> None:
    service = Service([media(1)])
    cursor = asked_after(2, service, asked_after(0, service, {}, None), None)
    assert REFRESH not in service.paths
    with pytest.raises(CredentialRefused, match="ends in 9 days") as told:
        asked_after(51, service, cursor, None)
    assert "令牌将在 9 天后失效" in told.value.text("zh-hans")


@pytest.mark.parametrize(
    "said",
    [
        (400, error(100, "too young")),
        (400, error(190, "no")),
        (500, {}),
        (200, {"access_token": ""}),
        (200, {"token_type": "bearer"}),
    ],
)
def test_a_token_that_cannot_be_renewed_collects_until_it_ends_and_is_told_in_time(said: Any) -> None:
    service, kept = Service([media(1)], refuse={REFRESH: said}), Kept()
    cursor: Cursor = {}
    for days in (0, 2, 4, 20, 49):
        cursor = asked_after(days, service, cursor, kept)
    assert service.paths.count(REFRESH) == 4, "it is tried again and again"
    with pytest.raises(CredentialRefused, match="could not be renewed"):
        asked_after(52, service, cursor, kept)
    assert kept == {}


def test_what_is_new_comes_before_the_warning() -> None:
    service = Service([media(1)])
    cursor = asked_after(0, service, {}, None)
    service.posts.append(media(9_000))
    pages = source(service, NOW + timedelta(days=55), None).pages(cursor)
    assert [record["media"]["id"] for record in next(pages).records] == ["m9000l"]
    with pytest.raises(CredentialRefused):
        next(pages)


def test_a_token_that_a_person_entered_anew_starts_anew() -> None:
    service = Service([media(1)])
    cursor = asked_after(0, service, {}, None)
    service.token = "token-9"
    assert asked_after(55, service, cursor, None, "token-9")["token"]["ends"] > NOW.timestamp() + 100 * 86_400
