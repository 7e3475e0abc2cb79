"""A professional account on Instagram as a source."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from hashlib import blake2b

from outlisten.sources.connector import (
    Connector,
    Cursor,
    Page,
    Post,
    Record,
    Sent,
    Setting,
    Standing,
    Welcome,
)
from outlisten.sources.graph_api.client import FACEBOOK, INSTAGRAM, GraphClient, Object
from outlisten.sources.instagram import hashtags, mapping
from outlisten.sources.instagram.client import OWN, TAGGED, Account, InstagramClient
from outlisten.sources.problems import AnswerRefused, NotThere, WrongOption
from outlisten.sources.times import utc
from outlisten.sources.under_posts import Topic, all_since, changed
from outlisten.sources.walking import parts

LATE = (
    3_600  # seconds by which a comment may turn up late: some are held back until somebody lets them through
)
REMEMBERED = 300  # comments of that stretch, for each medium
DAYS = 30
HOST = "instagram.com"
ONLY_FACEBOOK = "hashtags and tags need a token of Facebook Login and the number of the account"


class Instagram(Connector):
    """The account's media of the last days with what is new under them, media that tag it, and hashtags."""

    PACKAGE = "outlisten.sources.instagram"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        secrets, self._by_facebook = setting.secrets, setting.text("login") != "instagram"
        graph = GraphClient(
            self.fetcher, secrets.get("token", ""), base=FACEBOOK if self._by_facebook else INSTAGRAM,
            app_secret=secrets.get("app_secret", "") if self._by_facebook else "",
        )  # fmt: skip
        self._client = InstagramClient(graph, setting.text("account") if self._by_facebook else "")

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """What was written or changed since the cursor; hashtags come last, as theirs is the smallest quota."""
        names = self._hashtags()
        account = self._account()
        walks: dict[str, Callable[[Cursor], Iterator[Page]]] = {"media": partial(self._media, account)}
        for name in names:
            walks[f"#{name}"] = partial(hashtags.recent, self._client, account, name)
        return parts(cursor, walks)

    def post(self, record: Record) -> Post:
        return mapping.post(record)

    def again(self, native_ids: Sequence[str]) -> Iterator[Standing]:
        """How the account's media and the comments on them stand, one question each; of others' media it is not known."""
        account = self._account()
        checked, media = False, dict[str, Object]()
        for name in native_ids:
            try:
                yield self._standing(account, name, media)
            except NotThere:
                if not checked:
                    self._client.check(account)
                    checked = True
                yield Standing(name, gone=True)

    def answer(self, to: str, text: str) -> Sent:
        """Answer a comment in its thread, or under a medium of one's own. Raises SourceProblem."""
        place, name = self._place(to)
        sent = self._client.answer(place, _addressed(name, text), under_comment=_is_comment(to))
        return replace(sent, native_id=mapping.comment_id(to.split("/")[1], sent.native_id))

    def answered(self, to: str, text: str) -> Sent | None:
        account = self._account()
        place, name = self._place(to)
        wanted = _words(_addressed(name, text))
        for one in self._client.under(place, under_comment=_is_comment(to)):
            author = one.get("from") or {}
            ours = account.id == author.get("id") or account.name == (
                author.get("username") or one.get("username")
            )
            if ours and _words(str(one.get("text") or "")) == wanted:
                return Sent(mapping.comment_id(to.split("/")[1], str(one["id"])))
        return None

    def welcome(self) -> Welcome:
        """The account, and its newest media."""
        account = self._account()
        page = next(self._media(account, {}))
        return Welcome(account.name, self._sample(page.records))

    def _account(self) -> Account:
        if self._by_facebook and not self.setting.text("account").isdigit():
            raise WrongOption(option="account", reason="enter the number of the Instagram account")
        return self._client.account()

    def _hashtags(self) -> list[str]:
        names = [word.lstrip("#＃").strip() for word in self.setting.words("hashtags")]
        if names and not self._by_facebook:
            raise WrongOption(option="hashtags", reason=ONLY_FACEBOOK)
        if len(names) > hashtags.MOST:
            raise WrongOption(
                option="hashtags", reason="an account may search for thirty hashtags in seven days"
            )
        return [name for name in names if name]

    def _media(self, account: Account, cursor: Cursor) -> Iterator[Page]:
        return changed(cursor, self._topics(account), partial(self._under, account))

    def _topics(self, account: Account) -> Iterator[Sequence[Topic]]:
        kinds = [OWN, TAGGED] if self._by_facebook and self.setting.options.get("tagged") else [OWN]
        first = self.setting.now - timedelta(days=int(self.setting.text("days") or DAYS))
        for kind in kinds:
            for media in self._client.media(account, kind):
                about = {"account": account.as_json(), "by": kind}
                late = [one for one in media if (when := utc(one.get("timestamp"))) and when >= first]
                yield [Topic(f"{kind} {one['id']}", _mark(one), {**about, "media": one}) for one in late]
                if not late:
                    break

    def _under(self, account: Account, topic: Topic, cursor: Cursor) -> Iterator[Page]:
        """What is new under a medium of one's own; comments on those of others are not ours to read."""
        if topic.record["by"] != OWN:
            return
        medium = {name: topic.record["media"].get(name) for name in ("id", "permalink")}
        ask = partial(self._client.comments, {"account": account.as_json(), "media": medium})
        try:
            yield from all_since(cursor, ask, late=LATE, most=REMEMBERED)
        except NotThere:  # taken down since it was listed
            return

    def _standing(self, account: Account, name: str, media: dict[str, Object]) -> Standing:
        """How one stands; a medium is asked for once, and with it go the comments on it. Raises NotThere."""
        kind, _, rest = name.partition("/")
        medium, _, comment = rest.partition("/")
        if kind not in {"media", "comment"}:
            return Standing(name)
        if medium not in media:
            media[medium] = self._client.medium(medium)
        record = {"account": account.as_json(), "by": OWN, "media": media[medium]}
        if comment:
            record |= {"comment": self._client.comment(comment)}
        return Standing(name, record=record)

    def _place(self, to: str) -> tuple[str, str]:
        """What an answer is written under, and who must be named in it: a thread has no second depth."""
        if not _is_comment(to):
            if not to.startswith("media/"):
                raise AnswerRefused(host=HOST, reason="others’ media cannot be answered from here")
            return to.split("/")[1], ""
        comment = self._client.comment(to.split("/")[2])
        if not (parent := comment.get("parent_id")):
            return str(comment["id"]), ""
        return str(parent), str((comment.get("from") or {}).get("username") or comment.get("username") or "")


def _mark(medium: Object) -> str:
    """Another one once there is another number of comments, another newest one, or another caption."""
    newest = [one.get("id") for one in (medium.get("comments") or {}).get("data") or []]
    caption = blake2b(str(medium.get("caption")).encode(), digest_size=4).hexdigest()
    return f"{medium.get('comments_count') if 'comments' in medium else ''} {newest} {caption}"


def _is_comment(name: str) -> bool:
    return name.startswith("comment/")


def _addressed(name: str, text: str) -> str:
    return f"@{name} {text}" if name and not text.startswith(f"@{name}") else text


def _words(text: str) -> str:
    """Words alone: the network may write blanks in its own way."""
    return " ".join(text.split())
