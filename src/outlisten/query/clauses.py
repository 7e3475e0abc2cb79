"""The clauses an explanation is made of, each with its opposite. They follow "posts that"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Clause(NamedTuple):
    """What is asked for, and what is forbidden."""

    positive: str
    negated: str


WORDS = Clause("contain {terms}", "do not contain {terms}")
JOINED: Mapping[str, Clause] = {
    "both": Clause("contain both {terms}", "do not contain both {terms}"),
    "all": Clause("contain all of {terms}", "do not contain all of {terms}"),
    "any": Clause("contain {terms}", "contain none of {terms}"),
}
WORDS_IN: Mapping[str, Clause] = {
    "title": Clause("have {terms} in the title", "do not have {terms} in the title"),
    "text": Clause("have {terms} in the body", "do not have {terms} in the body"),
    "quoted": Clause("quote a post that contains {terms}", "quote no post that contains {terms}"),
    "quoted clause": Clause("in the quoted post ({clause})", "do not in the quoted post ({clause})"),
    "title clause": Clause("in the title ({clause})", "do not in the title ({clause})"),
    "text clause": Clause("in the body ({clause})", "do not in the body ({clause})"),
}
# Inside NEAR and ATLEAST things are named, not asked for.
PLACES: Mapping[str, str] = {
    "word": "{name} as a word of its own",
    "exact": "exactly {name}",
    "hashtag": "the hashtag {name}",
    "prefix": "a hashtag that begins with {name}",
    "title": "{name} in the title",
    "text": "{name} in the body",
    "saved": "the saved query {name}",
    "with token": "{left} with {right} at most {count} away",
    "with sentence": "{left} with {right} in one sentence",
    "with paragraph": "{left} with {right} in one paragraph",
    "before token": "{left} followed by {right} at most {count} away",
    "before sentence": "{left} followed by {right} in one sentence",
    "before paragraph": "{left} followed by {right} in one paragraph",
    "without token": "{left} without {right} at most {count} away",
    "without sentence": "{left} without {right} in one sentence",
    "without paragraph": "{left} without {right} in one paragraph",
}
LOOSE = "{name} (in any order, with at most {count} other words or characters among them)"
IN_WORDS: Mapping[str, Clause] = {
    "named": Clause("contain {name}", "do not contain {name}"),
    "at least": Clause("contain {name} at least {count} times", "contain {name} fewer than {count} times"),
}
NEARNESS: Mapping[str, Clause] = {
    "with token": Clause(
        "have {left} and {right} with at most {count} words or characters between them",
        "do not have {left} and {right} with at most {count} words or characters between them",
    ),
    "with beside": Clause(
        "have {left} and {right} next to each other", "do not have {left} and {right} next to each other"
    ),
    "with sentence": Clause(
        "have {left} and {right} in one sentence", "do not have {left} and {right} in one sentence"
    ),
    "with paragraph": Clause(
        "have {left} and {right} in one paragraph", "do not have {left} and {right} in one paragraph"
    ),
    "before token": Clause(
        "have {left} before {right} with at most {count} words or characters between them",
        "do not have {left} before {right} with at most {count} words or characters between them",
    ),
    "before beside": Clause(
        "have {left} directly before {right}", "do not have {left} directly before {right}"
    ),
    "before sentence": Clause(
        "have {left} before {right} in one sentence", "do not have {left} before {right} in one sentence"
    ),
    "before paragraph": Clause(
        "have {left} before {right} in one paragraph", "do not have {left} before {right} in one paragraph"
    ),
    "without token": Clause(
        "have at least one {left} without {right} within {count} words or characters",
        "have no {left} without {right} within {count} words or characters",
    ),
    "without beside": Clause(
        "have at least one {left} without {right} beside it", "have no {left} without {right} beside it"
    ),
    "without sentence": Clause(
        "have at least one {left} without {right} in the same sentence",
        "have no {left} without {right} in the same sentence",
    ),
    "without paragraph": Clause(
        "have at least one {left} without {right} in the same paragraph",
        "have no {left} without {right} in the same paragraph",
    ),
}
USED: Mapping[str, Clause] = {
    "list": Clause("are by an account or on a site of the list {name}", "are not of the list {name}"),
    "query": Clause(
        "match the saved query {name} ({clause})", "do not match the saved query {name} ({clause})"
    ),
}
NAMED: Mapping[str, Clause] = {
    "hashtag": Clause("carry the hashtag {name}", "do not carry the hashtag {name}"),
    "prefix": Clause("carry a hashtag that begins with {name}", "carry no hashtag that begins with {name}"),
    "mention": Clause("mention {name}", "do not mention {name}"),
    "code": Clause("contain the emoticon {name}", "do not contain the emoticon {name}"),
}
PEOPLE: Mapping[str, Clause] = {
    "author": Clause("are written by {name}", "are not written by {name}"),
    "to": Clause("are addressed to {name}", "are not addressed to {name}"),
}
ADDRESSES: Mapping[str, Clause] = {
    "site": Clause("are on the site {address}", "are not on the site {address}"),
    "link": Clause("link to {address}", "do not link to {address}"),
    "url": Clause("have {address} in their address", "do not have {address} in their address"),
}
LABEL = Clause("have {field} {value}", "do not have {field} {value}")
LABEL_SURE = Clause(
    "have {field} {value} with a probability of at least {floor}",
    "do not have {field} {value} with a probability of at least {floor}",
)
HAVE: Mapping[str, Clause] = {
    "is": Clause("are marked as {what}", "are not marked as {what}"),
    "has": Clause("have this with them: {what}", "do not have this with them: {what}"),
    "number": Clause("have a known number of {what}", "do not have a known number of {what}"),
}
NUMBERS: Mapping[str, Clause] = {
    "exactly": Clause("have {field} of exactly {low}", "do not have {field} of exactly {low}"),
    "between": Clause("have {field} from {low} to {high}", "do not have {field} from {low} to {high}"),
    "at least": Clause("have {field} of at least {low}", "do not have {field} of at least {low}"),
    "more than": Clause("have {field} of more than {low}", "do not have {field} of more than {low}"),
    "at most": Clause("have {field} of at most {high}", "do not have {field} of at most {high}"),
    "less than": Clause("have {field} of less than {high}", "do not have {field} of less than {high}"),
}
DATES: Mapping[str, Clause] = {
    "on": Clause("were written on {start}", "were written at another time than {start}"),
    "between": Clause("were written from {start} to {end}", "were not written from {start} to {end}"),
    "since": Clause("were written on {start} or later", "were written before {start}"),
    "until": Clause("were written on {end} or earlier", "were written after {end}"),
}
OTHERS = (
    "Posts that {clause}.",
    "({clause})",
    "do not match ({clause})",
    "; or ",
    ", and ",
    ", ",
    "{first} and {last}",
    "{first} or {last}",
    "{count} more",
    "fit all of these",
    "fit at least one of these",
    "fit none of these",
    "do not fit all of these",
)


def sentences() -> list[str]:
    """Everything of this file that is translated."""
    groups = (JOINED, WORDS_IN, IN_WORDS, NEARNESS, USED, NAMED, PEOPLE, ADDRESSES, HAVE, NUMBERS, DATES)
    clauses = [WORDS, LABEL, LABEL_SURE, *(clause for group in groups for clause in group.values())]
    return list(
        dict.fromkeys([*OTHERS, LOOSE, *PLACES.values(), *(form for clause in clauses for form in clause)])
    )
