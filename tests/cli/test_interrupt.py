"""Ctrl-C in a terminal reaches every process of a command: one sentence, and what is kept stays whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

POSTS = 120_000  # enough to be at work when the signal comes


def test_ctrl_c_during_an_import_is_one_sentence_and_a_repeat_completes_it(tmp_path: Path) -> None:
    with (tmp_path / "many.csv").open("w", encoding="utf-8") as file:
        file.write("id,posted,text\n")
        file.writelines(f"{n},2024-03-01 10:00:00,等了 {n} 分钟 still waiting\n" for n in range(POSTS))
    command = [sys.executable, "-m", "outlisten", "import", "many.csv", "--home", str(tmp_path / "h")]
    environment = {**os.environ, "LANG": "C.UTF-8"}
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline().startswith("many.csv: csv")
        os.killpg(process.pid, signal.SIGINT)
        said = process.stderr.read()
    assert process.returncode == 130
    assert "Traceback" not in said
    assert said.endswith("Stopped. What was finished before is kept.\n")
    again = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert f"read {POSTS:,}" in again.stdout
    assert "rejected 0" in again.stdout
