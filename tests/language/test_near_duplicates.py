"""Copies are found whatever was changed in passing; the same complaint in other words is no copy."""

from __future__ import annotations

import sys
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from outlisten.language.near_duplicates import NO_WORDS, distance, groups, same, signatures
from outlisten.language.near_duplicates.signing import AT_ONCE

TRAINING = Path(__file__).parents[2] / "training"

LETTERS = [
    (
        "您好张三，您的订单已经发货，请注意查收。如果收到商品后有任何问题，请随时联系客服小王，我们会尽快为您处理，祝您生活愉快！",
        "您好李四，您的订单已经发货，请注意查收！如果收到商品后有任何问题，请随时联系客服小陈，我们会尽快为您处理，祝您生活愉快",
    ),
    (
        "感謝王小姐的支持，本店週年慶全館八折，滿三千送保溫杯一個，數量有限送完為止，詳情請洽門市人員。",
        "感謝林小姐的支持，本店週年慶全館八折，滿三千送保溫杯一個，數量有限送完為止，詳情請洽門市人員～",
    ),
    (
        "Dear John, we are sorry to hear about the trouble with your order. Please send us a message with the order number "
        "and we will look into it today. Thanks, Amy",
        "Dear Mary, we are sorry to hear about the trouble with your order! Please send us a message with the order number "
        "and we will look into it today. Thanks, Bob",
    ),
    (
        "RT @someone: my new headphones stopped working after two days and support has not answered https://t.co/1",
        "my new headphones stopped working after two days, and support has NOT answered 😡",
    ),
    ("快递三天了还没到，客服电话打不通", "转发：快递三天了还没到！！客服电话打不通[怒] http://t.cn/abc"),
]
TOPICS = [
    [
        "电池不耐用，一天要充三次电",
        "这手机续航太差了，出门半天就没电",
        "电池真的不行，看两集剧就剩百分之二十",
        "换了新电池还是不耐用，一天两充",
        "充电很快，就是电池容量小了点",
    ],
    [
        "battery dies by noon every day",
        "the battery on this phone barely lasts half a day",
        "battery life is terrible, I charge it three times a day",
        "new battery and it still dies before lunch",
        "charges fast but the battery is too small",
    ],
    [
        "客服态度太差了，等了半小时没人理",
        "客服态度很好，等了半小时有人来处理",
        "客服热线打了半小时没人接",
        "联系客服半小时，换了三个人还没解决",
    ],
    [
        "I waited half an hour and nobody in support answered",
        "support answered after half an hour and solved it",
        "nobody picks up the support line, I waited for ages",
        "waited in the chat for half an hour, passed on to three people",
    ],
]


@pytest.mark.parametrize(("one", "other"), LETTERS)
def test_a_text_with_other_names_marks_or_links_is_a_copy(one, other):
    first, second = signatures([one, other])
    assert same(first, second)


@pytest.mark.parametrize("texts", TOPICS, ids=["电池", "battery", "客服", "support"])
def test_the_same_topic_in_other_words_is_no_copy(texts):
    marks = signatures(texts)
    assert [(a, b) for a, b in combinations(range(len(texts)), 2) if same(marks[a], marks[b])] == []


def test_case_width_marks_spaces_and_emoji_do_not_count():
    marks = signatures(["Great service!", "ＧＲＥＡＴ　service 😀", "great… @you service https://a.b/c"])
    assert len(set(marks.tolist())) == 1


def test_texts_without_words_are_nobodys_copy():
    marks = signatures(["", "!!!", "😂😂", "https://a.b/c", "\ud800"])
    assert (marks[:4] == NO_WORDS).all()
    assert not same(marks[0], marks[1])
    assert groups(marks)[:4].tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize("text", ["好", "ok", "𠮶", "a" * 1_000_000, "好" * 5_000, "0", "\0好\0"])
def test_any_text_has_a_signature_that_is_its_own(text):
    first, second = signatures([text, text])
    assert same(first, second)
    assert distance(first, second) == 0


def test_the_batch_a_text_comes_in_does_not_change_its_signature():
    texts = [one for pair in LETTERS for one in pair] * (AT_ONCE // 300)
    together = signatures(texts)
    alone = np.concatenate([signatures([text]) for text in texts[:10]])
    assert (together[:10] == alone).all()
    assert (together[-10:] == alone).all()
    assert len(signatures([])) == 0


def test_copies_are_counted_to_the_first_of_them_and_never_by_a_chain():
    marks = np.array([0b1, 0xFFF, 0xFFFFFF, 0xFFF << 40], np.uint64)
    assert groups(marks).tolist() == [
        0,
        0,
        2,
        3,
    ]  # the third is near the second only, which is a copy of the first


@pytest.fixture
def measure(monkeypatch):
    monkeypatch.syspath_prepend(str(TRAINING / "near_duplicates"))
    import measure

    yield measure
    for name in ("measure", "copies", "examples"):
        sys.modules.pop(name, None)


@pytest.mark.parametrize(("lang", "recall"), [("zh", 0.86), ("en", 0.92)])
def test_copies_of_the_sealed_examples_are_found_as_well_as_ever(measure, lang, recall):
    found = measure.measured(lang, sealed=True)
    assert found["recall_all"] >= recall
    assert found["false_pairs"] <= 1
