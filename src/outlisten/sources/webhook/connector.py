"""Posts that are sent here. What arrived is kept by whoever runs the source; there is nothing to ask for."""

from __future__ import annotations

from collections.abc import Iterator

from outlisten.sources.connector import Cursor, Page, Post, Record, Setting, Welcome
from outlisten.sources.problems import WrongOption
from outlisten.sources.pushing import Arrived, Push, Pushed
from outlisten.sources.rows import chosen_fields
from outlisten.sources.webhook import mapping
from outlisten.sources.webhook.items import items
from outlisten.sources.webhook.proofs import SHORTEST, has_token, is_signed


class Webhook(Pushed):
    """One sender. A record is one item as it was sent."""

    PACKAGE = "outlisten.sources.webhook"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._secret = setting.secrets.get("secret", "")
        titles = {option.name: option.title.en for option in self.manifest().options}
        if len(self._secret) < SHORTEST:
            raise WrongOption(option=titles["secret"], reason=f"≥ {SHORTEST}")
        self._chosen = chosen_fields(setting.words("fields"), titles["fields"])

    def lets_in(self, push: Push) -> bool:
        if push.method != "POST":
            return False
        if self.setting.text("proof") == "token":
            return has_token(self._secret, push.headers)
        return is_signed(self._secret, push.headers, push.body, push.at)

    def arrived(self, push: Push) -> Arrived:
        return Arrived(items(push.body))

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """Nothing: what comes was sent."""
        yield Page((), cursor)

    def post(self, record: Record) -> Post:
        platform = self.setting.text("platform") or "web"
        return mapping.post(record, self._chosen, platform=platform, now=self.setting.now)

    def welcome(self) -> Welcome:
        return Welcome()
