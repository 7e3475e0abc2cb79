"""Disclosure: does a post say that its writer is paid, gifted, employed or otherwise connected?

from outlisten.language.disclosure import find_markers

find_markers(None, "【广告】这款面霜…")   # markers with their place, strength and rule
"""

from outlisten.language.disclosure.finding import find_markers
from outlisten.language.disclosure.marker import KINDS, MARKETS, Kind, Marker, Market, Place, Strength

__all__ = ["KINDS", "MARKETS", "Kind", "Marker", "Market", "Place", "Strength", "find_markers"]
