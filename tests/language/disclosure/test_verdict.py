"""What one market's rules say of a post by a connected account."""

from __future__ import annotations

import pytest

from outlisten.language.disclosure import MARKETS, RELATIONS, Market, Relation, company, judge, told
from outlisten.language.disclosure.verdict import REASONS

OURS = company(("Harbour", "海港"), campaigns={"Spring": "#harbourspring"})
LONG_EN = (
    "We walked along the pier for hours and looked at every boat, and I took so many pictures that my camera "
    "ran out of power. "
)
LONG_ZH = (
    "周末和朋友一起去了海边，走了很久很久，看了每一条船，拍了好多好多照片，最后相机没电了，"
    "只好慢慢走回来，路上吃了一碗热乎乎的面，又逛了一会儿夜市。"
)

CASES: tuple[tuple[str, Relation, Market, str], ...] = (
    ("#ad My new Harbour phone takes great pictures", "paid", "US", "clear"),
    ("Ad: my new Harbour phone takes great pictures", "partner", "UK", "clear"),
    ("Sponsored: my new Harbour phone takes great pictures", "paid", "US", "clear"),
    ("Sponsored: my new Harbour phone takes great pictures", "paid", "UK", "weak_word"),
    ("Paid partnership with Harbour. The phone is great", "paid", "EU", "clear"),
    ("#gifted My new Harbour phone takes great pictures", "partner", "UK", "weak_word"),
    ("Harbour gave me this phone to try and I like it", "partner", "US", "clear"),
    ("Harbour gave me this phone to try and I like it", "partner", "UK", "weak_word"),
    ("Thanks Harbour for the invitation, what a phone", "partner", "US", "weak_word"),
    ("My new Harbour phone takes great pictures", "paid", "US", "missing"),
    ("Loving everything about #harbourspring this week", "partner", "EU", "missing"),
    ("This is not an ad, my Harbour phone is simply great", "paid", "US", "contradiction"),
    ("My Harbour phone is great #notsponsored", "partner", "UK", "contradiction"),
    (LONG_EN + "The Harbour phone is great. #ad", "paid", "US", "weak_place"),
    ("Harbour phone day! #sun #sea #pier #boats #ad", "paid", "US", "weak_place"),
    ("A day out\nwith my Harbour phone\nand the sea\n\n#ad", "paid", "UK", "weak_place"),
    ("I work for Harbour, and this phone is great", "employee", "US", "clear"),
    ("I work for Harbour, and this phone is great", "partner", "US", "missing"),
    ("I work for Valley Bank, and this Harbour phone is great", "employee", "US", "missing"),
    ("I work for Harbour. This is not an ad, I like the phone", "employee", "UK", "clear"),
    ("Use my code ANNA20 for ten percent off everything", "paid", "US", "only_sells"),
    ("Lovely weather at the pier this morning", "paid", "US", "no_trigger"),
    ("Harbour!", "paid", "US", "too_short"),
    ("【广告】新款海港手机拍照真好看", "paid", "CN", "clear"),
    ("广告｜新款海港手机拍照真好看，链接在评论区", "paid", "CN", "clear"),
    ("新款海港手机拍照真好看，推荐大家去试试", "partner", "CN", "missing"),
    ("新款海港手机拍照真好看 #推广#", "partner", "CN", "weak_word"),
    ("AD 新款海港手机拍照真好看，戳下方链接", "paid", "CN", "weak_word"),
    ("本文由海港赞助。新款手机拍照真好看", "paid", "CN", "weak_word"),
    ("本文由海港赞助。新款手机拍照真好看", "paid", "US", "clear"),
    ("感谢海港邀请，新款手机拍照真好看", "partner", "CN", "weak_word"),
    ("非广！新款海港手机拍照真好看", "paid", "CN", "contradiction"),
    ("自费购入的海港手机，拍照真好看", "partner", "US", "contradiction"),
    ("我是海港员工，新款手机拍照真好看", "employee", "CN", "clear"),
    ("我是海港员工，新款手机拍照真好看，购买链接在下面", "employee", "CN", "weak_word"),
    ("利益相关，海港手机的拍照确实好", "employee", "CN", "clear"),
    ("我是山谷科技员工，海港手机的拍照确实好", "employee", "CN", "missing"),
    (LONG_ZH + "海港手机真好用。#广告#", "paid", "CN", "weak_place"),
    ("海港手机真好用 #旅行# #周末# #海边# #拍照# #广告#", "paid", "CN", "weak_place"),
    ("戳小黄车，今晚有优惠码，快来看直播", "paid", "CN", "only_sells"),
    ("今天海边的天气真不错", "paid", "CN", "no_trigger"),
    ("海港好", "paid", "CN", "too_short"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "relation", "market", "reason"), CASES)
