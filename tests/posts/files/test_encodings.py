"""Encodings: found on a sample, checked while reading, wrong bytes cost the row and not the file."""

from __future__ import annotations

import pytest

from outlisten.posts.files import FileProblem

CHINESE = "id,text\n" + "".join(f"{n},第{n}条：客服态度很好，就是充电有点慢。\n" for n in range(60))
FRENCH = "id,text\n" + "".join(f"{n},Déçu du café à l’hôtel, {n} €\n".replace(", ", " ") for n in range(60))


@pytest.mark.parametrize(
    ("content", "codec", "label"),
    [
        (CHINESE, "utf-8", "UTF-8"),
        (CHINESE, "utf-8-sig", "UTF-8 (BOM)"),
        (CHINESE, "utf-16", "UTF-16-LE (BOM)"),
        (CHINESE, "utf-16-be", "UTF-16-BE"),
        (CHINESE, "gb18030", "GB18030"),
        (CHINESE, "gbk", "GB18030"),
        (FRENCH, "utf-8", "UTF-8"),
        (FRENCH, "cp1252", "Windows-1252"),
        (FRENCH, "utf-16-le", "UTF-16-LE"),
        ("id,text\n1,plain\n", "ascii", "UTF-8"),
    ],
)
def test_the_encoding_is_found_and_reported(file, read, content, codec, label):
    found = read(file(content.encode(codec)))
    assert found.plan.encoding == label
    assert found.texts[0] == content.splitlines()[1].split(",")[1]
    assert found.rejected == []


@pytest.mark.parametrize(
    ("codec", "wrong"), [("utf-8", b"\xff\xfe\x80"), ("gb18030", b"\xff\xff"), ("utf-8", b"\xc3")]
)
def test_wrong_bytes_reject_the_row_and_not_the_file(file, read, codec, wrong):
    lines = CHINESE.encode(codec).split(b"\n")
    lines[30] = b"29,caf" + wrong + b" broken"
    found = read(file(b"\n".join(lines)))
    assert found.lines == [31]
    assert "bytes that are not" in found.rejected[0].reason
    assert len(found.posts) == 59


def test_the_first_letter_beyond_ascii_decides_however_late_it_comes(file, read):
    content = b"id,text\n" + b"1,plain words\n" * 400_000 + "2,Déçu du café\n".encode("cp1252")
    found = read(file(content), rows=100_000)
    assert found.plan.encoding == "Windows-1252"
    assert found.texts[-1] == "Déçu du café"


def test_a_person_may_name_the_encoding(file, read):
    found = read(file("id,text\n1,é\n2,è\n".encode("latin-1")), encoding="latin-1")
    assert found.texts == ["é", "è"]


@pytest.mark.parametrize(
    ("codec", "asked", "found"), [("gb18030", "utf-8", "GB18030"), ("utf-8", "ascii", "UTF-8")]
)
def test_an_encoding_that_cannot_be_right_is_refused_with_the_one_that_is(file, read, codec, asked, found):
    with pytest.raises(FileProblem) as problem:
        read(file(CHINESE.encode(codec)), encoding=asked)
    assert f"in {asked.upper()} but, by its bytes, in {found}" in problem.value.text("en")
    assert f"从字节看是 {found}" in problem.value.text("zh-hans")


def test_lone_surrogates_become_replacement_characters_and_stay_in_the_raw_record(file, read):
    for name, content in (
        ("a.csv", "id,text\n1,半个\ud83d表情\n2,x\n"),
        ("a.jsonl", '{"text": "半个\\ud83d表情"}\n'),
    ):
        found = read(file(content, name))
        assert found.texts[0] == "半个\ufffd表情"
        assert "\\ud83d" in str(found.posts[0]["raw"])


def test_a_utf16_file_keeps_its_line_numbers(file, read):
    found = read(file(CHINESE.replace("5,第5条", "5,").encode("utf-16")))
    assert found.posts[0]["text"].startswith("第0条")
    assert len(found.posts) + len(found.rejected) == 60
