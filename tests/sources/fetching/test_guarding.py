"""The guard at work, with real connections on this machine: by address, by redirect, by odd spellings."""

from __future__ import annotations

import pytest

from outlisten.sources.fetching import Fetcher, Guard, Politeness
from outlisten.sources.fetching.fetcher import PORTS_REFUSED
from outlisten.sources.problems import AddressRefused, Unreachable


@pytest.fixture
def stranger():
    """A fetcher for which nothing on this machine is let through."""
    with Fetcher(politeness=Politeness(0)) as one:
        yield one


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.8.8.8", "localhost", "LocalHost", "0.0.0.0", "[::ffff:127.0.0.1]"]
)
def test_this_machine_is_refused(site, stranger, host):
    site.says("/", "internal")
    with pytest.raises(AddressRefused):
        stranger.get(f"http://{host}:{site.host.rpartition(':')[2]}/")
    assert site.asked == []


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "0177.0.0.1", "127.1", "localhost."])
def test_this_machine_spelt_as_only_some_systems_read_it_is_not_asked(site, stranger, host):
    site.says("/", "internal")
    with pytest.raises((AddressRefused, Unreachable)):
        stranger.get(f"http://{host}:{site.host.rpartition(':')[2]}/")
    assert site.asked == []


def test_a_server_of_ones_own_is_asked_once_it_is_named(site, fetcher):
    site.says("/feed", "<rss/>", content_type="application/rss+xml")
    answer = fetcher.get(site.at("/feed"))
    assert (answer.status, answer.body, answer.headers["content-type"]) == (
        200,
        b"<rss/>",
        "application/rss+xml",
    )


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_a_private_address_is_refused(site, other_site, fetcher, status):
    other_site.says("/", "internal")
    site.says("/feed", status=status, Location=other_site.at("/"))
    with pytest.raises(AddressRefused, match=r"127\.0\.0\.1"):
        fetcher.get(site.at("/feed"))
    assert site.paths == ["/feed"]
    assert other_site.asked == []


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00:ec2::254]/",
        "http://[::1]/",
        "//10.0.0.1/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:6379/_FLUSHALL",
        "ftp://192.168.0.1/",
        "javascript:alert(1)",
        "data:text/xml,<rss/>",
        "http://127.0.0.1:6379/",
    ],
)
def test_a_redirect_elsewhere_than_to_the_web_is_refused(site, fetcher, target):
    site.says("/feed", status=302, Location=target)
    with pytest.raises((AddressRefused, Unreachable)) as refused:
        fetcher.get(site.at("/feed"))
    assert refused.value.kind in {"address", "unreachable"}
    assert site.paths == ["/feed"]


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd", "gopher://example.org/1", "ftp://example.org/x", "javascript:alert(1)", "data:,x",
        "", "好", "//example.org/feed", "http://", "http:///x", "http://[", "http://[::1", "https://exa\0mple.org/",
        "http://\ud800.example/", "http://example.org/\ud800", "unix:///var/run/docker.sock",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused_in_one_sentence(stranger, address):
    with pytest.raises(AddressRefused, match="no web address") as refused:
        stranger.get(address)
    assert "不是网址" in refused.value.text("zh-hans")
    with pytest.raises(AddressRefused), stranger.stream(address):
        pass


@pytest.mark.parametrize("port", sorted(PORTS_REFUSED))
def test_a_port_of_mail_or_of_a_database_is_refused_even_on_a_named_server(port):
    with (
        Fetcher(guard=Guard.naming(["127.0.0.1"])) as fetcher,
        pytest.raises(AddressRefused, match=f"port {port} ") as no,
    ):
        fetcher.get(f"http://127.0.0.1:{port}/")
    assert f"端口 {port}" in no.value.text("zh-hans")


def test_a_stream_is_guarded_too(site, stranger):
    with pytest.raises(AddressRefused), stranger.stream(site.at("/")):
        pass
    assert site.asked == []


def test_no_proxy_of_the_machine_is_used(site, fetcher, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.says("/", "direct")
    assert fetcher.get(site.at("/")).body == b"direct"
