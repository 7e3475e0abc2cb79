"""Whether so many people at once, or so many complaints among them, are more than chance makes of what is usual."""

from outlisten.insights.unusual.band import Band, band
from outlisten.insights.unusual.hours import Hours, hours_of
from outlisten.insights.unusual.over_time import people_over_time, share_over_time
from outlisten.insights.unusual.rise import LENGTHS, Rise, began, rise
from outlisten.insights.unusual.share import ShareRise, share_band, share_rise
from outlisten.insights.unusual.usual import ENOUGH, Usual, usual

__all__ = [
    "ENOUGH",
    "LENGTHS",
    "Band",
    "Hours",
    "Rise",
    "ShareRise",
    "Usual",
    "band",
    "began",
    "hours_of",
    "people_over_time",
    "rise",
    "share_band",
    "share_over_time",
    "share_rise",
    "usual",
]
