"""A person's words as X's queries."""

from __future__ import annotations

import pytest
from tests.sources.x.service import Service, source

from outlisten.sources.problems import WrongOption
from outlisten.sources.x.queries import LONGEST, queries


@pytest.mark.parametrize(
    ("options", "query"),
    [
        ({"words": "acme"}, '"acme" -is:retweet'),
        ({"words": "acme kettle, 水壶"}, '("acme kettle" OR "水壶") -is:retweet'),
        ({"words": "#水壶, @acme, $ACME"}, "(#水壶 OR @acme OR $ACME) -is:retweet"),
        ({"words": "# 水壶"}, '"# 水壶" -is:retweet'),
        ({"words": "水壶 OR lang:en"}, '"水壶 OR lang:en" -is:retweet'),
        ({"words": '说"漏水"的\\'}, '"说 漏水 的" -is:retweet'),
        ({"words": "“水壶”"}, '"水壶" -is:retweet'),
        ({"words": "-is:retweet"}, '"-is:retweet" -is:retweet'),
        ({"words": "水壶, 水壶, “水壶”"}, '"水壶" -is:retweet'),
        ({"words": "水壶", "without": "招聘, #ad"}, '"水壶" -"招聘" -#ad -is:retweet'),
        ({"words": "水壶", "languages": "zh"}, '"水壶" (lang:zh-CN OR lang:zh-TW) -is:retweet'),
        ({"words": "水壶", "languages": "zh-Hans, en"}, '"水壶" (lang:zh-CN OR lang:en) -is:retweet'),
        ({"words": "kettle", "languages": "en"}, '"kettle" lang:en -is:retweet'),
        ({"words": "水壶", "reposts": "yes"}, '"水壶"'),
        ({"words": '"""', "account": "acme"}, None),
    ],
)
def test_words_are_searched_for_as_they_are_written(options: dict[str, str], query: str | None) -> None:
    assert queries(source(Service(), **options).setting) == ([query] if query else [])


def test_many_words_become_as_few_searches_as_x_takes() -> None:
    words = [f"第{number}个很长很长的搜索词语" for number in range(50)]
    found = queries(source(Service(), words="\n".join(words), languages="zh").setting)
    assert 1 < len(found) < 5
    assert all(len(query) <= LONGEST for query in found)
    assert all(query.endswith(" (lang:zh-CN OR lang:zh-TW) -is:retweet") for query in found)
    assert [word for word in words if sum(f'"{word}"' in query for query in found) != 1] == []


@pytest.mark.parametrize(
    ("options", "option"),
    [
        ({"words": "很" * 600}, "words"),
        ({"words": "水壶", "languages": "中文"}, "languages"),
        ({"words": "水壶", "languages": "en OR from:lin"}, "languages"),
    ],
)
def test_what_x_cannot_search_for_is_told_before_it_is_asked(options: dict[str, str], option: str) -> None:
    service = Service()
    with pytest.raises(WrongOption) as told:
        list(source(service, **options).pages({}))
    assert told.value.details["option"] == option
    assert told.value.text("zh-hans") != str(told.value)
    assert service.asked == []


def test_a_source_without_words_and_account_is_told_so() -> None:
    with pytest.raises(WrongOption, match="enter words or an account"):
        list(source(Service(), mentions="yes").pages({}))
