"""Small files written for one test, and reading them whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from outlisten.posts.files import FileProblem, ImportPlan, Rejected, plan_import, read_batches

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)


@dataclass
class Import:
    """A file read to its end."""

    plan: ImportPlan
    posts: list[dict[str, object]]
    rejected: list[Rejected]
    problem: FileProblem | None

    def column(self, name: str) -> list[object]:
        return [post[name] for post in self.posts]

    @property
    def texts(self) -> list[object]:
        return self.column("text")

    @property
    def lines(self) -> list[int]:
        return [row.line for row in self.rejected]


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file of text or bytes and gives its path."""

    def write(content: str | bytes, name: str = "posts.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding, "surrogatepass"))
        return path

    return write


@pytest.fixture
def read() -> Callable[..., Import]:
    """Plans and reads a file with a fixed clock."""

    def run(path: Path, rows: int = 1_000, **options: object) -> Import:
        options.setdefault("now", NOW)
        plan = plan_import(path, **options)  # type: ignore[arg-type]
        posts, rejected, problem = [], [], None
        for batch in read_batches(plan, rows):
            posts += batch.posts.to_pylist()
            rejected += batch.rejected
            problem = batch.problem or problem
        return Import(plan, posts, rejected, problem)

    return run
