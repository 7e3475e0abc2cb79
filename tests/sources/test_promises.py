"""Every connector keeps its promises: what its manifest says, its folder holds, it can do, and its fixtures become.

Copy the nearest connector, and this says what is missing. Fixtures are lists of records, a record, or JSON Lines of them; where
they are something else, `records(fixture)` of a `records.py` beside the tests makes records of them.
"""

from __future__ import annotations

import importlib
import inspect
import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import httpx2
import pytest

from outlisten.posts.schema import BY_NAME
from outlisten.sources import registry
from outlisten.sources.collecting import as_table, complete
from outlisten.sources.connector import Connector, Setting, Skipped, Unmappable
from outlisten.sources.fetching import Fetcher, Politeness
from outlisten.sources.manifest import Manifest
from outlisten.sources.options import Option, entered
from outlisten.sources.problems import NotOffered
from outlisten.sources.pushing import Pushed

HERE = Path(__file__).parent
HAN = re.compile(r"[\u4e00-\u9fff]")
DATED = re.compile(r"20\d\d-\d\d(-\d\d)?")
CONNECTORS = registry.connectors()
# What a connector may offer: the manifest's word for it, the methods, and what they are called with.
OFFERS: dict[str, tuple[str, tuple[Any, ...]]] = {
    "history": ("history", ({}, datetime(2026, 1, 1, tzinfo=UTC))),
    "stream": ("streams", ({},)),
    "answer": ("answers", ("1", "好")),
    "answered": ("answers", ("1", "好")),
}
SAMPLES = {
    "text": "充电宝",
    "words": "充电宝",
    "address": "https://example.org",
    "number": "1",
    "yes": "yes",
    "secret": "0123-4567-89ab-cdef-0123-4567-89ab",
}

pytestmark = pytest.mark.parametrize("name", sorted(CONNECTORS))


def no_network(request: httpx2.Request) -> httpx2.Response:
    raise httpx2.ConnectError("the tests have no network")


def made(one: type[Connector]) -> Connector:
    """A connector with every option filled in, and no way to the web."""
    options = one.manifest().options
    given = {option.name: _sample(option) for option in options}
    values = entered(options, given)
    secrets = {option.name: str(values.pop(option.name)) for option in options if option.secret}
    fetcher = Fetcher(transport=httpx2.MockTransport(no_network), politeness=Politeness(0))
    return one(Setting(values, secrets, fetcher, datetime(2026, 12, 1, 12, tzinfo=UTC)))


def _sample(option: Option) -> str:
    if option.kind == "choice":
        return option.default or option.choices[0][0]
    return option.example or option.default or SAMPLES[option.kind]


def overridden(one: type[Connector], method: str) -> bool:
    return getattr(one, method) is not getattr(Connector, method)


def sentences(told: Manifest) -> Iterator[Any]:
    yield from (told.title, told.brings, *told.steps)
    for option in told.options:
        yield from (
            option.title,
            *([option.hint] if option.hint else []),
            *(said for _, said in option.choices),
        )
    yield from (rule.said for rule in (*told.limits, *told.terms))


def test_it_loads_and_none_is_broken(name):
    assert registry.broken() == {}
    assert name in {point.name for point in entry_points(group=registry.GROUP)}


def test_its_name_its_folder_and_its_entry_point_are_the_same(name):
    one = CONNECTORS[name]
    assert one.manifest().name == name
    assert one.PACKAGE.rpartition(".")[2] == name
    (point,) = entry_points(group=registry.GROUP, name=name)
    assert point.value.startswith(f"{one.PACKAGE}.")
    assert re.fullmatch(r"[a-z][a-z0-9_]*", name)


def test_its_folder_has_the_parts_that_every_connector_has(name):
    folder = Path(inspect.getfile(CONNECTORS[name])).parent
    parts = {file.name for file in folder.iterdir()}
    assert {"manifest.toml", "mapping.py", "__init__.py"} <= parts
    assert parts & {"client.py", "connector.py"}
    assert inspect.getdoc(importlib.import_module(CONNECTORS[name].PACKAGE)), "the package says what it is"


def test_its_tests_have_dated_fixtures(name):
    folder = HERE / name
    assert list(folder.glob("test_*.py")), f"tests/sources/{name} has tests"
    fixtures = sorted((folder / "fixtures").iterdir())
    assert fixtures
    assert [file.name for file in fixtures if not DATED.search(file.name)] == []


def test_its_manifest_is_complete_in_both_languages(name):
    for said in sentences(CONNECTORS[name].manifest()):
        assert said.en.strip(), said
        assert not HAN.search(re.sub(r"[“\"「].*?[”\"」]", "", said.en)), (
            f"no Chinese in the English: {said.en}"
        )
        assert HAN.search(said.zh) or said.zh == said.en, (
            f"no Chinese in {said.zh}"
        )  # a proper name is the same in both
        assert said.en == said.en.strip()
        assert said.zh == said.zh.strip()
        assert "!" not in said.en
        assert "！" not in said.zh


def test_its_platform_is_a_short_name_in_small_letters(name):
    told = CONNECTORS[name].manifest()
    assert re.fullmatch(r"[a-z0-9_.-]*", told.platform)


def test_its_options_are_named_once_and_hold_what_they_say(name):
    options = CONNECTORS[name].manifest().options
    names = [option.name for option in options]
    assert sorted(set(names)) == sorted(names)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", one) for one in names)
    for option in options:
        assert not (option.secret and (option.default or option.example)), (
            "a secret has neither default nor example"
        )
        for given in filter(None, (option.default, option.example)):
            assert entered([option], {option.name: given}), f"{option.name} takes its own {given!r}"
    assert entered(options, {option.name: _sample(option) for option in options})


