"""The reading processes end with the one that started them, whatever ends it."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys

import pytest

# Prints the numbers of its reading processes, each of which has read.
READS = """
import time
import pyarrow as pa
from datetime import UTC, datetime
from outlisten.pipeline import Readers
from outlisten.pipeline.normalise import normalise

if __name__ == "__main__":
    rows = [{"platform": "x", "native_id": str(n), "text": "充电宝又坏了"} for n in range(300)]
    readers = Readers()
    readers.submit(normalise(pa.Table.from_pylist(rows), now=datetime.now(UTC)).posts)()
    print(*readers._pool._processes, flush=True)
    time.sleep(600)
"""


@pytest.mark.parametrize("ended_by", [signal.SIGKILL, signal.SIGTERM], ids=["killed", "ended"])
def test_a_process_that_is_killed_leaves_no_reading_process_behind(tmp_path, ended_by):
    script = tmp_path / "reads.py"
    script.write_text(READS, "utf-8")
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        readers = [os.pidfd_open(int(pid)) for pid in parent.stdout.readline().split()]
        assert readers
        parent.send_signal(ended_by)
    with selectors.DefaultSelector() as waiting:
        for one in readers:
            waiting.register(one, selectors.EVENT_READ)
        for _ in range(len(readers)):
            found = waiting.select(30)
            assert found, "a reading process goes on without its parent"
            for key, _ in found:
                waiting.unregister(key.fileobj)
            if not waiting.get_map():
                break
    for one in readers:
        os.close(one)
