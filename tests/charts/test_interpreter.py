"""Charts as a page with a strict policy draws them: interpreted, with code from strings forbidden."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.charts import made
from tests.charts.made import CHARTS

from outlisten import charts

REPOSITORY = Path(__file__).parents[2]
NODE = shutil.which("node")


@pytest.mark.skipif(NODE is None, reason="node is not installed")
@pytest.mark.skipif(
    not (REPOSITORY / "node_modules" / "vega-interpreter").exists(), reason="npm ci was not run"
)
def test_every_chart_is_drawn_without_code_from_strings() -> None:
    specs = {name: charts.spec(draw(insight, "en", "dark")) for name, (draw, insight, _) in CHARTS.items()}
    specs["sparkline"] = charts.spec(charts.sparkline(made.volume([3, 8])))
    script = Path(__file__).with_name("interpreter.mjs")
    ran = subprocess.run(
        [str(NODE), str(script)],
        input=json.dumps(specs),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ran.returncode == 0, ran.stderr
    drawn = dict(line.split() for line in ran.stdout.splitlines())
    assert drawn.keys() == specs.keys()
    assert all(int(marks) >= 2 for marks in drawn.values())
