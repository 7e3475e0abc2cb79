from __future__ import annotations

from outlisten.app.listening.snippets import Marked, invisible_marks, snippet


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


def test_marks_nobody_sees_are_named_and_counted() -> None:
    assert invisible_marks("a\u202eb\u200bc\u200b") == [
        ("ZERO WIDTH SPACE", 2),
        ("RIGHT-TO-LEFT OVERRIDE", 1),
    ]
    assert invisible_marks("家人👨‍👩‍👧") == []
