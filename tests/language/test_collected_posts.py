"""Collected posts that were labelled here, and later written texts: whole, in the guidelines' terms, and no test among them."""

from __future__ import annotations

import csv
import os
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[2] / "training"))
from collected import posts as collected
from collected import sources
from unseen import posts as unseen
from unseen.sources import letters
from written import examples as written

REPOSITORY = Path(__file__).parents[2]
SHARED = Path(os.environ.get("OUTLISTEN_SHARED", REPOSITORY.parent / "shared")) / "data"
needs_data = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the reference data are not beside the repository"),
]
LANGUAGES = ("zh", "en")


@pytest.mark.parametrize("lang", LANGUAGES)
class TestKeptHere:
    def test_every_key_has_its_labels(self, lang: str) -> None:
        keys = unseen.keys(lang, collected.FOLDER)
        with (collected.FOLDER / f"{lang}.labels.tsv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        assert [row[0] for row in rows] == [key.id for key in keys]
        assert len({key.hash for key in keys}) == len(keys) > 2_000
        for _, *said in rows:
            assert written.labels([*said, "-"]).intents <= set(written.INTENTS)

    def test_every_set_gives_what_it_should(self, lang: str) -> None:
        given = [
            unseen.source_of(key.file, sources.SOURCES).name for key in unseen.keys(lang, collected.FOLDER)
        ]
        wanted = {source.name: source.posts for source in sources.SOURCES if source.lang == lang}
        assert {name: given.count(name) for name in wanted} == wanted

    def test_no_unseen_post_is_among_them(self, lang: str) -> None:
        mine = {key.hash for key in unseen.keys(lang, collected.FOLDER)}
        assert mine.isdisjoint(key.hash for key in unseen.keys(lang))

    def test_later_texts_are_none_of_the_examples_and_none_tunes_that_trains(self, lang: str) -> None:
        known = {letters(one.text) for one in written.examples(lang)}
        trained = {letters(text) for text, _ in written.later_texts(lang)}
        tuned = {letters(text) for text, _ in written.tuning_texts(lang)}
        assert len(trained) > 2_000
        assert len(tuned) > 200
        assert known.isdisjoint(trained | tuned)
        assert trained.isdisjoint(tuned)


class TestPosts:
    pytestmark = needs_data

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_every_text_is_found_and_no_unseen_one_says_the_same(self, lang: str) -> None:
        found = list(collected.labelled_posts(lang, SHARED))
        assert len(found) > 2_000
        assert {letters(text) for text, _ in found}.isdisjoint(unseen.held_out(SHARED))
