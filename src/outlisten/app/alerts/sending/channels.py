"""A channel's row as the sink it stands for."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from outlisten.app.alerts.models import Channel
from outlisten.app.sources.secrets import Unsealable, opened
from outlisten.app.sources.setting import fetcher
from outlisten.sinks.registry import NoSink, sink
from outlisten.sinks.sink import Sink
from outlisten.sources.connector import Setting
from outlisten.sources.options import entered
from outlisten.words import Locale

SAID = {
    "gone": {"en": "This kind of channel is not installed any more.", "zh-hans": "此类渠道已不再安装。"},
    "removed": {"en": "The channel was removed.", "zh-hans": "该渠道已移除。"},
    "unexpected": {
        "en": "Something unexpected happened; the log says what. The message may have arrived.",
        "zh-hans": "发生了意外，详见日志。消息可能已送达。",
    },
    "sealed": {
        "en": "Its secrets were sealed with another key: enter them again.",
        "zh-hans": "其密钥由另一把密钥加密：请重新填写。",
    },
}


class Unusable(Exception):
    """A channel that cannot send: its sink is not installed, or its secrets cannot be opened."""

    def text(self, locale: Locale) -> str:
        """The sentence in a language."""
        return SAID[str(self)][locale]


def opened_sink(channel: Channel) -> Sink:
    """The channel's sink, ready to deliver. Raises Unusable, SourceProblem."""
    try:
        secrets = opened(channel.sealed)
    except Unsealable as problem:
        raise Unusable("sealed") from problem
    return made(channel.sink, channel.options, secrets)


def made(name: str, options: Mapping[str, str], secrets: Mapping[str, str]) -> Sink:
    """A sink with these entries. Raises Unusable, WrongOption."""
    try:
        kind = sink(name)
    except NoSink as problem:
        raise Unusable("gone") from problem
    asked = {option.name: option for option in kind.manifest().options if not option.secret}
    values = entered([*asked.values()], {k: v for k, v in options.items() if k in asked})
    return kind(Setting(values, dict(secrets), fetcher(), timezone.now()))