def test_its_secrets_are_kept_as_secrets(name):
    told = CONNECTORS[name].manifest()
    hidden = re.compile(r"token|secret|password|api_?key|^key$|credential")
    assert [one.name for one in told.options if hidden.search(one.name) and not one.secret] == []
    assert told.secrets or told.credentials != "needed", "credentials that are needed are entered"
    assert told.credentials != "needed" or any(one.needed for one in told.secrets)
    assert told.credentials != "needed" or told.steps, "what is needed is explained step by step"
    assert told.kind != "account" or told.secrets


def test_its_limits_and_terms_name_their_source(name):
    told = CONNECTORS[name].manifest()
    assert told.limits
    assert told.terms
    for rule in (*told.limits, *told.terms):
        assert re.match(r"https://[a-z0-9.-]+\.[a-z]{2,}/?", rule.source), rule


def test_its_personal_fields_are_columns_of_posts(name):
    personal = CONNECTORS[name].manifest().personal
    assert personal, "posts of people have personal fields"
    assert [field for field in personal if field not in BY_NAME or BY_NAME[field].group != "given"] == []
    assert len(set(personal)) == len(personal)


def test_its_paces_are_sensible(name):
    told = CONNECTORS[name].manifest()
    assert 0 < told.least.total_seconds() <= told.every.total_seconds() <= 24 * 3600
    assert told.again is None or told.again.total_seconds() >= 3600


def test_it_says_truthfully_when_it_was_tested(name):
    told = CONNECTORS[name].manifest()
    assert type(told.tested_on) is date
    assert told.tested_on <= datetime.now(UTC).date()


def test_it_listens_by_default_only_without_further_entries(name):
    told = CONNECTORS[name].manifest()
    if told.listens_by_default:
        assert told.credentials != "needed"
        entered(told.options, {"words": "充电宝"})


@pytest.mark.parametrize("method", OFFERS)
def test_it_offers_what_it_says_and_refuses_the_rest_in_both_languages(name, method):
    one = CONNECTORS[name]
    word, arguments = OFFERS[method]
    assert overridden(one, method) == getattr(one.manifest(), word)
    if not overridden(one, method):
        refused_in_both_languages(one, method, arguments)


def test_what_is_sent_here_has_a_way_in_and_nothing_else_has(name):
    one = CONNECTORS[name]
    assert issubclass(one, Pushed) == one.manifest().pushed


def test_it_asks_again_for_kept_posts_where_it_says_so(name):
    one = CONNECTORS[name]
    told = one.manifest()
    assert told.again is not None or told.deletions != "asked again", "how often is said"
    assert overridden(one, "again") or told.again is None
    if not overridden(one, "again"):
        refused_in_both_languages(one, "again", (["1"],))


def refused_in_both_languages(one: type[Connector], method: str, arguments: tuple[Any, ...]) -> None:
    title = one.manifest().title
    with pytest.raises(NotOffered) as found:
        getattr(made(one), method)(*arguments)
    assert title.en in found.value.text("en")
    assert title.zh in found.value.text("zh-hans")
    assert HAN.search(found.value.text("zh-hans").replace(title.zh, ""))


def records_of(name: str, fixture: Path) -> Iterable[Any]:
    """A fixture's records."""
    if (HERE / name / "records.py").exists():
        return importlib.import_module(f"tests.sources.{name}.records").records(fixture)
    text = fixture.read_text("utf-8")
    if fixture.suffix == ".jsonl":
        return [json.loads(line) for line in text.splitlines()]
    told = json.loads(text)
    return told if isinstance(told, list) else [told]


def posts_of(name: str) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Every record of its fixtures that is a post, with the post."""
    connector = made(CONNECTORS[name])
    for fixture in sorted((HERE / name / "fixtures").iterdir()):
        for record in records_of(name, fixture):
            try:
                yield record, complete(connector.post(record), record, connector, "test")
            except (Unmappable, Skipped):
                continue


def test_its_fixtures_become_posts_that_the_pipeline_takes(name):
    posts = [post for _, post in posts_of(name)]
    assert posts
    assert as_table(posts).num_rows == len(posts)


def test_its_posts_have_text_an_id_and_times_with_a_zone(name):
    for _, post in posts_of(name):
        assert post["platform"]
        assert post.get("text") or post.get("title"), post
        assert isinstance(post.get("native_id"), str), post
        assert post["native_id"], post
        for when in (post.get("created_at"), post.get("edited_at")):
            assert when is None or (isinstance(when, datetime) and when.tzinfo is not None), post
        assert all(isinstance(one, str) for kind in ("is", "has", "links") for one in post.get(kind, []))
        assert re.match("https?://", post.get("url") or "https://")
        assert "<script" not in (post.get("text") or "").lower()


def test_its_posts_have_the_same_ids_a_second_time_and_different_ones_each(name):
    first, second = ([(post["native_id"], post.get("text")) for _, post in posts_of(name)] for _ in range(2))
    assert first == second
    ids = {native_id for native_id, _ in first}
    assert len(ids) > len(first) / 2, "fixtures hold different posts, and ids tell them apart"


def test_its_fixtures_are_half_chinese_at_least_in_part(name):
    assert any(HAN.search(post.get("text", "") + (post.get("title") or "")) for _, post in posts_of(name))


def test_it_reads_records_without_changing_them(name):
    for record, _ in posts_of(name):
        before = json.dumps(record, sort_keys=True, default=str)
        try:
            made(CONNECTORS[name]).post(record)
        finally:
            assert json.dumps(record, sort_keys=True, default=str) == before
