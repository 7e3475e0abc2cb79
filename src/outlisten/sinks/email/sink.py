"""A mail server that takes mails for others."""

from __future__ import annotations

import smtplib
from contextlib import closing, suppress
from email.errors import MessageError
from email.headerregistry import Address

from outlisten.sinks.email.writing import mail
from outlisten.sinks.message import Message
from outlisten.sinks.sink import Delivered, Reached, Sink
from outlisten.sources.connector import Setting
from outlisten.sources.email.connections import SMTP_PORTS, TLS, Server, postman, told
from outlisten.sources.problems import WrongOption
from outlisten.sources.said import Said

NO_MAIL_ADDRESS = Said("this is no mail address", "这不是邮件地址")


class Email(Sink):
    """Mails from one address to some others."""

    PACKAGE = "outlisten.sinks.email"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._sender = self._address("sender", setting.text("sender"), setting.text("sender_name"))
        self._to = tuple(self._address("to", one) for one in setting.words("to"))
        security = setting.text("security") or TLS
        port = int(str(setting.options.get("port") or SMTP_PORTS[security]))
        self._server = Server(setting.text("host"), port, security)

    def send(self, message: Message) -> Delivered:
        written = mail(message, sender=self._sender, to=self._to)
        with told(self._server.host), closing(self._postman()) as smtp:
            refused = smtp.send_message(written)
            with suppress(
                smtplib.SMTPException, OSError
            ):  # it is taken; that a good-bye fails changes nothing
                smtp.quit()
        return Delivered(str(written["Message-ID"]).strip("<>"), status=250, answer=_refused(refused))

    def reach(self) -> Reached:
        """Sign in and ask whether mails from and to these addresses are taken, without handing one over."""
        with told(self._server.host), closing(self._postman()) as smtp:
            code, said = smtp.mail(self._sender.addr_spec)
            if code >= 300:
                raise smtplib.SMTPSenderRefused(code, said, self._sender.addr_spec)
            for one in self._to:
                code, said = smtp.rcpt(one.addr_spec)
                if code >= 300:
                    raise smtplib.SMTPRecipientsRefused({one.addr_spec: (code, said)})
            smtp.rset()
        return Reached(self._sender.addr_spec, ", ".join(one.addr_spec for one in self._to))

    def _postman(self) -> smtplib.SMTP:
        user = self.setting.text("user") or self._sender.addr_spec
        return postman(
            self._server, self.fetcher.guard, user=user, password=self.setting.secrets.get("password", "")
        )

    def _address(self, option: str, address: str, name: str = "") -> Address:
        try:
            made = Address(" ".join(name.split()), addr_spec=address)
            usable = bool(made.username and made.domain)
        except (ValueError, IndexError, TypeError, MessageError):
            usable = False
        if not usable:
            raise WrongOption(option=self.title(option), reason=NO_MAIL_ADDRESS)
        return made


def _refused(refused: dict[str, tuple[int, bytes]]) -> str:
    """Which of several addresses the server did not take: the others got the mail, so that it is not sent again."""
    return "; ".join(f"{code} {address}" for address, (code, _) in refused.items())
