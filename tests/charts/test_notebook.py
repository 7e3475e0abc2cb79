"""The how-to for notebooks runs as it is printed."""

import re
import subprocess
import sys
from pathlib import Path

GUIDES = Path(__file__).parents[2] / "docs" / "how-to"


def code_of(page: str) -> list[str]:
    """The Python of a page, block by block."""
    return re.findall(r"```python\n(.*?)```", (GUIDES / page).read_text("utf-8"), re.S)


def test_the_notebook_runs_as_printed(tmp_path: Path) -> None:
    script = tmp_path / "notebook.py"  # a process of its own: the engine serves one folder a process
    script.write_text("\n".join(code_of("use-from-a-notebook.md")), "utf-8")
    ran = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, check=False, timeout=120
    )
    assert ran.returncode == 0, ran.stderr
    assert "180 posts" in ran.stdout
    assert "'term': 'identity theft'" in ran.stdout
    assert "捞王" in ran.stdout
    assert '(refund OR 退款 OR "money back" OR 退钱) -scam' in ran.stdout


def test_both_languages_print_the_same_code() -> None:
    assert code_of("use-from-a-notebook.md") == code_of("use-from-a-notebook.zh.md")
