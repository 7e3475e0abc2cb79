"""Which addresses are connected to: the public Internet and servers that the operator named, whatever a name says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import httpcore2
import pytest

from outlisten.sources.fetching import Fetcher, Guard, GuardedNetwork, Politeness
from outlisten.sources.fetching.addresses import is_public, resolved
from outlisten.sources.problems import AddressRefused, Unreachable

PUBLIC = ("8.8.8.8", "93.184.216.34", "223.5.5.5", "2606:4700::1111", "2400:3200::1", "::ffff:8.8.8.8",
          "64:ff9b::808:808", "2002:808:808::1")  # fmt: skip
INSIDE = {
    "127.0.0.1": "this machine", "127.255.255.254": "this machine", "0.0.0.0": "this network", "0.1.2.3": "this network",
    "10.0.0.1": "RFC 1918", "172.16.0.1": "RFC 1918", "172.31.255.255": "RFC 1918", "192.168.1.1": "RFC 1918",
    "100.64.0.1": "carrier NAT", "169.254.0.1": "link-local", "169.254.169.254": "metadata of clouds",
    "100.100.100.200": "metadata of Alibaba Cloud", "192.0.0.170": "special", "192.0.2.1": "documentation",
    "198.18.0.1": "benchmarks", "224.0.0.1": "multicast", "239.255.255.250": "multicast", "240.0.0.1": "reserved",
    "255.255.255.255": "broadcast", "::": "nowhere", "::1": "this machine", "fe80::1": "link-local",
    "fe80::1%eth0": "link-local with a zone", "fc00::1": "unique local", "fd00:ec2::254": "metadata of clouds",
    "fec0::1": "site-local", "ff02::1": "multicast", "2001:db8::1": "documentation", "100::1": "discard",
    "::ffff:127.0.0.1": "mapped", "::ffff:10.0.0.1": "mapped", "::ffff:169.254.169.254": "mapped",
    "::127.0.0.1": "compatible with IPv4, an old form", "::ffff:0:127.0.0.1": "translated (SIIT)",
    "64:ff9b::7f00:1": "NAT64", "64:ff9b::a9fe:a9fe": "NAT64", "64:ff9b:1::a00:1": "NAT64 of one network",
    "2002:7f00:1::": "6to4", "2002:c0a8:101::1": "6to4", "2002:a9fe:a9fe::": "6to4", "2001:0:7f00:1::": "Teredo",
    "4000::1": "not given out",
}  # fmt: skip


def to(*numbers: str) -> Callable[[str, int], Sequence[str]]:
    """A resolver that always gives these numbers."""
    return lambda host, port: numbers


def in_turn(*answers: Sequence[str]) -> Callable[[str, int], Sequence[str]]:
    """A resolver that gives other numbers each time, as a name under an attacker's control does."""
    left = list(answers)
    return lambda host, port: left.pop(0)


@pytest.mark.parametrize("number", PUBLIC)
def test_a_public_number_is_let_through(number: str) -> None:
    assert is_public(number)
    assert Guard(resolve=to(number)).numbers("例子.公司", 443) == (number,)


@pytest.mark.parametrize("number", INSIDE, ids=lambda number: f"{number} ({INSIDE[number]})")
def test_a_number_that_is_not_of_the_public_internet_is_refused(number: str) -> None:
    with pytest.raises(AddressRefused, match="inside a private network") as refused:
        Guard(resolve=to(number)).numbers("feeds.example", 443)
    assert refused.value.pause
    assert number in refused.value.text("zh-hans")
    assert "内部网络" in refused.value.text("zh-hans")


def test_one_private_number_among_public_ones_refuses_the_name() -> None:
    with pytest.raises(AddressRefused, match=r"10\.1\.1\.1"):
        Guard(resolve=to("8.8.8.8", "10.1.1.1")).numbers("both.example", 443)


@pytest.mark.parametrize(
    ("own", "host", "port"),
    [
        ("intranet.example", "intranet.example", 80),
        ("intranet.example", "INTRANET.example", 8443),
        (" Intranet.Example:8080 ", "intranet.example", 8080),
        ("10.0.0.5", "10.0.0.5", 443),
        ("10.0.0.5:9000", "10.0.0.5", 9000),
        ("[fd00::5]:9000", "fd00::5", 9000),
        ("fd00::5", "fd00::5", 80),
        ("[::1]", "::1", 80),
        ("论坛.公司", "xn--kfsr23j.xn--55qx5d", 443),
        ("论坛.公司:8080", "xn--kfsr23j.xn--55qx5d", 8080),
    ],
)
def test_a_server_that_the_operator_named_is_let_through(own: str, host: str, port: int) -> None:
    guard = Guard(Guard.naming([own]).own, to("10.0.0.5"))
    assert guard.numbers(host, port) == ("10.0.0.5",)


