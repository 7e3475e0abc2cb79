"""Who the accounts are: Jetstream tells their number only, Bluesky shows their name to everyone who asks."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from outlisten.sources.atproto.xrpc import APPVIEW, Refused, Xrpc, in_groups, listed
from outlisten.sources.fetching import Fetcher
from outlisten.sources.problems import SourceProblem

REMEMBERED = 10_000


class Names:
    """Profiles by account, looked up twenty-five at once and remembered."""

    def __init__(self, fetcher: Fetcher, service: str = APPVIEW) -> None:
        self._service = Xrpc(fetcher, service)
        self._known: OrderedDict[str, Mapping[str, Any]] = OrderedDict()

    def of(self, dids: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """The profiles that are known or can be had now: a post without its author's name is better than none."""
        unknown = [did for did in dict.fromkeys(dids) if did not in self._known]
        for group in in_groups(unknown):
            with suppress(SourceProblem, Refused):
                found = self._service.query("app.bsky.actor.getProfiles", {"actors": group})
                for profile in listed(found, "profiles", self._service.host):
                    self._known[str(profile.get("did"))] = profile
        known = {did: self._known[did] for did in dids if did in self._known}
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return known
