"""Files larger than the memory they are read in."""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

MEGABYTE = 1 << 20
# What the interpreter and its libraries have taken before is not the reader's; this much may come on top.
ALLOWED = 300 * MEGABYTE
READ = """
import json, resource, sys
from outlisten.posts.files import plan_import, read_batches
import pyarrow.compute, pyarrow.parquet
taken = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (taken + int(sys.argv[2]),) * 2)
posts = rejected = 0
done = []
for batch in read_batches(plan_import(sys.argv[1])):
    posts += batch.posts.num_rows
    rejected += len(batch.rejected)
    done.append(batch.bytes_done)
print(json.dumps({"posts": posts, "rejected": rejected, "rising": done == sorted(done)}))
"""
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="address space limits are Linux's")


def written(path: Path, size: float, kind: str, sentences: int) -> int:
    return runpy.run_path(str(Path(__file__).with_name("large_files.py")))["write_posts"](
        path, size, kind, sentences
    )


def read_in_little_memory(path: Path) -> dict[str, object]:
    """What a process with `ALLOWED` bytes more than an idle one makes of a file."""
    # One arena: otherwise each thread of the libraries reserves 64 MB of addresses.
    environment = {**os.environ, "MALLOC_ARENA_MAX": "1", "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-c", READ, str(path), str(ALLOWED)]
    answer = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert answer.returncode == 0, answer.stderr[-2000:]
    return json.loads(answer.stdout)


@pytest.mark.parametrize(("kind", "size"), [("csv", 200e6), ("jsonl", 100e6)])
def test_memory_stays_bounded_whatever_the_size(tmp_path, kind, size):
    path = tmp_path / f"posts.{kind}"
    posts = written(path, size, kind, sentences=12)
    assert read_in_little_memory(path) == {"posts": posts, "rejected": 0, "rising": True}


def test_a_json_array_on_one_line_is_read_in_bounded_memory(tmp_path):
    lines, path = tmp_path / "posts.jsonl", tmp_path / "posts.json"
    posts = written(lines, 60e6, "jsonl", sentences=12)
    with lines.open() as source, path.open("w") as target:
        target.write("[" + next(source).strip())
        target.writelines("," + line.strip() for line in source)
        target.write("]")
    assert read_in_little_memory(path) == {"posts": posts, "rejected": 0, "rising": True}


@pytest.mark.slow
def test_five_gigabytes_are_read_in_the_same_memory(tmp_path):
    path = tmp_path / "posts.csv"
    posts = written(path, 5e9, "csv", sentences=20)
    assert read_in_little_memory(path) == {"posts": posts, "rejected": 0, "rising": True}
