"""Near duplicates: the same text with small changes, such as a form letter with other names in it.

Sameness of words, not of meaning: two people who complain of the same thing in their own words are no duplicates.

from outlisten.language.near_duplicates import groups, same, signatures

marks = signatures(["…", "…"])     # one uint64 a text
same(marks[0], marks[1])           # whether their texts are copies of each other
groups(marks)                      # for each text the number of the first text it is a copy of
"""

from outlisten.language.near_duplicates.comparing import NEAR, distance, groups, same
from outlisten.language.near_duplicates.signing import NO_WORDS, signatures

__all__ = ["NEAR", "NO_WORDS", "distance", "groups", "same", "signatures"]
