"""Everything people declared about voices, read at once and asked of many posts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, cast
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from outlisten.app.listening.clock import read_in, zone_of
from outlisten.app.listening.models import Brand, Campaign, DeclaredAccount, PostTag, VoiceCorrection
from outlisten.app.listening.queries.names import workspace
from outlisten.app.listening.teaching.standing import Standing, standing
from outlisten.app.listening.voices.companies import Companies
from outlisten.language.disclosure import find_markers
from outlisten.language.provenance import Declared, Provenance, Voice, provenance
from outlisten.query import Matcher, parse

Post = Mapping[str, Any]
# These may rest on a tie to a company that is none of ours; so may *unknown* where an author is named: a tie that the
# same text, or its source, denies.
TIED, DENIED = pa.array(["employee", "partner"]), "unknown"
Key = tuple[str, str]  # platform and folded name


@dataclass(frozen=True)
class Register:
    """Declarations of one moment; `corrections` and `tags` by post id, `companies` are those we listen to, `labels` what
    people say that posts say."""

    accounts: Mapping[Key, Sequence[DeclaredAccount]]
    campaigns: Mapping[str, Campaign]
    corrections: Mapping[str, Declared]
    tags: Mapping[str, Sequence[str]]
    companies: Companies
    zone: ZoneInfo
    labels: Standing

    def declare(self, posts: pa.Table) -> pa.Table:
        """Complete posts with what people say of them: voices, tags and labels. Rows that nothing concerns cost next to
        nothing: they are told apart by column, not one by one."""
        promoted = self._promoted(posts)
        concerned = self._concerned(posts, promoted)
        if concerned:
            told = {row: self._read(posts, row, promoted).voice for row in concerned}
            posts = _with(posts, "voice", told)
        posts = self.labels.applied(posts)
        tagged = _rows_of(posts["id"], self.tags)
        return _with(posts, "topic", {row: self._tagged(posts, row) for row in tagged}) if tagged else posts

    def voices(self, posts: pa.Table) -> list[str]:
        """The voice of every post of a table, told afresh."""
        promoted = self._promoted(posts)
        return [self._read(posts, row, promoted).voice for row in range(posts.num_rows)]

    def provenance(self, post: Post) -> Provenance:
        """The voice of one kept post with its evidence."""
        return self._of(post, self._promotions([post]).get(str(post["id"]), ()))

    def _concerned(self, posts: pa.Table, promoted: Mapping[str, object]) -> list[int]:
        """Rows whose voice a declaration may change, or rests on a word that may mean any company."""
        rows = set(_rows_of(posts["id"], self.corrections)) | set(_rows_of(posts["id"], promoted))
        if self._names:
            names = posts["author_names"].combine_chunks()
            known = pc.is_in(names.flatten(), pa.array(self._names, pa.string()))
            rows |= set(names.value_parent_indices().filter(known).to_pylist())
        return sorted(rows | set(_tied(posts)))

    @cached_property
    def _names(self) -> list[str]:
        return sorted({name for _platform, name in self.accounts})

    def _read(self, posts: pa.Table, row: int, promoted: Mapping[str, Sequence[str]]) -> Provenance:
        post = {name: posts[name][row].as_py() for name in COLUMNS}
        return self._of(post, promoted.get(post["id"], ()))

    def _of(self, post: Post, promoted: Iterable[str]) -> Provenance:
        day, identifier = self.day_of(post), str(post["id"])
        title, text = post["title"], post["text"] or ""
        found = find_markers(title, text)
        return provenance(
            correction=self.corrections.get(identifier),
            accounts=[_held(a, day) for a in self._accounts_of(post) if a.holds_on(day) is not False],
            given=post["voice_given"],
            markers=[marker for marker in found if self.companies.concerned(marker, title, text)],
            campaigns=[_held(c, day) for name in promoted if (c := self.campaigns[name]).holds_on(day)],
            has_author=bool(post["author"] or post["author_handle"] or post["author_id"]),
        )

    def _accounts_of(self, post: Post) -> list[DeclaredAccount]:
        keys = ((str(post["platform"]), name) for name in post["author_names"] or ())
        return [account for key in keys for account in self.accounts.get(key, ())]

    def day_of(self, post: Post) -> date | None:
        """The day a post was written, in the workspace's zone; a source that gave only a day is believed."""
        written = post["created_at"]
        if written is None:
            return None
        day: date = (written if post["date_only"] else written.astimezone(self.zone)).date()
        return day

    @cached_property
    def _matcher(self) -> Matcher:
        matcher = Matcher()
        for name, campaign in self.campaigns.items():
            query = parse(campaign.query, read_in(self.zone))
            if query.valid:
                matcher.add(name, query)
        return matcher

    def _promoted(self, posts: pa.Table) -> dict[str, list[str]]:
        return self._promotions(posts) if self.campaigns else {}

    def _promotions(self, posts: pa.Table | Sequence[Post]) -> dict[str, list[str]]:
        """The campaigns whose query each post fits, by post id."""
        found: dict[str, list[str]] = defaultdict(list)
        for campaign, identifier in self._matcher.match(posts):
            found[identifier].append(campaign)
        return found

    def _tagged(self, posts: pa.Table, row: int) -> list[str]:
        given = posts["topic"][row].as_py() or []
        return sorted({*given, *self.tags[posts["id"][row].as_py()]})


