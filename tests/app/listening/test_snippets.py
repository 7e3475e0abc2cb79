from __future__ import annotations

import pytest

from outlisten.app.listening.snippets import Marked, around, invisible_marks, snippet


def test_a_short_text_is_shown_whole() -> None:
    assert snippet("short", []) == Marked("short", [])


def test_a_long_text_is_cut_around_its_first_hit() -> None:
    text = "一" * 5000 + "退款" + "二" * 5000
    cut = snippet(text, [(5000, 5002)], room=100)
    assert [cut.text[a:b] for a, b in cut.spans] == ["退款"]
    assert cut.text.startswith("… ")
    assert cut.text.endswith(" …")
    assert len(cut.text) < 120


def test_a_snippet_does_not_begin_inside_a_word() -> None:
    text = "filler " * 100 + "refund " + "filler " * 100
    cut = snippet(text, [(700, 706)], room=90)
    assert cut.text.startswith("… filler")


def test_a_hit_that_crosses_the_cut_is_cut_with_it() -> None:
    cut = snippet("长" * 400, [(0, 400)], room=100)
    assert [cut.text[a:b] for a, b in cut.spans] == ["长" * 50]


def test_a_hit_stands_where_a_narrow_screen_still_shows_it() -> None:
    for filler, hit, most in (("filler ", "refund", 120), ("填充", "退款", 60)):
        text = filler * 40 + hit + filler * 200
        at = text.index(hit)
        _, end = snippet(text, [(at, at + len(hit))]).spans[0]
        assert end < most


@pytest.mark.parametrize(
    ("text", "hits", "shown", "marked"),
    [
        ("屏幕很好，但是电池太差", ["但是电池太差"], "屏幕很好，但是电池太差", ["但是电池太差"]),
        ("甲" * 50 + "电池太差" + "乙" * 50, ["电池太差"], "… " + "甲" * 12 + "电池太差" + "乙" * 12 + " …", ["电池太差"]),
        ("电池" + "差" * 300, ["电池" + "差" * 300], "电池" + "差" * 98 + " …", ["电池" + "差" * 98]),
        ("好" * 40 + " 音质差" + "。" * 30, ["音质差"], "… 音质差" + "。" * 24 + " …", ["音质差"]),
        ("甲" * 9 + "Loop 电池很差" + "乙" * 30, ["Loop 电池很差"],
         "甲" * 9 + "Loop 电池很差" + "乙" * 12 + " …", ["Loop 电池很差"]),
        ("The screen is good", ["screen"], "The screen is good", ["screen"]),
        ("word " * 20 + "battery is bad" + " more" * 20, ["battery is bad"],
         "… word word word word battery is bad more more more more …", ["battery is bad"]),
        ("a bad b " + "c " * 150 + "bad d", ["a bad", "bad d"], "a bad b " + "c " * 95 + "c …", ["a bad"]),
        ("nothing", [], "", []),
    ],
)  # fmt: skip
def test_hits_are_shown_with_a_little_on_both_sides(
    text: str, hits: list[str], shown: str, marked: list[str]
) -> None:
    places = [(text.rindex(hit), text.rindex(hit) + len(hit)) for hit in hits]
    cut = around(text, places)
    assert cut.text == shown
    assert [cut.text[a:b] for a, b in cut.spans] == marked


def test_marks_nobody_sees_are_named_and_counted() -> None:
    assert invisible_marks("a\u202eb\u200bc\u200b") == [
        ("ZERO WIDTH SPACE", 2),
        ("RIGHT-TO-LEFT OVERRIDE", 1),
    ]
    assert invisible_marks("家人👨‍👩‍👧") == []
