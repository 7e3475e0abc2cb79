"""Posts of the sample, read once, to draw windows from."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pytest

from outlisten import sample
from outlisten.insights.drift_watch.reading import Read, read_posts

NAMES = ("text", "title", "lang_given", "platform")
Rows = npt.NDArray[np.int64]


@pytest.fixture(scope="session")
def pool() -> Read:
    """Every post of the sample as the fast model reads it, each by an author of its own."""
    posts = pa.concat_tables([table.select(NAMES) for table in sample.posts()])
    numbers, missing = (
        pa.array([str(n) for n in range(posts.num_rows)]),
        pa.nulls(posts.num_rows, pa.string()),
    )
    columns = {name: posts[name] for name in NAMES}
    own = {"id": numbers, "author_id": numbers, "author_handle": missing, "author": missing}
    return read_posts(pa.table(columns | own))


def drawn(pool: Read, rows: Rows) -> Read:
    """Some posts of the pool, each by somebody else."""
    return Read(pool.langs[rows], np.arange(len(rows)), pool.tones[rows], pool.chances[rows])
