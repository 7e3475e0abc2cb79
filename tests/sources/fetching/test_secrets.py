"""Keys, passwords and cookies: no sentence shows them, and no other host gets them."""

from __future__ import annotations

import pytest

from outlisten.sources.fetching import Fetcher, Guard, Politeness
from outlisten.sources.problems import CredentialRefused, SourceProblem, Unreachable

KEY = "s3cr3t-钥匙开门"
PARAMS = {"key": "s3cr3t", "口令": "s3cr3t"}
HEADERS = {"Authorization": "Bearer s3cr3t", "X-Api-Key": "s3cr3t"}


@pytest.fixture
def both(site, other_site):
    """A fetcher that may ask both servers."""
    guard = Guard.naming([site.host, other_site.host])
    with Fetcher(guard=guard, politeness=Politeness(0), largest=1000) as one:
        yield one


def going_wrong(site):
    """Addresses with a secret in them, each of which ends in a problem of its own."""
    for status in (400, 401, 403, 404, 410, 429, 500, 503):
        site.says(f"/{status}", "no", status=status)
        yield site.at(f"/{status}?token=s3cr3t#s3cr3t")
    site.says("/huge", "x" * 2000)
    yield site.at("/huge?token=s3cr3t")
    site.says("/packed", "not packed", Content_Encoding="gzip")
    yield site.at("/packed?token=s3cr3t")
    site.says("/circle", status=302, Location="/circle?token=s3cr3t")
    yield site.at("/circle?token=s3cr3t")
    site.says("/inside", status=302, Location="http://name:s3cr3t@169.254.169.254/?token=s3cr3t")
    yield site.at("/inside?token=s3cr3t")
    site.says("/mail", status=302, Location=f"http://name:s3cr3t@{site.host.split(':')[0]}:25/?token=s3cr3t")
    yield site.at("/mail?token=s3cr3t")
    yield f"http://name:s3cr3t@{site.host}/404"
    yield "gopher://name:s3cr3t@example.org/?token=s3cr3t"
    yield "mailto:someone?token=s3cr3t"
    yield "http://name:s3cr3t@[/?token=s3cr3t"


def test_no_sentence_of_any_problem_holds_a_secret(site, both):
    kinds = set()
    for address in going_wrong(site):
        with pytest.raises(SourceProblem) as found:
            both.get(address, params=PARAMS if "?" not in address else None, headers=HEADERS)
        said = (
            str(found.value)
            + found.value.text("en")
            + found.value.text("zh-hans")
            + repr(found.value.details)
        )
        assert "s3cr3t" not in said, address
        kinds.add(found.value.kind)
    assert len(kinds) >= 8


@pytest.mark.parametrize("key", [KEY, "Ｂearer", "“token”", "芝麻开门"])
def test_a_key_with_signs_that_no_header_takes_is_a_refused_key_and_is_not_told(site, fetcher, key):
    with pytest.raises(CredentialRefused) as found:
        fetcher.get(site.at("/"), headers={"Authorization": f"Bearer {key}"})
    assert key not in str(found.value) + found.value.text("zh-hans")
    assert found.value.__cause__ is None
    assert found.value.__suppress_context__
    assert site.asked == []


@pytest.mark.parametrize("key", ["a\nX-Evil: 1", "a\r\n\r\nGET / HTTP/1.1", "a\0b"])
def test_a_key_that_would_write_headers_of_its_own_is_not_sent(site, fetcher, key):
    with pytest.raises(SourceProblem) as found:
        fetcher.get(site.at("/"), headers={"Authorization": key})
    assert key not in str(found.value)
    assert site.asked == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_another_host_gets_no_key(site, other_site, both, status):
    other_site.says("/", "好")
    site.says("/", status=status, Location=other_site.at("/"))
    both.get(site.at("/"), headers={**HEADERS, "Cookie": "session=s3cr3t", "Accept": "text/xml"})
    assert {"x-api-key", "authorization", "cookie"} <= site.asked[0].headers.keys()
    assert "s3cr3t" not in str(other_site.asked)
    assert other_site.asked[0].headers["accept"] == "text/xml"


def test_another_host_gets_no_key_by_way_of_a_third(site, other_site, both):
    site.says("/", status=302, Location=other_site.at("/back"))
    other_site.says("/back", status=302, Location=site.at("/end"))
    site.says("/end", "好")
    both.get(site.at("/"), headers=HEADERS)
    assert "s3cr3t" not in str(other_site.asked) + str(site.asked[1])


def test_the_same_host_keeps_the_key_through_a_redirect(site, fetcher):
    site.says("/", status=302, Location="/v2")
    site.says("/v2", "好")
    fetcher.get(site.at("/"), headers=HEADERS)
    assert [one.headers["x-api-key"] for one in site.asked] == ["s3cr3t", "s3cr3t"]


@pytest.mark.parametrize("status", [307, 308])
def test_what_is_posted_goes_to_no_other_host(site, other_site, both, status):
    other_site.says("/", "{}")
    site.says("/", status=status, Location=other_site.at("/"))
    with pytest.raises(Unreachable, match="another host") as found:
        both.send("POST", site.at("/"), json={"password": "s3cr3t"})
    assert other_site.asked == []
    assert "另一台主机" in found.value.text("zh-hans")


def test_a_cookie_of_one_source_is_none_of_another(site, fetcher):
    site.says("/", "好", Set_Cookie="session=s3cr3t; Path=/")
    fetcher.get(site.at("/"))
    fetcher.get(site.at("/"))
    assert "cookie" not in site.asked[1].headers


def test_a_source_says_who_it_is_and_posts_what_it_is_given(site, fetcher):
    site.says("/", "{}")
    fetcher.send("POST", site.at("/"), json={"文": "好"})
    asked = site.asked[0]
    assert asked.headers["user-agent"].startswith("Outlisten/")
    assert (asked.method, asked.body.decode()) == ("POST", '{"文":"好"}')
