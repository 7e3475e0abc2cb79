"""WeChat: what people write to one's own official account, and the comments under its articles."""
