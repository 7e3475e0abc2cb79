"""Whose voice posts are: the register of what people declared, applied to posts that come and posts that are kept."""

from outlisten.app.listening.voices.register import Register, read_register

__all__ = ["Register", "read_register"]
