"""One module a command. They import what is heavy inside the command, so that `outlisten --help` is quick."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from outlisten.cli.locales import help_words as _

# In the order of the help: try it, run it, fill it, ask it, check it.
COMMANDS: dict[str, tuple[Callable[..., Any], str]] = {
}
