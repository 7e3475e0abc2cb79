"""One picture an insight: the same Altair chart in the page, in a report and in a notebook."""

from outlisten.charts.alt_text import alt_text
from outlisten.charts.bar_charts import top_authors, top_sources
from outlisten.charts.export import NoHanFont, pdf, png, svg
from outlisten.charts.keyness_chart import keyness
from outlisten.charts.sentiment_chart import sentiment
from outlisten.charts.share_charts import share_of_voice, tone
from outlisten.charts.sparkline import sparkline
from outlisten.charts.spec import spec
from outlisten.charts.tokens import PALETTES, Palette, Theme
from outlisten.charts.volume_chart import volume
from outlisten.charts.volumes_chart import volumes

__all__ = [
    "PALETTES",
    "NoHanFont",
    "Palette",
    "Theme",
    "alt_text",
    "keyness",
    "pdf",
    "png",
    "sentiment",
    "share_of_voice",
    "sparkline",
    "spec",
    "svg",
    "tone",
    "top_authors",
    "top_sources",
    "volume",
    "volumes",
]
