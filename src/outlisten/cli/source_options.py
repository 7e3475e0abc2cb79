"""What the commands of sources can be given."""

from __future__ import annotations

from typing import Annotated

import typer

from outlisten.cli.locales import help_words as _

Connector = Annotated[
    str, typer.Argument(metavar="CONNECTOR", help=_("What to add, see `outlisten sources connectors`."))
]
Entries = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[OPTION=VALUE]",
        help=_("What the connector asks for; repeat an option for several words."),
    ),
]
SourceName = Annotated[
    str | None, typer.Option("--name", metavar="NAME", help=_("What it is called; left out, one is made."))
]
Secrets = Annotated[
    list[str] | None,
    typer.Option(
        "--secret",
        metavar="NAME",
        help=_(
            "A key or password: NAME is asked for without echo, NAME=- is read from standard input, NAME=@VAR from an "
            "environment variable. Never given in the command line itself."
        ),
    ),
]
Which = Annotated[
    str,
    typer.Argument(metavar="SOURCE", help=_("A source by its name or number, see `outlisten sources list`.")),
]
Tried = Annotated[
    str,
    typer.Argument(
        metavar="WHAT", help=_("A source by its name or number, or a connector to try before adding it.")
    ),
]
SomeSources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SOURCE]", help=_("Sources by name or number; all that are on unless you name some.")
    ),
]
