"""Writes files of posts of any size: `python tests/posts/files/large_files.py csv 5e9 /tmp/posts.csv`.

The posts are made up and differ from one another; every third is Chinese. A fourth argument makes them longer.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

SENTENCES = (
    "The app logs me out whenever I open the map, order {0} never arrived",
    "Thank you for the quick answer about invoice {0}, all settled now!",
    "第{0}次联系客服，充电宝还是没有退款，太失望了",
)
HEADER = "id,created_at,author,text,likes\n"
BLOCK = 2_000


def write_posts(path: Path, size: float, kind: str = "csv", sentences: int = 1) -> int:
    """Write at least `size` bytes of posts as "csv" or "jsonl", each of some sentences; gives the number of posts."""
    written, number = 0, 0
    row = partial(csv_row if kind == "csv" else json_row, sentences)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER if kind == "csv" else "")
        while written < size:
            block = "".join(map(row, range(number, number + BLOCK)))
            file.write(block)
            written += len(block.encode())
            number += BLOCK
    return number


def post(sentences: int, number: int) -> dict[str, object]:
    """The made-up post with this number."""
    days, second = divmod(number * 7, 86_400)
    moment = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=days % 365, seconds=second)
    return {
        "id": number + 10**9,
        "created_at": moment.isoformat(),
        "author": f"author{number % 9_973}",
        "text": SENTENCES[number % 3].format(number) * sentences,
        "likes": number % 40,
    }


def csv_row(sentences: int, number: int) -> str:
    """The post as a CSV row; a text with a comma is quoted."""
    return (
        ",".join(f'"{cell}"' if "," in str(cell) else str(cell) for cell in post(sentences, number).values())
        + "\n"
    )


def json_row(sentences: int, number: int) -> str:
    """The post as a line of JSON."""
    return json.dumps(post(sentences, number), ensure_ascii=False) + "\n"


if __name__ == "__main__":
    print(write_posts(Path(sys.argv[3]), float(sys.argv[2]), sys.argv[1], int((*sys.argv, "1")[4])), "posts")
