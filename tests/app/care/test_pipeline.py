"""The way in hands every post to care, also after a crash."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest

from outlisten.app.care.models import Case
from outlisten.app.listening.store import pipeline
from outlisten.posts.schema import arrow_schema

pytestmark = pytest.mark.django_db


def given(*posts: dict[str, object]) -> pa.Table:
    base = dict.fromkeys(arrow_schema("given").names) | {
        "platform": "x", "to": "Axi Tea", "created_at": datetime.now(UTC).replace(microsecond=0), "date_only": False,
    }  # fmt: skip
    return pa.Table.from_pylist([base | post for post in posts], schema=arrow_schema("given"))


def test_a_post_that_comes_in_becomes_a_case(pages_store: Any, rule: Any) -> None:
    rule("support", "refund OR 退款")
    pipeline().ingest(given({"native_id": "1", "text": "退款还没到", "author_handle": "mei"}))
    assert Case.objects.get().opening_words == "退款还没到"


def test_a_crash_before_care_is_made_up_for_at_the_next_start(
    pages_store: Any, rule: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule("support", "refund OR 退款")

    def crash(_posts: pa.Table) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("outlisten.app.care.intake.take_in", crash)
        with pytest.raises(KeyboardInterrupt):
            pipeline().ingest(given({"native_id": "1", "text": "退款还没到"}))
    assert not Case.objects.exists()
    pipeline.cache_clear()  # the next start of the process
    pipeline()
    assert Case.objects.count() == 1
