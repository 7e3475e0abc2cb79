"""Why nothing can be told, and what else to know: codes with parameters, and in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from outlisten.words import Locale, words

TEXTS: Mapping[str, str] = {
    # Why nothing can be told.
    "too_few_days_after": "Too few days since it began: {n:,} were seen, {least:,} are the least.",
    "too_few_weeks_after": "Too few whole weeks since it began: {n:,} were seen, {least:,} are the least.",
    "too_few_days_before": "Too few days before it began to know what is usual: {n:,}; about {least:,} are needed.",
    "too_few_weeks_before": "Too few weeks before it began to know what is usual: {n:,}; about {least:,} are needed.",
    "never_varied": "The metric never varied before it began, so what chance does to it is not known.",
    "missing_before": "Too much is missing before it began: {n:,} of {total:,}.",
    "missing_after": "Too much is missing since it began: {n:,} of {total:,}.",
    "gap_after": "Nothing at all was collected from {first} to {last}: that looks like a gap in collection, not like silence.",
    "poor_fit": "The model does not describe the time before: at earlier dates it errs {factor} times as far as it says.",
    "all_controls_moved": "Every comparison moved at the same date ({names}), so they cannot say what would have been.",
    "depends_on_moved_controls": "Some comparisons moved at the same date ({names}), and without them the outcome is another.",
    "methods_disagree": "The two methods point in opposite directions.",
    # What else to know.
    "gap_before": "Nothing at all was collected from {first} to {last}; those days are taken as missing.",
    "missing": "Missing, and taken as missing, not as zero: {n:,} of {total:,}.",
    "overdispersed": "The counts vary {ratio} times as much as independent posts would; the interval allows for it.",
    "few_a_bucket": "Only {mean} posts at a time on average: only large effects can be seen.",
    # What is assumed.
    "assumes_nothing_else": "Nothing else that began then moved the metric: without a comparison this cannot be checked.",
    "assumes_controls_untouched": "The promise did not reach the comparisons.",
    "assumes_same_relation": "The metric would have gone on following the comparisons as before.",
    "assumes_same_past": "Without it, the time after would have been as regular as the time before.",
    # What is no series or no promise.
    "wrong_length": "A series needs 1 to {most:,} points; this one has {n:,}.",
    "too_many_controls": "At most {most:,} comparisons can be used; these are {n:,}.",
    "not_regular": "The series has no regular step: look at {day}.",
    "unequal_length": "The series “{name}” has another length than its days.",
    "out_of_range_count": "A count cannot be negative or endless: look at “{name}”.",
    "out_of_range_share": "A share lies between 0 and 1: look at “{name}”.",
    "too_few_columns": "The file needs a column of days and a column of values.",
    "day_twice": "A day stands there twice; each may have one row.",
    "not_a_day": "“{text}” is not a day; write it as 2020-01-31.",
    "not_a_number": "“{text}” is not a number.",
    "not_a_size": "“{text}” is not a size; write it with its sign, for example -20% or +5.",
    "no_size": "A promise needs a size other than zero, for example -20%.",
    "more_than_all": "Nothing can fall by 100 % or more; promise less.",
    "ends_before_it_starts": "The promise ends before it begins.",
}
"""Every reason there is, in English; the Chinese stands in the catalogue `effects`."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing to know about a test. `code` is stable; `params` fill the sentence."""

    code: str
    params: Mapping[str, str | int | float] = field(default_factory=dict)

    def text(self, locale: Locale = "en") -> str:
        """The sentence in a language."""
        return words("effects", locale)(TEXTS[self.code]).format(**self.params)
