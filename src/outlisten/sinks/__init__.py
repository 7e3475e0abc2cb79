"""Channels out, the same way as networks in: one folder each. None is connected yet."""
