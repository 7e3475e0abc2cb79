"""Bluesky with an account: searching, mentions and answers."""
