"""Delimited files: delimiters, headers, line numbers, and coming back into step after a broken quote."""

from __future__ import annotations

import pytest

from outlisten.posts.files import plan_import, read_batches


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "^", "\x01"])
def test_any_delimiter_is_found(file, read, delimiter):
    rows = [
        ["id", "text", "date"],
        ["1", "first post, with a comma", "2024-05-01"],
        ["2", "第二条", "2024-05-02"],
    ]
    content = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    found = read(file(content))
    assert found.plan.format == ("tsv" if delimiter == "\t" else "csv")
    assert found.texts == ["first post, with a comma", "第二条"]


def test_lines_above_the_header_are_left_out(file, read):
    found = read(file("Report:,mentions\nFrom:,yesterday\n\nid,text,likes\n7,好用,3\n8,bad,4\n9,ok,1\n"))
    assert found.plan.layout.dialect.header_line == 4
    assert found.column("native_id") == ["7", "8", "9"]
    assert "line 4" in " ".join(found.plan.messages)


def test_a_file_without_header_gets_numbered_columns(file, read):
    rows = "".join(f"{n}\tpositive\tThe new phone is great, take {n}\n" for n in range(9))
    found = read(file(rows))
    assert found.plan.columns == ("column 1", "column 2", "column 3")
    assert found.plan.mapping["text"] == "column 3"
    assert len(found.posts) == 9


def test_repeated_and_blank_header_names_stay_apart(file, read):
    found = read(file("text,likes,text,\nfirst,1,second,x\n另一条,2,第二,y\n"))
    assert found.plan.columns == ("text", "likes", "text (2)", "column 4")
    assert found.texts == ["first", "另一条"]


def test_a_row_with_too_many_cells_is_rejected_with_its_line(file, read):
    found = read(file("id,text\n1,fine\n2,a comma, unquoted\n3,也好\n4,x\n5,y\n6,z\n7,w\n"))
    assert found.lines == [3]
    assert "3 cells" in found.rejected[0].reason
    assert '" unquoted"' in found.rejected[0].record


def test_a_short_row_is_kept_when_only_unused_columns_are_missing(file, read):
    found = read(file("id,text,note\n1,one,x\n2,two\n3\n4,four,y\n5,five,z\n6,six,z\n7,seven,z\n8,e,z\n"))
    assert found.column("native_id") == ["1", "2", "4", "5", "6", "7", "8"]
    assert found.lines == [4]


def test_line_numbers_count_lines_inside_quoted_cells(file, read):
    found = read(file('id,text,date\n1,"three\nlines\nlong",2024-01-01\n2,,2024-01-01\n3,三,1975-01-01\n'))
    assert found.texts == ["three\nlines\nlong"]
    assert [(row.line, row.reason[:10]) for row in found.rejected] == [(5, "no text"), (6, "the date “")]


def broken_file(rows: int, broken: int, quoted: bool) -> str:
    """Rows with one quote that is opened and never closed at row `broken`."""
    mark = '"' if quoted else ""
    lines = ["id,text,date"]
    for n in range(rows):
        text = f'"left open, 打不开 {n}' if n == broken else f"{mark}row {n} 好{mark}"
        lines.append(f"{n},{text},2024-01-01")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("quoted", [True, False])
@pytest.mark.parametrize("broken", [0, 500, 998, 999])
def test_a_broken_quote_costs_one_row(file, read, broken, quoted):
    found = read(file(broken_file(1000, broken, quoted)))
    assert found.lines == [broken + 2]
    assert "quotation mark" in found.rejected[0].reason
    assert len(found.posts) == 999


def test_a_broken_quote_at_line_400000_costs_one_row(file):
    batches = list(read_batches(plan_import(file(broken_file(400_500, 399_998, quoted=False)))))
    assert [row.line for batch in batches for row in batch.rejected] == [400_000]
    assert sum(batch.posts.num_rows for batch in batches) == 400_499


def test_quotes_inside_a_quoted_cell_are_text(file, read):
    found = read(file('id,text,likes\n1,"He said "hi" to me",3\n2,"说“好”, 又说"不好"了",4\n3,ok,1\n'))
    assert found.texts == ['He said "hi" to me', '说“好”, 又说"不好"了', "ok"]


def test_backslash_escapes_are_understood(file, read):
    found = read(file('id,text,likes\n1,"He said \\"hi\\"",3\n2,"plain, 一般",4\n'))
    assert found.texts == ['He said "hi"', "plain, 一般"]


def test_a_cell_of_ten_megabytes_is_kept(file, read):
    long = "很长的帖子 with words\n" * 500_000
    found = read(file(f'id,text\n1,short one\n2,"{long}"\n3,after\n'))
    assert found.texts == ["short one", long, "after"]


def test_a_row_of_five_thousand_columns_is_read(file, read):
    header = ",".join(["text", *(f"field{n}" for n in range(4999))])
    found = read(file(f"{header}\n{','.join(['宽的一行', *['x'] * 4999])}\n"))
    assert found.texts == ["宽的一行"]


def test_old_mac_line_ends_are_understood(file, read):
    found = read(file("id,text\r1,one\r2,\r3,三\r"))
    assert found.texts == ["one", "三"]
    assert found.lines == [3]


def test_line_separators_inside_a_post_do_not_end_a_row(file, read):
    found = read(file("id,text\n1,one\u2028still one\x0b\x1c\x85\n2,two\n"))
    assert found.texts == ["one\u2028still one\x0b\x1c\x85", "two"]


def test_nul_and_invisible_marks_are_content(file, read):
    text = "nul \0 rtl \u202e zero\u200bwidth 👩\u200d👩\u200d👧 结束"
    found = read(file(f"id,text\n1,{text}\n2,next\n"))
    assert found.texts[0] == text
    assert "\\u0000" in str(found.posts[0]["raw"])


def test_quotes_that_only_stand_in_the_text_are_kept(file, read):
    rows = [
        f'{n}\tneutral\t"opened and not closed {n}' if n % 5 == 0 else f"{n}\tneutral\t第{n}条"
        for n in range(50)
    ]
    found = read(file("\n".join(rows) + "\n"))
    assert found.rejected == []
    assert found.texts[5] == '"opened and not closed 5'


def test_text_that_begins_with_a_bracket_is_not_json(file, read):
    found = read(file("[t] a title line of words\n## 很好用的手机\n"))
    assert found.plan.format == "text"
    assert len(found.posts) == 2


def test_a_few_quoted_cells_among_many_plain_ones_are_quoted(file, read):
    rows = [f'{n},"引用, with commas, {n}"' if n % 150 == 5 else f"{n},plain 第{n}条" for n in range(900)]
    found = read(file("id,text\n" + "\n".join(rows) + "\n"))
    assert found.rejected == []
    assert found.texts[5] == "引用, with commas, 5"
