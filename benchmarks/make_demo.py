"""From a clean clone to the first chart of the demo, and the memory of the server when idle.

    python benchmarks/make_demo.py [--write docs/explanation/measured/make-demo.md]

Clones the repository, installs without any cache as `make demo` does, counts the bytes that arrived, starts the demo, signs
in by its link and asks for the first chart. A line of 10 MB a second is then added by arithmetic.
"""

from __future__ import annotations

import argparse
import http.cookiejar
import os
import platform
import re
import signal
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
LINE_MEGABYTES = 10
IDLE_SECONDS = 60


def arrived_megabytes() -> float:
    """What all interfaces but the loopback have received since the machine started."""
    rows = Path("/proc/net/dev").read_text(encoding="ascii").splitlines()[2:]
    return sum(int(row.split()[1]) for row in rows if not row.strip().startswith("lo:")) / 1e6


def install(clone: Path) -> tuple[float, float]:
    """(seconds, megabytes) of cloning and installing."""
    began, before = time.perf_counter(), arrived_megabytes()
    subprocess.run(["git", "clone", "--quiet", str(REPOSITORY), str(clone)], check=True)
    nothing_kept = {**os.environ, "UV_NO_CACHE": "1", "PIP_NO_CACHE_DIR": "1"}
    subprocess.run(["make", "--silent", ".venv/.installed"], cwd=clone, env=nothing_kept, check=True)
    return time.perf_counter() - began, arrived_megabytes() - before


def first_chart(clone: Path) -> tuple[float, float]:
    """Seconds from starting the demo to its first chart, and resident megabytes after a minute of rest."""
    began = time.perf_counter()
    command = [str(clone / ".venv/bin/outlisten"), "demo", "--no-browser", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as demo:
        assert demo.stdout is not None
        link = next(
            found[0] for line in demo.stdout if (found := re.search(r"http\S+/sign-in/link/\S+", line))
        )
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        browser = urllib.request.build_opener(jar)
        browser.open(link).read()
        page = browser.open(f"{link.split('/sign-in')[0]}/listen/result").read().decode()
        assert "data-spec" in page, "the first result holds no chart"
        seconds = time.perf_counter() - began
        time.sleep(IDLE_SECONDS)
        status = Path(f"/proc/{demo.pid}/status").read_text(encoding="ascii")
        demo.send_signal(signal.SIGINT)
    return seconds, int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--write", type=Path)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        installed, megabytes = install(Path(folder) / "outlisten")
        started, resident = first_chart(Path(folder) / "outlisten")
    lines = [
        "| step | measured |",
        "|---|---|",
        f"| megabytes that arrived | {megabytes:,.0f} |",
        f"| clone and install on this machine’s line | {installed:.0f} s |",
        f"| demo start to first chart, sample loaded and read | {started:.0f} s |",
        f"| sum when {LINE_MEGABYTES} MB arrive a second | {megabytes / LINE_MEGABYTES + installed + started:.0f} s at most |",
        f"| resident memory of the server after {IDLE_SECONDS} s idle | {resident:,.0f} MB |",
        "",
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}; "
        "made by `python benchmarks/make_demo.py`.",
    ]
    print("\n".join(lines))
    if given.write:
        given.write.parent.mkdir(parents=True, exist_ok=True)
        given.write.write_text(
            "\n".join(["# From clone to first chart, measured", "", *lines, ""]), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
