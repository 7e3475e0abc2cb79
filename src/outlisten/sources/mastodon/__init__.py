"""Mastodon and every server of the Fediverse that speaks its interface."""
