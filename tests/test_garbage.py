"""The command line and reading processes look for garbage seldom."""

from __future__ import annotations

import subprocess
import sys

from outlisten.garbage import THRESHOLDS

SAID = "import gc; print(gc.get_threshold())"


def test_a_process_looks_seldom_once_it_was_told():
    told = f"from outlisten.garbage import look_seldom; look_seldom(); {SAID}"
    plain, seldom = (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.strip()
        for code in (SAID, told)
    )
    assert seldom == str(THRESHOLDS)
    assert plain != seldom
