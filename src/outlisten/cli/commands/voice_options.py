"""What the commands of voices can be given."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from outlisten.cli.locales import help_words as _


class Relation(StrEnum):
    """What an account or a campaign is to a company."""

    OWNED = "owned"
    EMPLOYEE = "employee"
    PARTNER = "partner"
    PAID = "paid"


class AnyVoice(StrEnum):
    """Every voice a post can have."""

    OWNED = "owned"
    EMPLOYEE = "employee"
    PARTNER = "partner"
    PAID = "paid"
    EARNED = "earned"
    UNKNOWN = "unknown"


Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="ACCOUNT", help=_("Handles, numbers or names, as posts give them.")),
]
Platform = Annotated[
    str | None, typer.Option(metavar="NAME", help=_("Where these accounts are: x, weibo, …"))
]
GivenRelation = Annotated[
    Relation, typer.Option("--voice", metavar="VOICE", help=_("owned, employee, partner or paid."))
]
OfBrand = Annotated[
    str | None,
    typer.Option("--brand", metavar="NAME", help=_("Whose; the company itself unless you say so.")),
]
CampaignName = Annotated[
    str | None, typer.Option("--campaign", metavar="NAME", help=_("Declare a campaign of this name instead."))
]
CampaignQuery = Annotated[
    str | None, typer.Option("--query", metavar="QUERY", help=_("Hashtag, link or words of the campaign."))
]
FirstDay = Annotated[
    str | None, typer.Option("--since", metavar="DATE", help=_("First day, such as 2026-03-01."))
]
LastDay = Annotated[str | None, typer.Option("--until", metavar="DATE", help=_("Last day, included."))]
Markets = Annotated[str, typer.Option(metavar="LIST", help=_("Where it is read, such as CN,US."))]
Remark = Annotated[str, typer.Option("--note", metavar="TEXT", help=_("A remark."))]
Declared = Annotated[str, typer.Argument(metavar="NAME", help=_("A declared account or campaign."))]
PostId = Annotated[str, typer.Argument(metavar="POST", help=_("The id of the post, 16 hex digits."))]
GivenVoice = Annotated[
    AnyVoice | None,
    typer.Argument(metavar="VOICE", help=_("owned, employee, partner, paid, earned or unknown.")),
]
Reason = Annotated[str, typer.Option(metavar="TEXT", help=_("Why."))]
Clear = Annotated[bool, typer.Option("--clear", help=_("Take the correction away."))]
Tags = Annotated[list[str], typer.Argument(metavar="TAG", help=_("One or more tags."))]
Remove = Annotated[bool, typer.Option("--remove", help=_("Take these tags away."))]
