"""Outlisten (先听): listen to what people say in public, before talking."""

__version__ = "0.1.0"
