"""One incoming webhook of Slack, or of a chat that takes the same."""

from __future__ import annotations

from outlisten.sinks.message import Message
from outlisten.sinks.sink import Delivered, Sink
from outlisten.sinks.slack.writing import payload
from outlisten.sources.connector import Setting
from outlisten.sources.fetching import Answer
from outlisten.sources.problems import CredentialRefused, NotAllowed, NotThere

# What Slack says in a word, by the status that it says it with.
WITHDRAWN = ("invalid_token", "no_service", "no_service_id", "no_team", "team_disabled", "no_active_hooks")
FORBIDDEN = ("action_prohibited", "posting_to_general_channel_denied", "posting_to_channel_denied")
AWAY = ("channel_not_found", "channel_is_archived", "user_not_found")


class Slack(Sink):
    """Writes to the channel that the webhook was made for."""

    PACKAGE = "outlisten.sinks.slack"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._hook = self.secret_address("hook")

    def send(self, message: Message) -> Delivered:
        answer = self.ask("POST", self._hook, json=payload(message), judged=(400, 403, 404, 410))
        if answer.status >= 400:
            raise self._problem(answer)
        return Delivered(status=answer.status, answer=self.excerpt(answer))

    def _problem(self, answer: Answer) -> Exception:
        """Slack's own word tells more than the status."""
        said = answer.body[:100].decode("utf-8", "replace").strip()
        if said in WITHDRAWN:
            return CredentialRefused(host=answer.host, status=said)
        if said in FORBIDDEN:
            return NotAllowed(host=answer.host, status=said)
        if said in AWAY or answer.status in {404, 410}:
            return NotThere(
                host=answer.host, address=answer.host, status=said if said in AWAY else answer.status
            )
        if answer.status == 403:
            return NotAllowed(host=answer.host, status=403)
        return self.refused(answer)
