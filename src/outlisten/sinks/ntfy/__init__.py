"""Telephones and desktops, by a topic of an ntfy server."""
