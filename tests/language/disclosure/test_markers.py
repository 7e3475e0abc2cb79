"""Which words are markers, where they stand, and which only look like one; half the cases are Chinese."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outlisten.language.disclosure import MARKETS, find_markers
from outlisten.language.disclosure.marker import GOOD_PLACES
from outlisten.language.disclosure.tables import row_named

# text → each marker as kind:words:place
FOUND: dict[str, str] = {
    "Ad: new serum": "advertising:Ad:start",
    "AD | new serum": "advertising:AD:start",
    "[ad] new serum": "advertising:[ad]:start",
    "(AD) new serum": "advertising:(AD):start",
    "ad/gifted new serum": "advertising:ad:start",
    "Ad + gifted: new serum": "advertising:Ad:start",
    "🌟 Ad 🌟 new serum": "advertising:Ad:start",
    "#AD new serum": "advertising:#AD:start",
    "＃ad new serum": "advertising:＃ad:start",
    "#ad#sea": "advertising:#ad#:start",
    "Ａｄ： new serum": "advertising:Ａｄ:start",
    "a\u200bd: new serum": "advertising:a\u200bd:start",
    "New serum. Ad": "advertising:Ad:start",
    "New serum | ad | sea": "advertising:ad:start",
    "Advertisement feature | sea": "advertising:Advertisement feature:start",
    "Ad @harbour new serum": "advertising:Ad:start",
    "ad https://example.org/x": "advertising:ad:start",
    "[Ad – paid by Harbour] sea": "advertising:[Ad – paid by Harbour]:start",
    "#sponsored #ad sea": "sponsorship:#sponsored:start advertising:#ad:start",
    "sea #sun #pier #boat #ad": "advertising:#ad:hashtags",
    "#ad #sun #pier #boat #sea": "advertising:#ad:start",
    "sea #sun #ad": "advertising:#ad:start",
    "one\ntwo\nthree\n#ad": "advertising:#ad:end",
    "one\n#ad": "advertising:#ad:start",
    f"{'sea ' * 40}#ad": "advertising:#ad:later",
    f"{'sea ' * 40}#ad {'sun ' * 9}": "advertising:#ad:later",
    "Paid partnership with Harbour": "sponsorship:Paid partnership with Harbour:start",
    "Brand new. Sponsored by Harbour": "",
    "Sponsored by Harbour, made by me": "sponsorship:Sponsored by Harbour:start",
    "#spon": "sponsorship:#spon:start",
    "#Harbour_Ambassador": "sponsorship:#Harbour_Ambassador:start",
    "Thanks @Harbour for having me": "gratitude:Thanks @Harbour for having me:start",
    "Thanks Harbour Labs for inviting us": "gratitude:Thanks Harbour Labs for inviting us:start",
    "Harbour sent me this phone to review": "gift:sent me this phone to review:start",
    "#gifted phone": "gift:#gifted:start",
    "I earn a commission when you buy": "affiliate:I earn a commission when:start",
    "I work for Harbour Labs and like it": "employment:I work for Harbour Labs:start",
    "#HarbourEmployee": "employment:#HarbourEmployee:start",
    "I'm an engineer at @harbour": "employment:I'm an engineer at @harbour:start",
    "This is not an ad": "denial:This is not an ad:start",
    "#NotSponsored": "denial:#NotSponsored:start",
    "not an ad, #ad": "denial:not an ad:start advertising:#ad:start",
    "广告｜新款面霜": "advertising:广告:start",
    "广告：新款面霜": "advertising:广告:start",
    "广告 新款面霜": "advertising:广告:start",
    "广告\n新款面霜": "advertising:广告:start",
    "廣告｜新款面霜": "advertising:廣告:start",
    "广\u200b告｜新款面霜": "advertising:广\u200b告:start",
    "【广告】新款面霜": "advertising:【广告】:start",
    "〔广告〕新款面霜": "advertising:〔广告〕:start",
    "（广告）新款面霜": "advertising:（广告）:start",
    "[广告]新款面霜": "advertising:[广告]:start",
    "【广告 · 合作】新款面霜": "advertising:【广告 · 合作】:start",
    "#广告# 新款面霜": "advertising:#广告#:start",
    "#广告[话题]# 新款面霜": "advertising:#广告[话题]#:start",
    "＃广告＃ 新款面霜": "advertising:＃广告＃:start",
    "新款面霜 广告": "advertising:广告:start",
    "新款面霜。广告": "advertising:广告:start",
    "✨广告✨新款面霜": "advertising:广告:start",
    "AD｜新款面霜": "advertising:AD:start",
    "ad 新款面霜": "advertising:ad:start",
    "本条微博是广告": "advertising:本条微博是广告:start",
    "本视频含广告": "advertising:本视频含广告:start",
    "这条是一条广告": "advertising:这条是一条广告:start",
    "新款 #海# #船# #风# #广告#": "advertising:#广告#:hashtags",
    "一\n二\n三\n#广告#": "advertising:#广告#:end",
    f"{'海边走走，' * 12}#广告#": "advertising:#广告#:later",
    f"{'海边走走，' * 11}#广告#": "advertising:#广告#:start",
    "【推广】新款面霜": "advertising:【推广】:start",
    "本文由海港赞助": "sponsorship:本文由海港赞助:start",
    "【品牌合作】新款面霜": "sponsorship:【品牌合作】:start",
    "（与海港合作）看海": "sponsorship:（与海港合作）:start",
    "今天恰个饭": "sponsorship:今天恰个饭:start",
    "感谢金主爸爸": "sponsorship:感谢金主爸爸:start",
    "感谢海港邀请": "gratitude:感谢海港邀请:start",
    "品牌方寄来的面霜": "gift:品牌方寄来:start",
    "感谢海港寄来的样品": "gift:感谢海港寄来的:start",
    "内含推广链接": "affiliate:内含推广链接:start",
    "利益相关，说两句": "employment:利益相关:start",
    "我是海港科技员工": "employment:我是海港科技员工:start",
    "非广，真心推荐": "denial:非广:start",
    "#非广# 真心推荐": "denial:#非广#:start",
    "这条真的不是广告": "denial:这条真的不是广告:start",
    "纯自来水": "denial:纯自来水:start",
    "自费购入": "denial:自费购入:start",
}  # fmt: skip
TALK = (
    "AD 2020", "In AD 79 the city fell", "500 AD.", "ad hoc", "Ad hoc: the word means for this", "ad-free", "#adidas", "add",
    "#add", "Ad agencies", "ads everywhere", "bad: the soup", "Is this an ad?", "thank you", "Thank you all", "my partner",
    "#lifepartner", "#USAmbassador", "I work for peanuts", "I don't work for Harbour", "if I work for Harbour", "#newemployee",
    "gifted child", "a promotion at work", "Promotions end today", "state-sponsored", "#SP no trânsito", "the press trip over",
    "free trial", "commission meeting", "Active Directory (AD) is down", "AD钙奶真好喝", "not an ad agency", "code review",
    "#sponge", "collaboration is hard",
    "广告公司", "讨厌广告", "广告太多", "广告 太多了", "全是广告", "看了一条 广告", "广告费", "是不是广告", "这是广告吗",
    "无广告版",
    "合作愉快", "合作伙伴", "商务合作请联系", "经贸合作", "试用期", "免费试用三十天", "感谢大家", "谢谢妈妈寄来的腊肉",
    "朋友送的花",
    "推广普通话", "大力推广", "赞助商", "金主任", "吃饭", "自来水公司", "停自来水", "自费药", "自费留学", "非广州人",
    "利益相关者",
    "我是新员工", "店里的员工", "佣金太高", "种草了", "测评一下", "探店",
)  # fmt: skip


def markers(text: str) -> str:
    return " ".join(f"{marker.kind}:{marker.words}:{marker.place}" for marker in find_markers(None, text))


@pytest.mark.parametrize(("text", "expected"), FOUND.items())
def test_a_marker_is_found_with_its_words_and_place(text: str, expected: str) -> None:
    assert markers(text) == expected


@pytest.mark.parametrize("text", TALK)
def test_talk_about_advertising_is_not_a_disclosure(text: str) -> None:
    assert markers(text) == ""


def test_the_table_is_large_and_half_chinese() -> None:
    texts = [*FOUND, *TALK]
    chinese = [text for text in texts if any("一" <= char <= "鿿" for char in text)]
    assert len(texts) >= 120
    assert len(chinese) * 2 >= len(texts)


def test_a_marker_in_the_title_stands_in_the_title() -> None:
    (marker,) = find_markers("【广告】一周好物", "正文没有说")
    assert (marker.place, marker.place in GOOD_PLACES) == ("title", True)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Thanks Harbour, what a phone", ["gratitude"]),
        ("i work at harbour", ["employment"]),
        ("#HarbourPartner", ["sponsorship"]),
        ("海港送的手机", ["gift"]),
        ("我在海港工作", ["employment"]),
        ("谢谢海港", ["gratitude"]),
    ],
)
def test_known_names_are_found_where_only_a_name_makes_it_a_marker(text: str, found: list[str]) -> None:
    assert [marker.kind for marker in find_markers(None, text, names=("Harbour", "海港"))] == found
    assert find_markers(None, text) == ()


def test_the_company_somebody_works_for_is_told() -> None:
    assert [marker.named for marker in find_markers(None, "I work for Harbour Labs and love it")] == [
        "Harbour Labs"
    ]
    assert [marker.named for marker in find_markers(None, "我是海港科技员工")] == ["海港科技"]


@given(st.text(max_size=200) | st.lists(st.sampled_from([*FOUND, *TALK]), max_size=4).map("\n".join))
def test_spans_are_the_words_and_never_overlap(text: str) -> None:
    found = find_markers(None, text)
    assert all(text[marker.start : marker.end] == marker.words for marker in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
    assert all(row_named(marker.row).kind == marker.kind for marker in found)


def test_a_strength_is_the_best_of_the_markets() -> None:
    (marker,) = find_markers(None, "Sponsored: sea")
    worths = {row_named(marker.row).strength[market] for market in MARKETS}
    assert (marker.strength, worths) == ("clear", {"clear", "weak"})


@pytest.mark.parametrize(
    "piece", ["广告", "thanks for ", "i work for A ", "感谢", "[ad", "#ad", "not an ad ", "由海", "\n - "]
)
def test_endless_repetition_is_read_in_reasonable_time(piece: str) -> None:
    find_markers(piece * 50_000, piece * 50_000)
