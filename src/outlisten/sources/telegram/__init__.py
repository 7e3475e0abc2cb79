"""Telegram through a bot: the groups and channels it is in, and what people write to it."""
