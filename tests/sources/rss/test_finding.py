"""The feed of a site is found: named by its page in any of the shapes that pages have, or in one of the usual places."""

from __future__ import annotations

import pytest
from tests.sources.rss.records import answered

from outlisten.sources.problems import (
    AddressRefused,
    CredentialRefused,
    NotAllowed,
    NotThere,
    SourceProblem,
    Throttled,
    Unavailable,
)
from outlisten.sources.rss.client import MOST_NAMED, USUAL_PLACES, FeedClient, named_feeds

FEED = "<rss version='2.0'><channel><title>{}</title></channel></rss>"
PAGE = "https://blog.example/zh/index.html"


@pytest.fixture
def found(fetcher):
    """The title and the address of the feed that is found for an address."""

    def of(address):
        one = FeedClient(fetcher).find(address)
        return one.feed.title, one.address

    return of


@pytest.mark.parametrize(
    ("link", "address"),
    [
        (
            '<link rel="alternate" type="application/rss+xml" href="https://a.example/feed">',
            "https://a.example/feed",
        ),
        ("<LINK REL=alternate TYPE=APPLICATION/ATOM+XML HREF=/atom.xml>", "https://blog.example/atom.xml"),
        (
            "<link rel='alternate home' type='application/rss+xml; charset=utf-8' href='feed'>",
            "https://blog.example/zh/feed",
        ),
        (
            '<link type="application/feed+json" href="/feed.json" rel="Alternate">',
            "https://blog.example/feed.json",
        ),
        ('<link rel="alternate" type="application/rdf+xml" href="//b.example/rdf">', "https://b.example/rdf"),
        ('<link rel="alternate" type="application/rss+xml" href=" /订阅 ">', "https://blog.example/订阅"),
        (
            '<link rel="alternate" type="application/rss+xml" href="?feed=rss2&amp;cat=3">',
            f"{PAGE}?feed=rss2&cat=3",
        ),
        (
            '<base href="https://cdn.example/x/"><link rel=alternate type=application/rss+xml href=feed>',
            "https://cdn.example/x/feed",
        ),
        (
            '<base href="/base/"><link rel=alternate type=application/rss+xml href=feed>',
            "https://blog.example/base/feed",
        ),
        (
            '<base href="http://["><link rel=alternate type=application/rss+xml href=feed>',
            "https://blog.example/zh/feed",
        ),
        (
            '</head><body><p><link rel="alternate" type="application/rss+xml" href="/in-body">',
            "https://blog.example/in-body",
        ),
        (
            "<p>没有关上<div><link rel=alternate type=application/rss+xml href=/broken>",
            "https://blog.example/broken",
        ),
    ],
)
def test_a_feed_is_named_by_its_page(link, address):
    assert named_feeds(answered(f"<html><head><title>博客</title>{link}", PAGE)) == [address]


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="stylesheet" type="application/rss+xml" href="/x">',
        '<link rel="alternate" type="text/html" hreflang="en" href="/en">',
        '<link rel="alternate" type="application/rss+xml">',
        '<link rel="alternate" type="application/rss+xml" href="">',
        '<link rel="alternate" href="/feed">',
        '<a rel="alternate" type="application/rss+xml" href="/feed">订阅</a>',
        '<!-- <link rel="alternate" type="application/rss+xml" href="/feed"> -->',
        "",
        "\0",
    ],
)
def test_other_links_name_no_feed(link):
    assert named_feeds(answered(link, PAGE)) == []


def test_the_feed_of_comments_comes_last():
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="{title}" href="{href}">'
        for title, href in (
            ("博客 » Comments", "/a"),
            ("博客", "/feed"),
            ("评论", "/comments/feed"),
            ("All", "/b"),
        )
    )
    assert [address.removeprefix("https://blog.example") for address in named_feeds(answered(links, PAGE))] == [
        "/feed", "/b", "/a", "/comments/feed",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "kind", ["text/html; charset=gb18030", "text/html; charset=no-such-charset", "text/html; charset=", ""]
)
def test_a_page_is_read_in_any_encoding_even_one_that_does_not_exist(kind):
    body = "<html><head><title>汽车</title><link rel=alternate type=application/rss+xml href=/feed>".encode(
        "gb18030"
    )
    assert named_feeds(answered(body, PAGE, content_type=kind)) == ["https://blog.example/feed"]


def test_the_address_of_a_feed_is_the_feed(site, found):
    site.says("/anything", FEED.format("直接"))
    assert found(site.at("/anything")) == ("直接", site.at("/anything"))
    assert site.paths == ["/anything"]


