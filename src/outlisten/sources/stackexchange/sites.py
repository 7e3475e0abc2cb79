"""The sites of the network: one name for each however it was entered, and where each lies."""

from __future__ import annotations

# Sites with a domain of their own; all others are under stackexchange.com (api.stackexchange.com/docs/sites).
OWN_DOMAIN = frozenset({"stackoverflow", "superuser", "serverfault", "askubuntu", "stackapps"})


def named(entered: str) -> str:
    """The name the interface gives a site, from a name, a domain or an address: `stackoverflow`, `unix`, `meta`."""
    host = entered.lower().strip().split("://")[-1].split("/")[0].removeprefix("www.")
    return host.removesuffix(".com").removesuffix(".stackexchange")


def host(site: str) -> str:
    """The host of a site of that name."""
    if site.endswith(".net"):
        return site
    own = site.rsplit(".", maxsplit=1)[-1] in OWN_DOMAIN
    return f"{site}.com" if own else f"{site}.stackexchange.com"
