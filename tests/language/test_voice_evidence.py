"""Whose voice a post is, for every kind of evidence and every contradiction, in both languages."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from outlisten.language.provenance import Declared, provenance, voice


@dataclass(frozen=True)
class Mark:
    """A marker as `language.disclosure` finds it."""

    kind: str
    words: str
    strength: str = "clear"
    start: int = 0
    end: int = 2
    place: str = "start"
    rule: str = ""


AD, AD_ZH = Mark("advertising", "#ad"), Mark("advertising", "广告")
STAFF, STAFF_ZH = Mark("employment", "I work for Harbour"), Mark("employment", "我是海港的员工")
GIFT, GIFT_ZH = Mark("gift", "Harbour gave me this to try"), Mark("gift", "海港免费送我试用")
SHARE, SHARE_ZH = Mark("affiliate", "I get a commission"), Mark("affiliate", "通过链接购买我有佣金")
NOT_AD, NOT_AD_ZH = Mark("denial", "not an ad", "none"), Mark("denial", "非广", "none")
WEAK, WEAK_ZH = Mark("sponsorship", "#collab", "weak"), Mark("sponsorship", "恰饭", "weak")
OWNED, PARTNER, PAID, EMPLOYEE = (
    Declared(n, v) for n, v in enumerate(("owned", "partner", "paid", "employee"), start=1)
)

CASES = {
    "nothing is known of a person": ({}, "earned"),
    "no author was sent": ({"has_author": False}, "unknown"),
    "a correction wins over everything": (
        {"correction": Declared(9, "earned"), "accounts": [PAID], "given": "owned", "markers": [AD]},
        "earned",
    ),
    "a declared account wins over the source": ({"accounts": [EMPLOYEE], "given": "earned"}, "employee"),
    "a declared account wins over a marker": ({"accounts": [OWNED], "markers": [AD_ZH]}, "owned"),
    "the source wins over a marker that agrees": ({"given": "owned", "markers": [AD]}, "owned"),
    "the source speaks where no author was sent": ({"given": "paid", "has_author": False}, "paid"),
    "a word that is no voice says nothing": ({"given": "influencer"}, "earned"),
    "a source that does not know": ({"given": "unknown"}, "unknown"),
    "advertising in English": ({"markers": [AD]}, "paid"),
    "advertising in Chinese": ({"markers": [AD_ZH]}, "paid"),
    "employment in English": ({"markers": [STAFF]}, "employee"),
    "employment in Chinese": ({"markers": [STAFF_ZH]}, "employee"),
    "a gift in English": ({"markers": [GIFT]}, "partner"),
    "a gift in Chinese": ({"markers": [GIFT_ZH]}, "partner"),
    "a commission in English": ({"markers": [SHARE]}, "partner"),
    "a commission in Chinese": ({"markers": [SHARE_ZH]}, "partner"),
    "a marker where no author was sent": ({"markers": [AD_ZH], "has_author": False}, "paid"),
    "the strongest of two markers": ({"markers": [GIFT, AD]}, "paid"),
    "weak words call nobody paid, in English": ({"markers": [WEAK]}, "earned"),
    "weak words call nobody paid, in Chinese": ({"markers": [WEAK_ZH]}, "earned"),
    "a campaign": ({"campaigns": [PARTNER]}, "partner"),
    "a marker wins over a campaign": ({"campaigns": [PARTNER], "markers": [AD_ZH]}, "paid"),
    "a paid and a partner campaign": ({"campaigns": [PARTNER, PAID]}, "paid"),
    "a denial alone contradicts nothing, in English": ({"markers": [NOT_AD]}, "earned"),
    "a denial alone contradicts nothing, in Chinese": ({"markers": [NOT_AD_ZH]}, "earned"),
    "the company's own account may deny": ({"accounts": [OWNED], "markers": [NOT_AD_ZH]}, "owned"),
}
CONTRADICTIONS = {
    "a partner who denies it, in English": {"accounts": [PARTNER], "markers": [NOT_AD]},
    "a partner who denies it, in Chinese": {"accounts": [PARTNER], "markers": [NOT_AD_ZH]},
    "an employee who denies it, in Chinese": {"accounts": [EMPLOYEE], "markers": [NOT_AD_ZH]},
    "the source says earned, the text says paid, in English": {"given": "earned", "markers": [AD]},
    "the source says earned, the text says paid, in Chinese": {"given": "earned", "markers": [AD_ZH]},
    "the source says earned, the campaign says paid": {"given": "earned", "campaigns": [PAID]},
    "the source says paid, the text denies it, in Chinese": {"given": "paid", "markers": [NOT_AD_ZH]},
    "both in one text, in English": {"markers": [AD, NOT_AD]},
    "both in one text, in Chinese": {"markers": [AD_ZH, NOT_AD_ZH]},
    "a campaign post that denies it, in Chinese": {"campaigns": [PAID], "markers": [NOT_AD_ZH]},
    "two declarations that differ": {"accounts": [PARTNER, EMPLOYEE]},
    "a declaration with dates, a post without": {"accounts": [Declared(2, "partner", certain=False)]},
}


@pytest.mark.parametrize(("found", "expected"), CASES.values(), ids=CASES)
def test_the_first_that_speaks_decides(found, expected):
    assert provenance(**{"has_author": True, **found}).voice == expected


@pytest.mark.parametrize("found", CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_evidence_that_contradicts_itself_is_unknown(found):
    read = provenance(**found, has_author=True)
    assert (read.voice, read.contradicted) == ("unknown", True)


def test_the_evidence_names_the_declaration():
    (found,) = provenance(accounts=[PARTNER], has_author=True).evidence
    assert (found.kind, found.declaration, found.voice) == ("account", PARTNER.id, "partner")


def test_the_evidence_of_a_marker_is_the_posts_own_words():
    marker = Mark("advertising", "广告", start=3, end=5)
    (found,) = provenance(markers=[marker], has_author=True).evidence
    assert (found.kind, found.words, found.start, found.end, found.place) == ("marker", "广告", 3, 5, "start")


def test_a_contradiction_shows_both_sides():
    read = provenance(accounts=[PARTNER], markers=[NOT_AD_ZH], has_author=True)
    assert [found.kind for found in read.evidence] == ["account", "denial"]


def test_the_voice_of_the_post_alone():
    assert voice(None, has_author=True, markers=[AD_ZH]) == "paid"
    assert voice("Owned ", has_author=False) == "owned"
