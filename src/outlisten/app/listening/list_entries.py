"""The lines of a saved list: which are accounts and which are sites."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from outlisten.query.folding import fold

MOST_LINES = 10_000
LONGEST_LINE = 200
_ADDRESS = re.compile(r"(?i:https?)://(?:www\.)?([^/?#:\s]+)")
_DOMAIN = re.compile(r"(?i:www\.)?((?:[\w-]+\.)+([\w-]{2,}))(?:/\S*)?")
# Names of accounts hold dots too (john.smith): only these endings, and every country's two letters, make a site.
ENDINGS = frozenset(
    "com net org info biz edu gov mil int app dev shop store site online news blog media live club vip top xyz wang ltd "
    "group tech cloud pro name mobi asia 中国 公司 网络 网址 在线 商城 中文网".split()
)


@dataclass(frozen=True, slots=True)
class Entries:
    """Accounts as typed and domains in small letters, each once; `repeated` lines said again what was there."""

    accounts: tuple[str, ...]
    sites: tuple[str, ...]
    repeated: int = 0


def read_entries(text: str) -> Entries:
    """What the lines say; blank ones are passed over. Raises ValidationError with one sentence."""
    accounts: dict[str, str] = {}
    sites: dict[str, None] = {}
    lines = [line for number, typed in enumerate(text.splitlines(), 1) if (line := _line(typed, number))]
    if len(lines) > MOST_LINES:
        raise ValidationError(
            _("%(n)d lines are more than the %(most)d that a list holds; make several lists.")
            % {"n": len(lines), "most": MOST_LINES}
        )
    for line in lines:
        site = site_named(line)
        if site:
            sites.setdefault(site)
        elif account := line.lstrip("@＠").strip():
            accounts.setdefault(fold(account), account)
    if not accounts and not sites:
        raise ValidationError(_("Write at least one account or site, one a line."))
    return Entries(tuple(accounts.values()), tuple(sites), len(lines) - len(accounts) - len(sites))


def written(accounts: list[str], sites: list[str]) -> str:
    """Lines that are read as the same again: an account that looks like a site gets its @."""
    return "\n".join([*(f"@{one}" if site_named(one) else one for one in accounts), *sites])


def site_named(line: str) -> str | None:
    """The domain that a line names, without www.; None for an account."""
    if address := _ADDRESS.match(line):
        return address[1].lower()
    domain = _DOMAIN.fullmatch(line)
    if domain is None:
        return None
    ending = domain[2].lower()
    country = len(ending) == 2 and ending.isascii() and ending.isalpha()
    return domain[1].lower() if country or ending in ENDINGS or ending.startswith("xn--") else None


def _line(typed: str, number: int) -> str:
    line = typed.strip()
    if not line.isprintable():
        line = "".join(char for char in line if char.isprintable()).strip()
    if len(line) > LONGEST_LINE:
        raise ValidationError(
            _("Line %(line)d is longer than %(most)d characters; write one account or site a line.")
            % {"line": number, "most": LONGEST_LINE}
        )
    return line
