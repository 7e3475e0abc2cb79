"""Whether so many people at once, or so many complaints among them, are more than chance makes of what is usual."""

from outlisten.insights.unusual.hours import Hours, hours_of
from outlisten.insights.unusual.rise import LENGTHS, Rise, began, rise
from outlisten.insights.unusual.share import ShareRise, share_rise
from outlisten.insights.unusual.usual import ENOUGH, Usual, usual

__all__ = [
    "ENOUGH",
    "LENGTHS",
    "Hours",
    "Rise",
    "ShareRise",
    "Usual",
    "began",
    "hours_of",
    "rise",
    "share_rise",
    "usual",
]
