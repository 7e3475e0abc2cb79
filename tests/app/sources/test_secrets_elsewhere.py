"""A secret goes to the server that it was entered for, and to no other without being entered again."""

from __future__ import annotations

import pytest

from outlisten.app.sources.actions import Wanted, keep, try_out
from outlisten.app.sources.models import Source
from outlisten.app.sources.secrets import opened, seal
from outlisten.sources.problems import WrongOption

pytestmark = pytest.mark.django_db
HERE = "https://forum.example.org"


@pytest.fixture
def forum() -> Source:
    return Source.objects.create(
        name="论坛", connector="discourse", options={"address": HERE}, sealed=seal({"api_key": "k-123456"})
    )


def test_another_server_is_not_sent_the_secret_of_the_old_one(forum, account):
    wanted, agency = Wanted("discourse", {"address": "https://elsewhere.example"}), account("agency")
    for act in (keep, try_out):
        with pytest.raises(WrongOption) as refused:
            act(wanted, of=forum, by=agency)
        assert "请重新填写" in refused.value.text("zh-hans")
        assert "enter it again" in refused.value.text("en")
    forum.refresh_from_db()
    assert forum.options == {"address": HERE}


@pytest.mark.parametrize("address", [HERE, HERE + "/"])
def test_the_same_server_keeps_its_secret(forum, account, address):
    keep(Wanted("discourse", {"address": address}, name="改名"), of=forum, by=account("agency"))
    assert opened(Source.objects.get().sealed) == {"api_key": "k-123456"}


def test_a_secret_that_is_entered_anew_goes_to_the_new_server(forum, account):
    given = {"address": "https://elsewhere.example", "api_key": "another"}
    keep(Wanted("discourse", given), of=forum, by=account("agency"))
    assert opened(Source.objects.get().sealed) == {"api_key": "another"}


def test_secrets_of_another_key_can_be_entered_again(forum, account):
    Source.objects.update(sealed="of another key")
    forum.refresh_from_db()
    keep(Wanted("discourse", {"address": HERE, "api_key": "another"}), of=forum, by=account("analyst"))
    assert opened(Source.objects.get().sealed) == {"api_key": "another"}
