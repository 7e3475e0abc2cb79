"""What stands on the screen: hostile text is shown and not obeyed, places are marked."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from rich.text import Text

from outlisten.cli.places import marked
from outlisten.cli.post_table import folded, snippet
from outlisten.cli.safe_text import on_one_line, shown


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("\x1b[2J\x1b]0;owned\x07", "␛[2J␛]0;owned␇"),
        ("a\x00b\x7fc\x9bd", "a␀b␡c⟨009B⟩d"),
        ("invoice\u202efdp.exe", "invoice⟨202E⟩fdp.exe"),
        ("第一行\n第二行\t完", "第一行\n第二行\t完"),
        ("emoji 👨‍👩‍👧 stays", "emoji 👨‍👩‍👧 stays"),
    ],
)
def test_control_characters_are_shown_and_not_obeyed(text: str, seen: str) -> None:
    assert shown(text) == seen


@pytest.mark.parametrize("text", ["a\r\nb", "甲\u2028乙", "x\n\n\ny"])
def test_a_row_of_a_table_stays_one_line(text: str) -> None:
    assert len(on_one_line(text).splitlines()) == 1


def test_a_megabyte_of_blanks_is_shown_in_linear_time() -> None:
    # Looked for from each blank, a line break takes time that grows with the square of their number.
    assert on_one_line("等位" + " " * 1_000_000 + "x\n y").endswith("x ⏎ y")


@pytest.mark.parametrize(
    ("text", "at", "under"),
    [
        ("foo (bar", (4, 5), "("),
        ("海底捞 (等位", (4, 5), "("),
        ("海底捞 AND 等位", (8, 10), "等位"),
        ("abc", (3, 3), ""),
    ],
)
def test_carets_stand_below_the_characters_meant(text: str, at: tuple[int, int], under: str) -> None:
    line, carets = marked(text, at)
    assert cell_len(carets) - carets.count("^") == cell_len(text[: at[0]])
    assert carets.count("^") == max(1, cell_len(under))
    assert line == text


def test_a_long_query_shows_only_what_is_around_the_place() -> None:
    text = "甲乙 " * 7000 + "(" + " 丙丁" * 7000
    line, carets = marked(text, (21_000, 21_001))
    assert cell_len(line) < 200
    assert "(" in line
    assert cell_len(carets) < 100


def test_a_snippet_begins_near_the_first_word_found_and_marks_it() -> None:
    text = "前面很长。" * 40 + "等位两小时" + "后面也很长。" * 40
    cut = snippet(text, [(200, 202)], 60)
    assert cut.cell_len <= 60
    assert [cut.plain[span.start : span.end] for span in cut.spans if "yellow" in str(span.style)] == ["等位"]


@pytest.mark.parametrize("text", ["x" * 1_000_000, "汉" * 1_000_000, "\x1b" * 1000, ""])
def test_a_snippet_never_outgrows_its_room(text: str) -> None:
    assert snippet(text, [], 80).cell_len <= 80


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("等了两个小时才叫号", ["等了两", "个小时", "才叫号"]),
        ("the soup was great", ["the", "soup", "was", "great"]),
        ("我要refund啊", ["我要", "refund", "啊"]),
        ("abcdefghij", ["abcdef", "ghij"]),
        ("", [""]),
    ],
)
def test_lines_break_beside_han_and_between_words(text: str, lines: list[str]) -> None:
    assert folded(Text(text), 6).plain.split("\n") == lines


def test_a_folded_line_keeps_its_marks() -> None:
    text = Text("等了两个小时")
    text.stylize("bold", 2, 4)
    kept = folded(text, 6)
    assert [kept.plain[span.start : span.end] for span in kept.spans] == ["两", "个"]
