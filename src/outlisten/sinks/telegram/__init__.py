"""A chat, group or channel of Telegram, by a bot of one's own."""
