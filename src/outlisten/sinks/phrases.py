"""The few words that sinks add of their own, and sentences that name them."""

from __future__ import annotations

from outlisten.sources.said import Said

OPEN = Said("Open in Outlisten", "在 Outlisten 中查看")
REST = Said("There is more of this in Outlisten.", "完整内容请在 Outlisten 中查看。")
URGENT = Said("Urgent", "紧急")
SENDER = "Outlisten"
