"""Disclosure: does a post say that its writer is paid, gifted, employed or otherwise connected?

from outlisten.language.disclosure import company, find_markers, judge, told

find_markers(None, "【广告】这款面霜…")   # markers with their place, strength and rule
judge({"text": "新款海港手机真好用"}, relation="partner", markets=["CN"], ours=company(("海港",)))
"""

from outlisten.language.disclosure.duties import RELATIONS, Relation
from outlisten.language.disclosure.finding import find_markers
from outlisten.language.disclosure.marker import KINDS, MARKETS, Kind, Marker, Market, Place, Strength
from outlisten.language.disclosure.telling import told
from outlisten.language.disclosure.triggers import Company, Trigger, company
from outlisten.language.disclosure.verdict import Outcome, Reason, Verdict, judge, names_us

__all__ = [
    "KINDS",
    "MARKETS",
    "RELATIONS",
    "Company",
    "Kind",
    "Marker",
    "Market",
    "Outcome",
    "Place",
    "Reason",
    "Relation",
    "Strength",
    "Trigger",
    "Verdict",
    "company",
    "find_markers",
    "judge",
    "names_us",
    "told",
]
