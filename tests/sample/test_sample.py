"""The bundled sample holds what its card says, and nobody's handle or address."""

from __future__ import annotations

import re

import pyarrow.parquet as pq
import pytest

from outlisten import sample
from outlisten.posts.schema import arrow_schema
from outlisten.sample.make import FIRMS
from outlisten.sample.scrub import Scrubber

COUNTS = {"cfpb.parquet": 1532, "ibm_care.parquet": 1205, "asap.parquet": 300}


@pytest.mark.parametrize("name", sample.FILES)
def test_a_file_of_the_sample_is_in_the_schema_and_complete(name: str) -> None:
    table = pq.read_table(sample.FOLDER / name)
    assert table.schema.names == arrow_schema("given").names
    assert table.num_rows == COUNTS[name]
    assert len(set(table["id"].to_pylist())) == COUNTS[name]


def test_each_file_is_named_in_the_notice_and_in_the_data_card() -> None:
    for document in ("NOTICE", "DATA_CARD.md"):
        text = (sample.FOLDER / document).read_text(encoding="utf-8")
        assert all(name in text for name in sample.FILES)


def test_no_customer_can_be_found_again_from_the_care_conversations() -> None:
    posts = pq.read_table(sample.FOLDER / "ibm_care.parquet").to_pylist()
    companies = {post["author_handle"] for post in posts if post["voice_given"] == "owned"}
    customers = {post["author_handle"] for post in posts} - companies
    customers = {handle for handle in customers if handle.lower() not in FIRMS}
    assert all(re.fullmatch(r"customer_[0-9a-f]{10}", handle) for handle in customers)
    for post in posts:
        assert not re.search(r"[\w.]+@[\w-]+\.\w+", post["text"] + post["raw"])
        assert re.fullmatch(r"[0-9a-f]{10}", post["native_id"])
        assert post["url"] is None


def test_threads_stay_whole_after_scrubbing() -> None:
    posts = pq.read_table(sample.FOLDER / "ibm_care.parquet").to_pylist()
    numbers = {post["native_id"] for post in posts}
    assert all(post["thread"] in numbers for post in posts)
    assert all(post["reply_to"] in numbers for post in posts if post["reply_to"])


@pytest.mark.parametrize(
    ("text", "by_company", "clean"),
    [
        ("@Someone_1 Hi Maria, sorry. -Tom", True, "@{} Hi [name], sorry. -[name]"),
        (
            "@HelpDesk write to me at a.b@mail.example please",
            False,
            "@HelpDesk write to me at [e-mail] please",
        ),
        (
            "call 1-800-555-0199 or see https://help.example/a",
            True,
            "call [phone] or see https://help.example/a",
        ),
        ("my channel: https://video.example/c/1", False, "my channel: [link]"),
        ("Catalina 10.15.3 crashed, error CE-34878-0", False, "Catalina 10.15.3 crashed, error CE-34878-0"),
    ],
)
def test_people_are_taken_out_of_a_text(text: str, by_company: bool, clean: str) -> None:
    scrubber = Scrubber(b"key", frozenset({"helpdesk"}))
    assert scrubber.text(text, by_company=by_company) == clean.format(scrubber.handle("Someone_1"))


def test_every_brand_and_topic_of_the_sample_is_a_valid_query() -> None:
    from outlisten.query import parse

    for query in [*(brand.query for brand in sample.brands()), *(topic.query for topic in sample.topics())]:
        assert parse(query, saving=True).valid, query


def test_limits_are_said_in_both_languages() -> None:
    english, chinese = sample.limits("en"), sample.limits("zh-hans")
    assert len(english) == len(chinese)
    assert not set(english) & set(chinese)
