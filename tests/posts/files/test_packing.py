"""gzip, zstd and zip: found by content; cut short they keep what came before; bombs and traps are refused."""

from __future__ import annotations

import gzip
import io
import random
import zipfile

import pytest
import zstandard

from outlisten.posts.files import FileProblem

ROWS = 20_000


def rows(count: int = ROWS) -> str:
    """Rows that do not compress to nothing."""
    chance = random.Random(5)
    return "id,text\n" + "".join(f"{n},帖子 {chance.randrange(10**12)} words\n" for n in range(count))


def zipped(members: dict[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


PACK = {
    "gzip": gzip.compress,
    "zstd": zstandard.compress,
    "zip": lambda data: zipped({"posts.csv": data}),
}


@pytest.mark.parametrize("kind", PACK)
def test_packing_is_found_by_content_and_not_by_name(file, read, kind):
    found = read(file(PACK[kind](rows(50).encode()), "posts.txt"))
    assert found.plan.compression == kind
    assert len(found.posts) == 50


@pytest.mark.parametrize("kind", PACK)
def test_a_file_cut_short_keeps_the_rows_before_the_break(file, read, kind):
    packed = PACK[kind](rows().encode())
    found = read(file(packed[: len(packed) // 2]))
    assert found.problem.code in {"cut-short", "damaged"}
    assert ROWS * 0.3 < len(found.posts) < ROWS * 0.7
    assert found.posts[-1]["native_id"] == str(len(found.posts) - 1)
    assert found.rejected[-1].line == len(found.posts) + 2


@pytest.mark.parametrize("kind", ["gzip", "zip"])
def test_damage_in_the_middle_keeps_the_rows_before_it(file, read, kind):
    packed = bytearray(PACK[kind](rows().encode()))
    packed[len(packed) // 2 : len(packed) // 2 + 40] = bytes(40)
    found = read(file(bytes(packed)))
    assert found.problem.code == "damaged"
    assert len(found.posts) > ROWS * 0.3


def test_gzip_members_one_after_the_other_are_one_file(file, read):
    found = read(file(gzip.compress(b"id,text\n1,one\n") + gzip.compress("2,二\n".encode())))
    assert found.texts == ["one", "二"]


def test_members_of_one_shape_are_read_as_one_file(file, read):
    members = {"a/1.csv": "id,text\n1,one\n", "a/2.csv": "id,text\n2,二\n3,\n", "notes.csv": "x,y\n1,2\n"}
    found = read(file(zipped({**members, "README.txt": "hello", "a/logo.png": b"\x89PNG"})))
    assert found.texts == ["one", "二"]
    assert found.plan.layout.left_out == ("notes.csv",)
    assert found.rejected[0].reason == "a/2.csv: no text"
    assert found.rejected[0].line == 3


def test_a_packed_file_inside_a_zip_is_unpacked(file, read):
    found = read(file(zipped({"posts.csv.gz": gzip.compress(rows(30).encode())})))
    assert found.plan.compression == "zip+gzip"
    assert len(found.posts) == 30


def test_members_that_point_outside_the_archive_are_left_out_and_named(file, read):
    found = read(file(zipped({"../../etc/posts.csv": rows(5), "ok.csv": "id,text\n1,好\n"})))
    assert found.texts == ["好"]
    assert "../../etc/posts.csv" in " ".join(found.plan.messages)


def test_an_archive_with_nothing_but_traps_is_refused(file, read):
    with pytest.raises(FileProblem) as problem:
        read(file(zipped({"../posts.csv": rows(5)})))
    assert problem.value.code == "zip-unsafe"


@pytest.mark.parametrize("kind", PACK)
def test_a_bomb_is_stopped_early(file, read, kind):
    bomb = PACK[kind](b"id,text\n" + b"1," + b"a" * 120_000_000 + b"\n2,b\n")
    try:
        problem = read(file(bomb)).problem
    except FileProblem as error:
        problem = error
    assert problem.code == "bomb"
