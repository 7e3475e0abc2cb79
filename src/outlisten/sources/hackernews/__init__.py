"""Hacker News: stories and comments that say given words."""
