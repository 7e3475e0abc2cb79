"""Finding posts by what they mean: for a question in plain words, or for a post that others may be like.

from outlisten.insights.meaning import alike, search

search(store, "电池不耐用")        # posts with these words, and posts that say as much in other words or in English
alike(store, store.get(identifier))  # posts that say what this one says, copies counted and not listed
"""

from outlisten.insights.meaning.alike import alike
from outlisten.insights.meaning.found import Found, Hit
from outlisten.insights.meaning.searching import search

__all__ = ["Found", "Hit", "alike", "search"]