COLUMNS = (
    "id", "platform", "created_at", "date_only", "title", "text", "author", "author_handle", "author_id",
    "author_names", "voice_given",
)  # fmt: skip


def read_register(post: Post | None = None) -> Register:
    """The register as it stands now, or what it says of one post: six short reads."""
    declared = DeclaredAccount.objects.all()
    tagged, corrected = PostTag.objects.all(), VoiceCorrection.objects.all()
    if post is not None:
        declared = declared.filter(platform=post["platform"], folded__in=list(post["author_names"] or ()))
        tagged, corrected = tagged.filter(post_id=post["id"]), corrected.filter(post_id=post["id"])
    accounts: dict[Key, list[DeclaredAccount]] = defaultdict(list)
    for account in declared:
        accounts[account.platform, account.folded].append(account)
    tags: dict[str, list[str]] = defaultdict(list)
    for identifier, tag in tagged.values_list("post_id", "tag"):
        tags[identifier].append(tag)
    corrections = corrected.values_list("post_id", "pk", "voice")
    here = workspace()
    return Register(
        accounts=accounts,
        campaigns={str(campaign.pk): campaign for campaign in Campaign.objects.all()},
        corrections={identifier: Declared(pk, cast(Voice, voice)) for identifier, pk, voice in corrections},
        tags=tags,
        companies=Companies([here.company, *Brand.objects.values_list("name", flat=True)]),
        zone=zone_of(here),
        labels=standing(None if post is None else [str(post["id"])]),
    )


def _held(declared: DeclaredAccount | Campaign, day: date | None) -> Declared:
    return Declared(declared.pk, cast(Voice, declared.voice), certain=declared.holds_on(day) is True)


def _tied(posts: pa.Table) -> list[int]:
    """Rows whose voice may rest on words that tie their writer to somebody."""
    voices, named = posts["voice"], pc.greater(pc.list_value_length(posts["author_names"]), 0)
    denied = pc.and_(pc.equal(voices, DENIED), named)
    found: list[int] = pc.indices_nonzero(pc.or_(pc.is_in(voices, TIED), denied)).to_pylist()
    return found


def _rows_of(ids: pa.ChunkedArray, wanted: Mapping[str, object]) -> list[int]:
    if not wanted:
        return []
    found: list[int] = pc.indices_nonzero(pc.is_in(ids, pa.array(list(wanted), pa.string()))).to_pylist()
    return found


def _with(posts: pa.Table, name: str, values: Mapping[int, object]) -> pa.Table:
    """The table with some values of a column replaced, by row."""
    place = posts.column_names.index(name)
    field = posts.schema.field(place)
    column = posts[name].to_pylist()
    for row, value in values.items():
        column[row] = value
    return posts.set_column(place, field, pa.array(column, field.type))
