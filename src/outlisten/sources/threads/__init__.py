"""Threads: what a search finds, mentions of an account, and what is answered to its posts."""