@pytest.mark.parametrize(
    ("own", "host", "port"),
    [
        ("intranet.example:8080", "intranet.example", 8081),
        ("intranet.example", "sub.intranet.example", 80),
        ("intranet.example", "intranet.example.evil.example", 80),
        ("[fd00::5]:9000", "fd00::5", 9001),
        ("论坛.公司", "公司", 80),
        ("", "localhost", 80),
        ("*", "localhost", 80),
    ],
)
def test_naming_one_server_lets_no_other_through(own: str, host: str, port: int) -> None:
    with pytest.raises(AddressRefused):
        Guard(Guard.naming([own]).own, to("10.0.0.5")).numbers(host, port)


@pytest.mark.parametrize("name", ["a" * 64 + ".example", "x..example", "." * 3, "字" * 64])
def test_a_name_that_no_host_can_have_has_no_number(name: str) -> None:
    with pytest.raises(OSError, match=r"."):
        resolved(name, 443)


class Connected:
    """Stands for the plain network: notes what it is asked to connect to; the given numbers do not answer."""

    def __init__(self, *dead: str) -> None:
        self.to: list[tuple[str, int]] = []
        self._dead = dead

    def connect_tcp(self, number: str, port: int, *_: object) -> httpcore2.NetworkStream:
        self.to.append((number, port))
        if number in self._dead:
            raise httpcore2.ConnectError("refused")
        return httpcore2.NetworkStream()


def network(resolve: Callable[[str, int], Sequence[str]], plain: Connected) -> GuardedNetwork:
    guarded = GuardedNetwork(Guard(resolve=resolve))
    guarded._plain = plain
    return guarded


def test_the_numbers_that_were_checked_are_the_ones_connected_to() -> None:
    plain = Connected()
    network(in_turn(["8.8.8.8"], ["127.0.0.1"]), plain).connect_tcp("rebind.example", 443)
    assert plain.to == [("8.8.8.8", 443)]


def test_the_next_number_is_tried_when_one_does_not_answer() -> None:
    plain = Connected("8.8.8.8", "8.8.4.4")
    network(to("8.8.8.8", "8.8.4.4", "1.1.1.1"), plain).connect_tcp("three.example", 80)
    assert [number for number, _ in plain.to] == ["8.8.8.8", "8.8.4.4", "1.1.1.1"]


@pytest.mark.parametrize("numbers", [[], ["8.8.8.8"]])
def test_no_number_that_answers_is_no_connection(numbers: Iterable[str]) -> None:
    with pytest.raises(httpcore2.ConnectError):
        network(to(*numbers), Connected("8.8.8.8")).connect_tcp("away.example", 80)


def test_a_name_that_turns_private_between_check_and_use_is_refused(site) -> None:
    port = int(site.host.rpartition(":")[2])
    guard = Guard(resolve=in_turn(["93.184.216.34"], ["127.0.0.1"]))
    assert guard.numbers("rebind.example", port) == ["93.184.216.34"], "checked when it was entered"
    with (
        Fetcher(guard=guard, politeness=Politeness(0)) as fetcher,
        pytest.raises(AddressRefused, match=r"127\.0"),
    ):
        fetcher.get(f"http://rebind.example:{port}/feed")
    assert site.asked == []


def test_every_connection_asks_the_guard_and_no_other_resolver(site) -> None:
    asked: list[tuple[str, int]] = []
    port = int(site.host.rpartition(":")[2])

    def resolve(host: str, port: int) -> Sequence[str]:
        asked.append((host, port))
        return ["127.0.0.1"]

    site.says("/", "好")
    guard = Guard(frozenset({"name.example"}), resolve)
    with Fetcher(guard=guard, politeness=Politeness(0)) as fetcher:
        assert fetcher.get(f"http://name.example:{port}/").body.decode() == "好"
    assert asked == [("name.example", port)]
    assert site.asked[0].headers["host"] == f"name.example:{port}"


def test_a_name_without_a_number_does_not_answer() -> None:
    def resolve(host: str, port: int) -> Sequence[str]:
        raise OSError("Name or service not known")

    with Fetcher(guard=Guard(resolve=resolve)) as fetcher, pytest.raises(Unreachable, match=r"gone\.example"):
        fetcher.get("https://gone.example/")
