"""Which posts were written by accounts declared as connected with us, and for which markets they write."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc
from django.db.models import Q

from outlisten.app.listening.clock import zone_of
from outlisten.app.listening.models import Brand, DeclaredAccount, VoiceCorrection
from outlisten.app.listening.queries.names import workspace
from outlisten.language.disclosure import MARKETS, RELATIONS, Market

Post = Mapping[str, Any]
_OTHER_NAMES: dict[str, Market] = {
    "USA": "US", "美国": "US", "GB": "UK", "英国": "UK", "欧盟": "EU", "CHINA": "CN", "中国": "CN",
}  # fmt: skip
_ENGLISH_MARKETS: tuple[Market, ...] = ("US", "UK", "EU")


@dataclass(frozen=True, slots=True)
class Connected:
    """The accounts registered as employees', partners' or paid ones of ours, by platform and folded name."""

    accounts: Mapping[tuple[str, str], Sequence[DeclaredAccount]]
    corrected: frozenset[str]  # posts of which a person said that they speak for nobody
    zone: ZoneInfo

    def posts_of(self, posts: pa.Table) -> list[tuple[Post, DeclaredAccount]]:
        """Each post by one of them with its account, on the days for which the account is declared."""
        rows = self._rows(posts)
        written = posts.take(pa.array(rows, pa.int64())).to_pylist() if rows else []
        found = [(post, self.account_of(post)) for post in written]
        return [(post, account) for post, account in found if account is not None]

    def account_of(self, post: Post) -> DeclaredAccount | None:
        """The declared account that wrote a post; none for private messages and posts corrected by hand."""
        if post.get("type") == "message" or post["id"] in self.corrected:
            return None
        keys = ((str(post["platform"]), name) for name in post["author_names"] or ())
        declared = [account for key in keys for account in self.accounts.get(key, ())]
        day = self._day_of(post)
        return next((account for account in declared if account.holds_on(day)), None)

    def _rows(self, posts: pa.Table) -> list[int]:
        """Told by column: a batch without any of these names costs next to nothing."""
        names = sorted({name for _platform, name in self.accounts})
        if not names or not posts.num_rows:
            return []
        authors = posts["author_names"].combine_chunks()
        known = pc.is_in(authors.flatten(), pa.array(names, pa.string()))
        return sorted(set(authors.value_parent_indices().filter(known).to_pylist()))

    def _day_of(self, post: Post) -> date | None:
        """The day a post was written, in the workspace's zone; a source that gave only a day is believed."""
        written = post["created_at"]
        if written is None:
            return None
        day: date = (written if post["date_only"] else written.astimezone(self.zone)).date()
        return day


def connected() -> Connected:
    """The register as it stands now."""
    accounts: dict[tuple[str, str], list[DeclaredAccount]] = defaultdict(list)
    for account in connected_accounts():
        accounts[account.platform, account.folded].append(account)
    others = (
        VoiceCorrection.objects.exclude(voice__in=RELATIONS) if accounts else VoiceCorrection.objects.none()
    )
    corrected = frozenset(others.values_list("post_id", flat=True))
    return Connected(accounts, corrected, zone_of(workspace()))


def connected_accounts() -> list[DeclaredAccount]:
    """Declared employees', partners' and paid accounts of ours, by platform and name."""
    ours = Q(brand=None) | Q(brand__side=Brand.Side.OWN)
    return list(DeclaredAccount.objects.filter(ours, voice__in=RELATIONS))


def markets_of(account: DeclaredAccount, post: Post) -> tuple[Market, ...]:
    """The markets an account was declared for; else those where the post's language is read."""
    said = re.findall(r"\w+", account.markets.upper())
    named = dict.fromkeys(_OTHER_NAMES.get(word, word) for word in said)
    known = tuple(market for market in MARKETS if market in named)
    if known:
        return known
    return ("CN",) if post["lang"] == "zh" else _ENGLISH_MARKETS
