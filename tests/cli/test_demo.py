"""`outlisten demo`: the bundled sample, served, signed in to with one link, and gone afterwards."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow


def demo(*arguments: str, home: Path | None = None) -> tuple[subprocess.Popen[str], dict[str, Any]]:
    chosen = ["--home", str(home)] if home else []
    process = subprocess.Popen(
        [sys.executable, "-m", "outlisten", "demo", "--no-browser", "--port", "0", "--json", *chosen, *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "LANG": "C.UTF-8"},
    )  # fmt: skip
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, process.stderr.read() if process.stderr else ""
    return process, json.loads(line)


@pytest.fixture(scope="module")
def running() -> Iterator[dict[str, Any]]:
    process, said = demo()
    with process:
        yield said
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    assert not Path(said["home"]).exists()


def told(running: dict[str, Any], *arguments: str) -> str:
    """What a person reads on standard output."""
    return subprocess.run(
        [sys.executable, "-m", "outlisten", *arguments, "--home", running["home"]],
        capture_output=True, text=True, check=True, timeout=120,
    ).stdout  # fmt: skip


def asked(running: dict[str, Any], *arguments: str) -> Any:
    return json.loads(told(running, *arguments, "--json"))


def test_the_link_signs_in_once(running: dict[str, Any]) -> None:
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    with browser.open(running["sign_in"], timeout=60) as page:
        assert page.status == 200
        assert "/sign-in" not in page.url
        assert "Equifax" in page.read().decode()


def test_the_sample_is_there_in_both_languages(running: dict[str, Any]) -> None:
    assert asked(running, "search", "to:Equifax OR Equifax", "--count")["count"] > 100
    assert asked(running, "search", "排队 OR 等位", "--count")["count"] > 20


def test_what_people_complain_of_at_equifax_and_not_at_experian(running: dict[str, Any]) -> None:
    found = asked(running, "compare", "Equifax", "--against", "Experian")
    assert min(found["a"]["posts"], found["b"]["posts"]) > 100
    assert {term["side"] for term in found["terms"]} == {"a", "b"}
    assert all(term["low"] <= term["log_odds"] <= term["high"] for term in found["terms"])


def test_the_terms_come_after_whether_any_is_certain(running: dict[str, Any]) -> None:
    before, ours, theirs = told(running, "compare", "Equifax", "--against", "Chase").split("Leaning towards ")
    assert "stand out for certain" in before
    assert "report ✓" in ours
    assert "bank ✓" in theirs
    assert "没有一个能确定特别突出" in told(
        running, "compare", "Equifax", "--against", "Experian", "--locale", "zh-hans"
    )


def test_too_few_people_get_no_empty_table(running: dict[str, Any]) -> None:
    assert "Authors here" not in told(running, "compare", "Equifax", "--against", "排队")


def test_the_report_sets_the_own_brand_beside_its_group(running: dict[str, Any], tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    said = asked(running, "report", "--out", str(out))
    assert said["out"] == str(out)
    html = out.read_text("utf-8")
    assert "<h1><bdi>Equifax</bdi></h1>" in html
    assert "TransUnion" in html
    assert "Consumer Financial Protection Bureau" in html


def test_the_story_stands_ready(running: dict[str, Any]) -> None:
    assert len(asked(running, "case", "list")["cases"]) > 40
    claims = asked(running, "claim", "list")["claims"]
    assert [claim["text"].startswith("(made up for the demo)") for claim in claims] == [True]
    assert "cannot tell" in told(running, "claim", "show", "1")
    assert 0 < asked(running, "participation")["talk_balance"] < 0.5


def test_a_demo_that_was_killed_or_started_again_tells_its_story_once(tmp_path: Path) -> None:
    home = tmp_path / "h"
    killed = subprocess.Popen([sys.executable, "-m", "outlisten", "demo", "--no-browser", "--home", str(home)],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    with pytest.raises(subprocess.TimeoutExpired):
        killed.wait(8)
    killed.kill()
    killed.wait(60)
    found = []
    for _time in range(2):
        process, said = demo("--locale", "zh-hans", home=home)
        with process:
            found.append(
                {name: len(asked(said, name, "list")[f"{name}s"]) for name in ("case", "claim", "decision")}
            )
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 0
    assert found[0] == found[1]
    assert found[0]["case"] > 40


def test_everything_is_in_order(running: dict[str, Any]) -> None:
    assert [check for check in asked(running, "doctor")["checks"] if not check["ok"]] == []


def test_a_home_with_data_of_its_own_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("text\nmy own post\n")
    home = tmp_path / "h"
    outlisten = [sys.executable, "-m", "outlisten"]
    subprocess.run([*outlisten, "import", str(tmp_path / "mine.csv"), "--home", str(home)], check=True)
    ran = subprocess.run(
        [*outlisten, "demo", "--no-browser", "--port", "0", "--home", str(home)],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert ran.returncode == 1
    assert str(home) in ran.stderr
    assert ran.stderr.count("\n") == 1
