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
    "title clause": Clause("in the title ({clause})", "do not in the title ({clause})"),
    "text clause": Clause("in the body ({clause})", "do not in the body ({clause})"),
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
)


def sentences() -> list[str]:
    """Everything of this file that is translated."""
    groups = (JOINED, WORDS_IN, NAMED, PEOPLE, ADDRESSES, HAVE, NUMBERS, DATES)
    clauses = [WORDS, LABEL, LABEL_SURE, *(clause for group in groups for clause in group.values())]
    return list(dict.fromkeys([*OTHERS, *(form for clause in clauses for form in clause)]))
