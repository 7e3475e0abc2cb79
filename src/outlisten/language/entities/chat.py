"""Accounts in chat networks, told by the network's name: 加微信 haigang88, QQ：12345678, telegram @harbor."""

from __future__ import annotations

import re
from collections.abc import Iterator

from outlisten.language.entities.entity import Find
from outlisten.language.folded_text import FoldedText

_HAN_CUE = r"(?:微信|薇信|威信|维信|v信|加v|\+v|企微|扣扣)"
_LATIN_CUE = (
    r"(?<![a-z0-9])(?:vx|wx|wechat|weixin|qq|telegram|tg|whatsapp|line|kakao|instagram|insta|ins|"
    r"ig|snapchat|snap|skype|discord|signal)(?![a-z])"
)
_NAMED = re.compile(
    rf"(?:{_HAN_CUE}|{_LATIN_CUE})(?:号|群|id|me| is|是| id| me)?[\s:@+;,"
    rf"]{{0,3}}(?P<name>[a-z0-9][a-z0-9_.-]{{3,29}})(?![a-z0-9_@])"
)
_SURE = re.compile(r"[\d_]")


def find(whole: FoldedText) -> Iterator[Find]:
    """Account names behind the name of a network; a plain word behind it ("wechat payment") is none without a colon."""
    for match in _NAMED.finditer(whole.text):
        start, _end = match.span("name")
        said = match.group("name").rstrip(".-")
        if (
            _SURE.search(said)
            or ":" in whole.text[match.start() : start]
            or "@" in whole.text[match.start() : start]
        ):
            yield Find("handle", start, start + len(said), "chat-account", personal=True)
