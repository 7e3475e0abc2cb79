"""One picture an insight: the same Altair chart in the page, in a report and in a notebook."""

from outlisten.charts.alt_text import alt_text
from outlisten.charts.answer_times_chart import answer_times
from outlisten.charts.bar_charts import top_authors, top_sources
from outlisten.charts.claim_chart import observed, observed_and_expected, placebo_strip
from outlisten.charts.conversation_chart import conversation
from outlisten.charts.drift_chart import drift
from outlisten.charts.export import NoHanFont, pdf, png, svg
from outlisten.charts.gaps import Gap, gaps_said, sources_by_bucket, span
from outlisten.charts.image_distance_chart import image_distance
from outlisten.charts.keyness_chart import keyness
from outlisten.charts.readings_chart import emotions_over_time, intents_over_time
from outlisten.charts.reliability_chart import reliability
from outlisten.charts.sentiment_chart import sentiment
from outlisten.charts.share_charts import share_of_voice, tone
from outlisten.charts.sparkline import sparkline
from outlisten.charts.spec import spec
from outlisten.charts.tokens import PALETTES, Palette, Theme
from outlisten.charts.unusual_chart import unusual
from outlisten.charts.unusual_words import UnusualWords, unusual_names, unusual_words
from outlisten.charts.voices_chart import voice_names, voices_over_time
from outlisten.charts.volume_chart import volume
from outlisten.charts.volumes_chart import volumes

__all__ = [
    "PALETTES",
    "Gap",
    "NoHanFont",
    "Palette",
    "Theme",
    "UnusualWords",
    "alt_text",
    "answer_times",
    "conversation",
    "drift",
    "emotions_over_time",
    "gaps_said",
    "image_distance",
    "intents_over_time",
    "keyness",
    "observed",
    "observed_and_expected",
    "pdf",
    "placebo_strip",
    "png",
    "reliability",
    "sentiment",
    "share_of_voice",
    "sources_by_bucket",
    "span",
    "sparkline",
    "spec",
    "svg",
    "tone",
    "top_authors",
    "top_sources",
    "unusual",
    "unusual_names",
    "unusual_words",
    "voice_names",
    "voices_over_time",
    "volume",
    "volumes",
]
