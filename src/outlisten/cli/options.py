"""Options and arguments that several commands take, so that each means one thing."""

from __future__ import annotations

from typing import Annotated

import typer

from outlisten.cli.locales import help_words as _

QueryText = Annotated[
    str,
    typer.Argument(
        metavar="QUERY", help=_("A query, in quotation marks; one that begins with - goes after --.")
    ),
]
Since = Annotated[
    str | None,
    typer.Option(metavar="DATE", help=_("First day or moment: 2019-07-31, today, or 7d for a week ago.")),
]
Until = Annotated[str | None, typer.Option(metavar="DATE", help=_("Last day or moment, included."))]
Maps = Annotated[
    list[str] | None,
    typer.Option(
        "--map", metavar="FIELD=COLUMN", help=_("Which column of the file holds a field; repeat for more.")
    ),
]
Port = Annotated[
    int | None,
    typer.Option(metavar="N", min=0, max=65535, help=_("Port of the pages; 0 takes any free one.")),
]
Host = Annotated[
    str,
    typer.Option(
        metavar="ADDRESS", help=_("Address to listen on; 127.0.0.1 is reached from this machine only.")
    ),
]
