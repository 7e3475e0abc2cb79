"""An official account that answers as WeChat does: its articles, their comments, and what was sent to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx2
from tests.sources.network import NOW, Network, told

from outlisten.sources.pushing import Push
from outlisten.sources.wechat.connector import WeChat
from outlisten.sources.wechat.proofs import signature

APP, TOKEN, SECRET = "wx0123456789abcdef", "a token 令牌", "an app secret"
KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
PERSON = "oAAAAAAAAAAAAAAAAAAAAAAAAAAA"
XML = (
    "<xml><ToUserName><![CDATA[gh_0000000000ab]]></ToUserName><FromUserName><![CDATA[oAAAAAAAAAAAAAAAAAAAAAAAAAAA]]>"
    "</FromUserName><CreateTime>1796126400</CreateTime><MsgType><![CDATA[text]]></MsgType>"
    "<Content><![CDATA[水壶漏水了，怎么换？]]></Content><MsgId>24000000000000001</MsgId></xml>"
)
# The same message as wechatpy 1.8.18 encrypts it with KEY for APP, and its signature with TOKEN, NOW and the nonce 42.
SEALED = (
    "Q3stYC6hdFzMh9T8HCvyDAR8/sDLgG4XO1B1AO/T0At/297GZnIKl/FczD3lvVs4CmLFGPOI0ISdJEhY1MQvKP8gthDB/f++gnrc8HxP4vSwfBKCZs8V"
    "Ec3iGGkcUR+lGYkrqckWln3+so/EDUtNrdvPs9KFvvfWRA9wodqp3W2z2q9I8mTyRA7qE2nWbfll1Wpn4dgbocbqvvluXCtA2+gXgbWROVyY04WbwS3z"
    "QYFTu3azp83naQDdrgK+Xb+uH2XqgWruDYSdvfLpBbufjm1g0kg/RxKjybPrwl8Dfbz3uAb+2hMhd5eRmyuiqa3DecuepIFggelA37/Ys52yBDUKNdF9"
    "tSSqLngtLta/XKW12uP6kzwRSkANz2E2uR/4lKZ+qWkJwRIV6d/6eHXrUHwKYfWuuwEbUDvbc9UK/SAAKJooxKJoiAZaXJsR9GOLH2krVDr6kGbQzwiA"
    "6oj8cw=="
)
SEALED_SIGNATURE = "d51219dd76c7d380efd4b9f51ec844216c406929"


def pushed(
    body: str = XML, *, method: str = "POST", token: str = TOKEN, at: int | None = None, **query: str
) -> Push:
    """A request as WeChat signs it."""
    said = str(int(NOW.timestamp()) if at is None else at)
    signed = {"timestamp": said, "nonce": "42", "signature": signature(token, said, "42")}
    return Push(method, signed | query, {}, body.encode(), NOW)


def pushed_sealed(sealed: str = SEALED, **query: str) -> Push:
    """An encrypted request."""
    body = f"<xml><ToUserName><![CDATA[gh_0000000000ab]]></ToUserName><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
    return pushed(body, **({"encrypt_type": "aes", "msg_signature": SEALED_SIGNATURE} | query))


def comment(number: int, said: str = "好看", reply: str = "", **more: Any) -> dict[str, Any]:
    """A comment as the list holds it."""
    told = {"user_comment_id": number, "create_time": 1796040000 + number, "content": said, "comment_type": 0}
    return told | ({"reply": {"content": reply, "create_time": 1796050000}} if reply else {}) | more


class Account:
    """WeChat's side. `comments` by article (sending, index), `sent` articles by day; `codes` are errors by path."""

    def __init__(self) -> None:
        self.comments: dict[tuple[int, int], list[dict[str, Any]]] = {}
        self.sent: dict[str, list[dict[str, Any]]] = {}
        self.codes: dict[str, list[int]] = {}
        self.said: list[dict[str, Any]] = []
        self.tokens = 0
        self.on_list: Callable[[int], None] = lambda begin: None
        self.network = Network(self._answer)

    def connector(self, **options: Any) -> WeChat:
        """A source of this account."""
        now = options.pop("now", NOW)
        secrets = {"token": TOKEN, "app_secret": SECRET} | options.pop("secrets", {})
        found: WeChat = self.network.connector(WeChat, {"app_id": APP, **options}, secrets, now)
        return found

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        path, body = request.url.path, json.loads(request.content)
        if codes := self.codes.get(path):
            return told({"errcode": codes.pop(0), "errmsg": "no rid: 1"})
        if path == "/cgi-bin/stable_token":
            assert body == {"grant_type": "client_credential", "appid": APP, "secret": SECRET}
            self.tokens += 1
            return told({"access_token": f"token-{self.tokens}", "expires_in": 7200})
        assert request.url.params["access_token"] == f"token-{self.tokens}"
        if path == "/datacube/getarticletotal":
            assert body["begin_date"] == body["end_date"]
            return told({"list": self.sent.get(body["begin_date"], [])})
        if path == "/cgi-bin/comment/list":
            return self._listed(body)
        self.said.append(body | {"path": path})
        return told({"errcode": 0, "errmsg": "ok"})

    def _listed(self, body: dict[str, Any]) -> httpx2.Response:
        assert 0 < body["count"] < 50
        self.on_list(body["begin"])
        there = self.comments.get((body["msg_data_id"], body["index"]))
        if there is None:
            return told({"errcode": 88001, "errmsg": "msg_data is not exists"})
        part = there[body["begin"] : body["begin"] + body["count"]]
        return told({"errcode": 0, "errmsg": "ok", "total": len(there), "comment": part})
