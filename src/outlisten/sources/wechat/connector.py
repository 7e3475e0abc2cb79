"""An official account of WeChat as a source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from hashlib import blake2b

from outlisten.sources.connector import Cursor, Page, Post, Record, Sent, Setting, Standing, Welcome
from outlisten.sources.problems import AnswerRefused, WrongOption
from outlisten.sources.pushing import Arrived, NotTaken, Push, Pushed
from outlisten.sources.wechat import mapping
from outlisten.sources.wechat.client import Article, WeChatClient
from outlisten.sources.wechat.comments import new_comments, whole_list
from outlisten.sources.wechat.documents import NoDocument, fields
from outlisten.sources.wechat.proofs import Unreadable, is_signed, key_of, opened

COMMENT = re.compile(r"comment/(\d+)/(\d+)/(\d+)(/reply)?", re.ASCII)
MESSAGE = re.compile(r"message/([^/]+)/\d+", re.ASCII)
TAKEN = "success"  # else WeChat sends the message three times, and tells the person that the account is out of order


class WeChat(Pushed):
    """Messages are sent here; comments are asked for, where a person wants them."""

    PACKAGE = "outlisten.sources.wechat"
    MOST_A_MINUTE = 6_000  # one message each

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._app_id = setting.text("app_id")
        self._client = WeChatClient(self.fetcher, self._app_id, setting.secrets.get("app_secret", ""))

    def lets_in(self, push: Push) -> bool:
        """Where there is a key, only what was encrypted with it: a signature alone does not cover the message."""
        token = self.setting.secrets.get("token", "")
        if push.method != "POST" or not self._is_sealed:
            return is_signed(token, push.query, push.at)
        try:
            sealed = fields(push.body).get("Encrypt", "")
            return is_signed(token, push.query, push.at, sealed=sealed) and bool(self._unsealed(sealed))
        except (NoDocument, Unreadable, WrongOption):
            return False

    def arrived(self, push: Push) -> Arrived:
        """A message; of what people do without words (following, menus) nothing is kept."""
        if push.method != "POST":
            return Arrived(reply=push.query.get("echostr", ""))
        try:
            message = fields(push.body)
            if self._is_sealed:
                message = fields(self._unsealed(message["Encrypt"]))
        except NoDocument as problem:
            raise NotTaken(400, "The body is no XML.") from problem
        if "MsgType" not in message and "Encrypt" in message:
            return Arrived([{"kind": "sealed", "message": message}], TAKEN)
        if message.get("MsgType", "event") == "event":
            return Arrived(reply=TAKEN)
        return Arrived([{"kind": "message", "message": message}], TAKEN)

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """The comments that stand under the articles; those that are known already come again and are known by their ids."""
        self._check_key()
        if not self.setting.options.get("comments"):
            yield Page((), cursor)
            return
        yield from new_comments(self._client, cursor, named=self._articles, now=self.setting.now)

    def post(self, record: Record) -> Post:
        return mapping.post(record)

    def again(self, native_ids: Sequence[str]) -> Iterator[Standing]:
        """How comments stand, a list for each article; of messages it is not known."""
        asked = {name: COMMENT.fullmatch(name) for name in native_ids}
        lists = {
            article: whole_list(self._client, article)
            for article in dict.fromkeys(_article(found) for found in asked.values() if found)
        }
        for name, found in asked.items():
            if found is None:
                yield Standing(name)
                continue
            article = _article(found)
            if (
                name not in lists[article]
            ):  # a list that grew or shrank while it was read may have skipped one
                lists[article] |= whole_list(self._client, article)
            record = lists[article].get(name)
            yield Standing(name, gone=record is None, record=record)

    def answer(self, to: str, text: str) -> Sent:
        """A reply below a comment, or a message to the person who wrote one."""
        if comment := COMMENT.fullmatch(to):
            return self._reply(to, _article(comment), int(comment[3]), text)
        if message := MESSAGE.fullmatch(to):
            self._client.send(message[1], text)
            return Sent(f"{to}/{blake2b(text.encode(), digest_size=8).hexdigest()}")
        raise self._cannot("answer this", "回复此内容")

    def answered(self, to: str, text: str) -> Sent | None:
        """The account's reply to a comment. Of messages that were sent WeChat does not tell: NotOffered."""
        comment = COMMENT.fullmatch(to)
        if comment is None:
            raise self._cannot("look up a message that was sent", "查找已发送的消息")
        record = whole_list(self._client, _article(comment)).get(_reply_id(to))
        same = record is not None and str(record["comment"]["reply"]["content"]).strip() == text.strip()
        return Sent(_reply_id(to)) if same else None

    def welcome(self) -> Welcome:
        """Whether the keys have the right form and WeChat takes the secret; messages come once the address is entered there."""
        self._check_key()
        if self._client.signed_in:
            self._client.check()
        if not self.setting.options.get("comments"):
            return Welcome(self._app_id)
        page = next(iter(self.pages({})))
        return Welcome(self._app_id, self._sample(page.records))

    def _reply(self, to: str, article: Article, comment: int, text: str) -> Sent:
        try:
            self._client.reply(article, comment, text)
        except AnswerRefused:
            if standing := self.answered(to, text):  # sent before, and its answer was lost on the way
                return standing
            raise
        return Sent(_reply_id(to))

    @property
    def _is_sealed(self) -> bool:
        return bool(self.setting.secrets.get("encoding_key"))

    def _unsealed(self, sealed: str) -> bytes:
        self._check_key()
        return opened(sealed, key_of(self.setting.secrets["encoding_key"]), self._app_id)

    def _check_key(self) -> None:
        if not self._is_sealed:
            return
        try:
            key_of(self.setting.secrets["encoding_key"])
        except ValueError as problem:
            raise WrongOption(
                option="EncodingAESKey", reason="this key has 43 letters and digits"
            ) from problem

    @cached_property
    def _articles(self) -> list[Article]:
        found = []
        for name in self.setting.words("articles"):
            article = Article.named(name)
            if article is None:
                raise WrongOption(option=name, reason="an article is written as 2247483650_1")
            found.append(article)
        return found


def _article(found: re.Match[str]) -> Article:
    return Article(int(found[1]), int(found[2]))


def _reply_id(name: str) -> str:
    return name if name.endswith("/reply") else f"{name}/reply"
