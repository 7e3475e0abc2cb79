"""What can go wrong on the way out: the problems of sources in words of channels, without addresses, which may be secret."""

from __future__ import annotations

import re
from typing import ClassVar
from urllib.parse import urlsplit

from outlisten.sources import problems
from outlisten.sources.problems import SourceProblem, in_language
from outlisten.sources.said import Said
from outlisten.words import Locale


class ChannelProblem(SourceProblem):
    """A message could not be delivered. Each is also the problem of sources that it retells, with its kind and its pause."""

    SAID: ClassVar[Said]

    def __init_subclass__(cls) -> None:
        cls.SENTENCE = cls.SAID.en

    def text(self, locale: Locale) -> str:
        """The sentence in a language a person reads, with its reason in the same language."""
        details = {name: in_language(value, locale) for name, value in self.details.items()}
        return self.SAID.text(locale).format(**details)


class MessageRefused(ChannelProblem):
    """The channel answered that it does not take this message: it surely did not arrive, and would not the next time."""

    SAID = Said(
        "{host} did not take the message ({reason}). It is not sent again; look at the entries of the channel.",
        "{host} 没有接受这条消息（{reason}）。不会再次发送；请检查该渠道的设置。",
    )
    kind = "message"
    pause = True


class Unreachable(ChannelProblem, problems.Unreachable):
    """No answer."""

    SAID = Said(
        "{host} does not answer ({reason}). The message is sent again by itself.",
        "{host} 没有响应（{reason}）。稍后会自动重新发送。",
    )


class Unavailable(ChannelProblem, problems.Unavailable):
    """The channel cannot now."""

    SAID = Said(
        "{host} says that it cannot take messages now ({status}). The message is sent again by itself.",
        "{host} 表示暂时无法接收消息（{status}）。稍后会自动重新发送。",
    )


class Throttled(ChannelProblem, problems.Throttled):
    """Too many messages."""

    SAID = Said(
        "{host} asks us to wait before more is sent. The message is sent again by itself.",
        "{host} 要求放慢发送（发送过于频繁）。到时会自动重新发送。",
    )


class QuotaUsedUp(ChannelProblem, problems.QuotaUsedUp):
    """No more messages until a day or month ends."""

    SAID = Said(
        "The account’s quota at {host} is used up. The message is sent again by itself.",
        "该账号在 {host} 的配额已用完。稍后会自动重新发送。",
    )


class CredentialRefused(ChannelProblem, problems.CredentialRefused):
    """The key, token, password or secret address is wrong, expired or withdrawn."""

    SAID = Said(
        "{host} refused the key, password or secret address ({status}). Make a new one, enter it here, then test the channel.",
        "{host} 拒绝了密钥、密码或私密地址（{status}）。请到那里重新生成，在此填写，然后测试该渠道。",
    )


class NotAllowed(ChannelProblem, problems.NotAllowed):
    """The key is right but may not do this."""

    SAID = Said(
        "{host} does not let this account send there ({status}). Give it the right there, or send to another place.",
        "{host} 不允许此账号向那里发送（{status}）。请在那里授权，或改为发送到其他位置。",
    )


class NotThere(ChannelProblem, problems.NotThere):
    """The channel, group or project is not there any more."""

    SAID = Said(
        "{host} knows nothing at the address of this channel ({status}). Check its entries, or remove the channel.",
        "{host} 上找不到该渠道的地址（{status}）。请检查其设置，或移除该渠道。",
    )


class AddressRefused(ChannelProblem, problems.AddressRefused):
    """An address that nothing must be sent to."""

    SAID = Said(
        "Nothing is sent to {host}: {reason}. If it is a server of your own, name it in OUTLISTEN_OWN_SERVERS.",
        "不会向 {host} 发送：{reason}。如果是你自己的服务器，请写入 OUTLISTEN_OWN_SERVERS。",
    )


class TooMuch(ChannelProblem, problems.TooMuch):
    """The answer is longer than is sensible; the message may have arrived."""

    SAID = Said(
        "{host} answered more than is sensible ({reason}). The message may have arrived; it is not sent again.",
        "{host} 的响应超出合理范围（{reason}）。消息可能已送达，不会再次发送。",
    )


class ShapeChanged(ChannelProblem, problems.ShapeChanged):
    """The answer says neither yes nor no in the documented way; the message may have arrived."""

    SAID = Said(
        "{host} answered in another shape than it documents ({reason}). The message may have arrived; it is not sent again.",
        "{host} 返回的数据格式与其文档不符（{reason}）。消息可能已送达，不会再次发送。",
    )


RETOLD: dict[type[SourceProblem], type[ChannelProblem]] = {
    problems.Unreachable: Unreachable, problems.Unavailable: Unavailable, problems.Throttled: Throttled,
    problems.QuotaUsedUp: QuotaUsedUp, problems.CredentialRefused: CredentialRefused, problems.NotAllowed: NotAllowed,
    problems.NotThere: NotThere, problems.AddressRefused: AddressRefused, problems.TooMuch: TooMuch,
    problems.ShapeChanged: ShapeChanged,
}  # fmt: skip


def of_channel(problem: SourceProblem) -> SourceProblem:
    """The same problem in the words of channels, with the host in place of an address."""
    told = RETOLD.get(type(problem))
    if told is None:
        return problem
    details = {name: value for name, value in problem.details.items() if name != "address"}
    details.setdefault("host", _host(str(problem.details.get("address", ""))))
    waits = problems.Unavailable | problems.QuotaUsedUp
    wait = {"wait": problem.wait} if isinstance(problem, waits) else {}
    return told(**details, **wait)


def _host(address: str) -> str:
    try:
        host = urlsplit(address).hostname
    except ValueError:
        host = None
    return host or re.split(r"[/?#]", address, maxsplit=1)[0]
