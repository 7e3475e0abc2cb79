"""A file far larger than what the import may hold of it at once, through the whole pipeline into the store."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

LARGE_FILES = Path(__file__).parents[1] / "posts" / "files" / "large_files.py"
GIGABYTE = 1 << 30
# The engine's stacks, caches and merges take most of it, whatever the size of the file.
LIMIT, RESIDENT = 4 * GIGABYTE, 1.8 * GIGABYTE
IMPORT = """
import resource, sys
if __name__ == "__main__":
    limit, *arguments = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_DATA, (int(limit),) * 2)
    sys.argv = ["outlisten", *arguments]
    from outlisten.cli.main import run
    try:
        run()
    finally:
        peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
        print(int(peak.split()[1]) * 1024, file=sys.stderr)
"""
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits of private memory are Linux's")


def test_200_megabytes_are_taken_in_under_a_memory_limit(tmp_path: Path) -> None:
    large, script = tmp_path / "posts.csv", tmp_path / "limited.py"
    posts = runpy.run_path(str(LARGE_FILES))["write_posts"](large, 200e6, "csv", 60)
    script.write_text(IMPORT, encoding="utf-8")
    command = [sys.executable, str(script), str(LIMIT), "import", str(large), "--network", "x", "--json"]
    ended = subprocess.run(
        [*command, "--home", str(tmp_path / "home")], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    report = json.loads(ended.stdout)
    assert (report["added"], report["rejected"]) == (posts, 0)
    assert int(ended.stderr.split()[-1]) < RESIDENT
