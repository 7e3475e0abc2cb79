"""Signing in to a homeserver: as seldom as possible, and again when a token has run out."""

from __future__ import annotations

import httpx2
import pytest
from tests.sources.matrix.server import OWN, SPENT, Server, a_fetcher, source

from outlisten.sources.fetching import Fetcher, Politeness
from outlisten.sources.problems import CredentialRefused, Throttled

SOFT = SPENT | {"soft_logout": True}


def logins(server: Server) -> int:
    return server.paths().count("/login")


def test_a_password_is_sent_once_for_all_sources_of_an_account() -> None:
    server = Server()
    fetcher = a_fetcher(server)
    for _ in range(3):
        list(source(server, "right", fetcher, user="acme-care").pages({}))
    assert logins(server) == 1
    list(source(server, "right", a_fetcher(server), user="acme-care").pages({}))
    assert logins(server) == 2, "another process signs in for itself"


def test_an_ended_sign_in_is_made_again_and_the_place_goes_on() -> None:
    server = Server()
    fetcher = a_fetcher(server)
    one = source(server, "right", fetcher, user="acme-care")
    cursor = list(one.pages({}))[-1].cursor
    server.tokens.clear()  # as a soft logout leaves it
    list(one.pages(cursor))
    assert logins(server) == 2
    assert server.asked[-1].url.params["since"] == cursor["since"]


def test_a_wrong_password_is_a_problem_of_the_password() -> None:
    server = Server()
    with pytest.raises(CredentialRefused, match="M_FORBIDDEN"):
        list(source(server, "wrong", user="acme-care").pages({}))
    assert logins(server) == 1, "it is not tried again by itself"


def test_an_account_that_may_not_sign_in_so_often_waits() -> None:
    server = Server(refuse={"/login": (429, {"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 30_000})})
    with pytest.raises(Throttled) as found:
        list(source(server, "right", user="acme-care").pages({}))
    assert found.value.wait == 30


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (401, SPENT),
        (401, SOFT),
        (403, {"errcode": "M_USER_DEACTIVATED"}),
        (401, {"errcode": "M_USER_LOCKED"}),
    ],
)
def test_a_token_that_has_run_out_needs_a_person(status: int, said: dict[str, object]) -> None:
    server = Server(refuse={"/sync": (status, said)})
    with pytest.raises(CredentialRefused, match=str(said["errcode"])):
        list(source(server).pages({}))
    assert logins(server) == 0


def test_the_secret_is_in_no_address_and_no_sentence() -> None:
    server = Server(refuse={"/sync": (401, SPENT)})
    with pytest.raises(CredentialRefused) as found:
        list(source(server, "token").pages({}))
    assert not [one for one in server.asked if "token" in str(one.url)]
    assert "Bearer" not in f"{found.value} {found.value.details}"


@pytest.mark.parametrize(
    ("well_known", "base"),
    [
        ({"m.homeserver": {"base_url": "https://client.matrix.example/"}}, "client.matrix.example"),
        ({"m.homeserver": {"base_url": "ftp://client.matrix.example"}}, "matrix.example"),
        ({"m.homeserver": {}}, "matrix.example"),
        (["?"], "matrix.example"),
    ],
)
def test_the_server_may_be_at_another_address_than_its_name(well_known: object, base: str) -> None:
    hosts: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        if request.url.path.startswith("/.well-known"):
            return httpx2.Response(200, json=well_known)
        hosts.append(request.url.host)
        return httpx2.Response(200, json={"user_id": OWN})

    fetcher = Fetcher(transport=httpx2.MockTransport(answer), politeness=Politeness(0.0))
    assert source(Server(), "token", fetcher)._client.whoami() == OWN
    assert hosts == [base]
