"""What is remembered of every post, beside a plain dictionary that is obviously right."""

from __future__ import annotations

import random

import numpy as np
import pytest

from outlisten.posts.chdb import known
from outlisten.posts.chdb.known import Kept, KnownPosts

TOP = 2**64


def empty() -> KnownPosts:
    return KnownPosts(np.empty(0, np.uint64), np.empty(0, np.uint32), np.empty(0, np.uint64))


@pytest.mark.parametrize("seed", range(5))
def test_it_remembers_what_a_dictionary_would(monkeypatch, seed):
    monkeypatch.setattr(known, "RECENT", 40)  # so that changes are folded in often
    chance, remembered, expected = random.Random(seed), empty(), {}
    ids = [0, TOP - 1, *(chance.randrange(TOP) for _ in range(300))]
    for _ in range(60):
        changed = {
            number: Kept(chance.randrange(2**32), chance.randrange(TOP)) for number in chance.sample(ids, 25)
        }
        gone = chance.sample(ids, 5)
        remembered.put(changed)
        remembered.drop(gone)
        expected = {n: kept for n, kept in (expected | changed).items() if n not in gone}
        asked = chance.sample(ids, 100)
        assert remembered.find(asked) == {number: expected[number] for number in asked if number in expected}


def test_an_id_that_stands_twice_is_told():
    ids = np.array([5, 3, 5, 9], np.uint64)
    assert KnownPosts(ids, ids.astype(np.uint32), ids).doubles() == [5]


def test_nothing_is_found_among_nothing():
    assert empty().find([1, TOP - 1]) == {}
    assert empty().find([]) == {}
