"""What a reader must know about a figure, as a code with parameters, and in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from outlisten.words import Locale, words

TEXTS: Mapping[str, str] = {
    "cut": "The time or row limit ended this question early, so the real figures may be higher.",
    "first_parts": "Only the first {n:,} of {total:,} parts are counted.",
    "undated": "Posts without a date, left out of the time line: {n:,}.",
    "each_post_an_author": "Posts without an author, each counted as one author: {n:,} of {total:,}.",
    "widened": "The step asked for would give more than {most:,} bars, so a longer one is used.",
    "sampled": "Computed from a random sample: {n:,} of {total:,} posts.",
    "sampled_against": "The posts compared with are a random sample: {n:,} of {total:,}.",
    "unread": "Posts without a reading of tone, left out: {n:,} of {total:,}.",
    "public_error_rates": "Corrected with error rates from public data ({languages}).",
    "rates_do_not_fit": "The model errs otherwise here: label 100 posts before you trust these shares.",
    "local_error_rates": "Corrected with error rates from {n:,} local labels ({languages}).",
    "no_error_rates": "Left out, for want of error rates in their language: {n:,} ({languages}).",
    "several_models": "Read by several models: {models}.",
    "drift_too_few": "Not enough to compare: fewer than two months or weeks with {minimum:,} posts each.",
    "drift_read_now": "Of each window at most {n:,} random posts, read now by {model}.",
    "as_read": "Counts are what the models read; they are not corrected for the models' errors.",
    "too_few_authors": "Not enough to say: fewer than {minimum:,} authors.",
    "too_few_in_some": "Not enough to say in {n:,} of {total:,} rows: fewer than {minimum:,} authors there.",
    "no_usual_week": "Not enough to say what is usual: fewer than {days:,} days can be told by.",
    "no_window_before": "Without a start and an end there is no window before to compare with.",
    "before_not_kept": "No change is given: the first post kept ({first}) is inside the window before.",
    "too_few_to_compare": "No change is given: fewer than {minimum:,} posts in one of the two windows.",
    "concentration": "The busiest 1 % of authors wrote {percent} % of the posts (Gini coefficient {gini}).",
    "segmenter": "Chinese words are cut by {segmenter}.",
    "tested": "Terms compared: {tested:,}; distinctive after Benjamini–Hochberg at 5 %: {found:,}.",
    "own_words": "The query's own words are left out: {words}.",
    "set_decides": "The shares depend on the topics compared; who speaks of several counts for each.",
    "interval_of_sample": "The interval comes from a random sample: all posts would give a narrower one.",
    "texts_counted": "On the company's side different texts are counted, not authors: {n:,}.",
    "ratio_of_counts": (
        "Earned posts by people who do not speak for a company, for each post by a company's own account; the interval "
        "allows for people who write several."
    ),
    "no_owned_voice": "No ratio earned : owned is given: one of the two has no posts here.",
    "nothing_to_compare": "Not enough to say: one of the two sides has no words.",
}
"""Every note there is, in English; the Chinese stands in the catalogue."""


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to know about a figure. `code` is stable; `params` fill the sentence."""

    code: str
    params: Mapping[str, str | int | float] = field(default_factory=dict)

    def text(self, locale: Locale = "en") -> str:
        """The sentence in a language."""
        return words("insights", locale)(TEXTS[self.code]).format(**self.params)