def test_the_named_feed_is_taken_and_the_usual_places_are_not_tried(site, found):
    site.says("/", "<link rel=alternate type=application/rss+xml href=/订阅>")
    site.says("/%E8%AE%A2%E9%98%85", FEED.format("页面所指"))
    site.says("/feed", FEED.format("别的"))
    assert found(site.at("/"))[0] == "页面所指"
    assert len(site.asked) == 2


def test_the_next_named_feed_is_taken_when_the_first_is_none(site, found):
    links = "".join(
        f"<link rel=alternate type=application/rss+xml href={href}>" for href in ("/gone", "/page", "/good")
    )
    site.says("/", links)
    site.says("/page", "<p>不是订阅源</p>")
    site.says("/good", FEED.format("第三个"))
    assert found(site.at("/"))[0] == "第三个"


def test_the_usual_places_are_tried_when_what_a_page_names_is_no_feed(site, found):
    """WordPress names the JSON of a page this way, whether or not the page names a feed."""
    site.says("/", '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">')
    site.says("/wp-json/wp/v2/pages/2", '{"id": 2}')
    site.says("/feed", FEED.format("常见位置"))
    assert found(site.at("/")) == ("常见位置", site.at("/feed"))


@pytest.mark.parametrize("place", USUAL_PLACES)
@pytest.mark.parametrize("folder", ["/", "/blog", "/博客/"])
def test_a_feed_that_no_page_names_is_found_in_the_usual_places(site, found, place, folder):
    path = folder.replace("博客", "%E5%8D%9A%E5%AE%A2")
    site.says(path, "<p>没有说</p>")
    site.says(f"{path.rstrip('/')}/{place}", FEED.format("找到"))
    assert found(site.at(folder))[0] == "找到"


def test_a_query_of_the_page_is_not_part_of_the_usual_places(site, found):
    site.says("/?lang=zh", "<p>x</p>")
    site.says("/rss.xml", FEED.format("好"))
    assert found(site.at("/?lang=zh"))[1] == site.at("/rss.xml")


def test_a_site_without_a_feed_is_said_so_after_a_few_asks(site, found):
    site.says("/", "<p>没有</p>")
    with pytest.raises(NotThere, match="no feed") as problem:
        found(site.at("/"))
    assert "没有订阅源" in problem.value.text("zh-hans")
    assert len(site.asked) == 1 + len(USUAL_PLACES)


def test_a_page_that_names_thousands_of_feeds_makes_few_requests(site, found):
    site.says("/", "".join(f"<link rel=alternate type=application/rss+xml href=/{n}>" for n in range(5000)))
    with pytest.raises(NotThere):
        found(site.at("/"))
    assert len(site.asked) <= 1 + MOST_NAMED + len(USUAL_PLACES)


@pytest.mark.parametrize(("status", "problem"), [(401, CredentialRefused), (403, NotAllowed)])
def test_a_named_feed_that_is_refused_is_told_as_that(site, found, status, problem):
    site.says("/", "<link rel=alternate type=application/rss+xml href=/members>")
    site.says("/members", "no", status=status)
    with pytest.raises(problem):
        found(site.at("/"))


@pytest.mark.parametrize(("status", "problem"), [(503, Unavailable), (429, Throttled)])
def test_a_named_feed_that_is_away_for_now_is_asked_again_and_not_given_up(site, found, status, problem):
    site.says("/", "<link rel=alternate type=application/rss+xml href=/busy>")
    site.says("/busy", "later", status=status)
    with pytest.raises(problem) as away:
        found(site.at("/"))
    assert not away.value.pause


def test_a_usual_place_that_is_refused_does_not_end_the_search(site, found):
    site.says("/", "<p>x</p>")
    site.says("/feed", "forbidden", status=403)
    site.says("/feed.xml", FEED.format("好"))
    assert found(site.at("/"))[0] == "好"


def test_a_feed_named_on_a_private_address_is_refused_unless_another_is_good(site, other_site, found):
    inside = f"<link rel=alternate type=application/rss+xml href={other_site.at('/feed')}>"
    site.says("/", inside)
    with pytest.raises(AddressRefused):
        found(site.at("/"))
    site.says("/", inside + "<link rel=alternate type=application/rss+xml href=/good>")
    site.says("/good", FEED.format("外面的"))
    assert found(site.at("/"))[0] == "外面的"
    assert other_site.asked == []


@pytest.mark.parametrize("status", [401, 404, 500])
def test_a_page_that_does_not_answer_is_the_problem_that_it_is(site, found, status):
    site.says("/", "no", status=status)
    with pytest.raises(SourceProblem):
        found(site.at("/"))
    assert site.paths == ["/"]