def test_a_post_is_judged_by_the_rules_of_its_market(
    text: str, relation: Relation, market: Market, reason: str
) -> None:
    (verdict,) = judge({"text": text}, relation=relation, markets=[market], ours=OURS)
    assert verdict.reason == reason


@pytest.mark.parametrize(("text", "relation", "market", "reason"), CASES)
def test_without_a_registered_relation_there_is_no_verdict(
    text: str, relation: Relation, market: Market, reason: str
) -> None:
    assert judge({"text": text}, relation=None, markets=MARKETS, ours=OURS) == ()


@pytest.mark.parametrize("locale", ["en", "zh-hans"])
@pytest.mark.parametrize(("text", "relation", "market", "reason"), CASES)
def test_every_verdict_explains_itself(
    text: str, relation: Relation, market: Market, reason: str, locale: str
) -> None:
    (verdict,) = judge({"text": text}, relation=relation, markets=[market], ours=OURS)
    sentence = told(verdict, "en" if locale == "en" else "zh-hans")
    assert "{" not in sentence
    assert sentence.endswith("." if locale == "en" else "。")


def test_following_the_suggestion_mends_every_post() -> None:
    for text, relation, market, _reason in CASES:
        (verdict,) = judge({"text": text}, relation=relation, markets=[market], ours=OURS)
        if verdict.outcome != "undisclosed" or verdict.reason == "contradiction":
            continue
        mended = {"text": f"{verdict.wording} {text}"}
        (after,) = judge(mended, relation=relation, markets=[market], ours=OURS)
        assert (mended, after.outcome) == (mended, "disclosed")


def test_every_reason_but_what_pictures_hide_is_among_the_cases() -> None:
    assert {reason for *_, reason in CASES} == set(REASONS) - {"cannot_see"}


@pytest.mark.parametrize(
    ("market", "has", "reason"),
    [("US", ["video"], "cannot_see"), ("US", ["image"], "missing"), ("CN", ["image"], "cannot_see")],
)
def test_what_could_be_said_in_a_picture_or_a_video_is_not_called_missing(
    market: Market, has: list[str], reason: str
) -> None:
    post = {"text": "新款海港手机拍照真好看，推荐大家去试试", "has": has}
    (verdict,) = judge(post, relation="paid", markets=[market], ours=OURS)
    assert verdict.reason == reason


def test_a_marker_in_the_title_is_seen() -> None:
    post = {"title": "Ad: a week with Harbour", "text": LONG_EN * 3}
    (verdict,) = judge(post, relation="paid", markets=["UK"], ours=OURS)
    assert (verdict.reason, verdict.marker and verdict.marker.place) == ("clear", "title")


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("market", MARKETS)
def test_a_verdict_to_mend_names_its_rules_evidence_and_wording(relation: Relation, market: Market) -> None:
    (verdict,) = judge(
        {"text": "我的海港手机真好用，大家都去看看"}, relation=relation, markets=[market], ours=OURS
    )
    assert verdict.outcome == "undisclosed"
    assert [trigger.words for trigger in verdict.triggers] == ["海港"]
    assert verdict.rules
    assert verdict.wording


def test_the_gravest_is_a_denial() -> None:
    verdicts = [
        judge({"text": text}, relation="paid", markets=["CN"], ours=OURS)[0].severity
        for text in (
            "非广，海港手机真好用",
            "海港手机真好用，推荐",
            "感谢海港邀请，手机真好用",
            "【广告】海港手机真好用",
        )
    ]
    assert verdicts == [3, 2, 1, 0]
