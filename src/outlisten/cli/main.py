"""`outlisten`: takes the command line apart, and runs the command here or inside the running server."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from outlisten import __version__
from outlisten.cli.commands import COMMANDS, GROUPS, Described
from outlisten.cli.endings import NOTHING_DONE, PIPE_CLOSED
from outlisten.cli.locales import STARTED_IN, speak_to_typer
from outlisten.cli.locales import help_words as _
from outlisten.cli.session import Session
from outlisten.cli.terminal import Terminal, this_terminal
from outlisten.cli.usage import usage_sentence
from outlisten.garbage import look_seldom


class Group(TyperGroup):
    """The group of all commands, with its help in the reader's language."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """`Usage:` in the reader's language."""
        _format_usage(self, ctx, formatter)

    def get_help_option(self, ctx: Any) -> Any:
        """`--help` in the reader's language."""
        return _worded(super().get_help_option(ctx))


class Command(TyperCommand):
    """One command, with its help in the reader's language."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """`Usage:` in the reader's language."""
        _format_usage(self, ctx, formatter)

    def get_help_option(self, ctx: Any) -> Any:
        """`--help` in the reader's language."""
        return _worded(super().get_help_option(ctx))


def _format_usage(command: Any, ctx: Any, formatter: Any) -> None:
    pieces = command.collect_usage_pieces(ctx)
    formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=_("Usage: "))


def _worded(option: Any) -> Any:
    if option is not None:
        option.help = _("Show this help.")
    return option


app = typer.Typer(
    name="outlisten", cls=Group, no_args_is_help=False, rich_markup_mode=None, pretty_exceptions_enable=False,
    add_completion=False, help=_("Outlisten (先听): what people say in public of you and of others."),
)  # fmt: skip


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def outlisten(
    version: Annotated[
        bool, typer.Option("--version", help=_("Print the version."), is_eager=True, callback=_print_version)
    ] = False,
) -> None:
    """The options that stand before the name of a command."""


def _add_commands() -> None:
    _fill(app, COMMANDS)
    for name, (help_text, commands) in GROUPS.items():
        group = typer.Typer(cls=Group, rich_markup_mode=None, help=help_text)
        _fill(group, commands)
        app.add_typer(group, name=name)


def _fill(group: typer.Typer, commands: dict[str, Described]) -> None:
    for name, told in commands.items():
        group.command(name, cls=Command, help=f"{told.does}\n\n{told.note}", short_help=told.does)(
            told.function
        )


_add_commands()


def invoke(terminal: Terminal) -> int:
    """Run the command of `terminal.arguments`, writing to that terminal; returns its exit status."""
    arguments: Sequence[str] = terminal.arguments or ["--help"]
    try:
        status = typer.main.get_command(app).main(
            list(arguments), prog_name="outlisten", standalone_mode=False, obj=terminal
        )
    except typer.Abort:
        return NOTHING_DONE
    except Exception as error:
        sentence = usage_sentence(error, terminal.locale)
        if sentence is None:
            raise
        Session.write_to(terminal.err, sentence + "\n")
        return int(getattr(error, "exit_code", 2))
    return status if isinstance(status, int) else 0


def run() -> None:
    """The console script."""
    look_seldom()
    speak_to_typer(STARTED_IN)
    status = invoke(this_terminal(sys.argv[1:]))
    if status == PIPE_CLOSED:  # Python would write to the closed pipe once more and complain
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(status)
