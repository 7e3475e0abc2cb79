"""What many posts say together: each insight is one function from store and query to a tidy Arrow table."""

from outlisten.insights.busiest import top_authors, top_sources
from outlisten.insights.comparison import Comparison, compare
from outlisten.insights.contributions import contributions
from outlisten.insights.drift_watch import drift
from outlisten.insights.error_rates import LocalLabels
from outlisten.insights.estimate import Estimate
from outlisten.insights.headlines import Headline, headline
from outlisten.insights.insight import Insight
from outlisten.insights.key_terms import keyness
from outlisten.insights.notes import Note
from outlisten.insights.random_posts import sample
from outlisten.insights.readings_over_time import emotions_over_time, intents_over_time
from outlisten.insights.sentiment_over_time import sentiment
from outlisten.insights.tone_of_all import tone
from outlisten.insights.voice_shares import share_of_voice
from outlisten.insights.voices import earned_to_owned, share_for_companies, voices_of_each, voices_over_time
from outlisten.insights.volume_over_time import volume

__all__ = [
    "Comparison",
    "Estimate",
    "Headline",
    "Insight",
    "LocalLabels",
    "Note",
    "compare",
    "contributions",
    "drift",
    "earned_to_owned",
    "emotions_over_time",
    "headline",
    "intents_over_time",
    "keyness",
    "sample",
    "sentiment",
    "share_for_companies",
    "share_of_voice",
    "tone",
    "top_authors",
    "top_sources",
    "voices_of_each",
    "voices_over_time",
    "volume",
]
