"""The reference names every command with every option, in both languages, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer

from outlisten.cli.commands import COMMANDS, GROUPS
from outlisten.cli.frame import COMMON
from outlisten.cli.main import app

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
PAGES = ["command-line.md", "command-line.zh.md"]


def documented(page: str) -> dict[str, set[str]]:
    """{command: its options and arguments}, from the headings and the tables' first column."""
    parts = re.split(r"^## outlisten (.+)$", (REFERENCE / page).read_text("utf-8"), flags=re.MULTILINE)
    return {
        name: set(re.findall(r"^\| `([^ `]+)", text, re.MULTILINE))
        for name, text in zip(parts[1::2], parts[2::2], strict=True)
    }


def defined() -> dict[str, set[str]]:
    root: Any = typer.main.get_command(app)
    found = {name: options(root.commands[name]) for name in COMMANDS}
    for group, (_help, members) in GROUPS.items():
        found |= {f"{group} {name}": options(root.commands[group].commands[name]) for name in members}
    return found


def options(command: Any) -> set[str]:
    own = [parameter for parameter in command.params if parameter.name not in COMMON]
    return {p.metavar if p.param_type_name == "argument" else max(p.opts, key=len) for p in own}


@pytest.mark.parametrize("page", PAGES)
def test_the_reference_has_every_command_with_every_option(page: str) -> None:
    assert documented(page) == defined()


@pytest.mark.parametrize("page", PAGES)
def test_the_reference_has_the_options_of_every_command(page: str) -> None:
    text = (REFERENCE / page).read_text("utf-8")
    for option in ("--json", "--home", "--as", "--locale"):
        assert re.search(rf"^\| `{option}\b", text, re.MULTILINE)


def test_every_command_has_help_in_one_line() -> None:
    for told in COMMANDS.values():
        assert told.does.endswith((".", "。"))
        assert "\n" not in told.does
