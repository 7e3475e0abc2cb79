"""The specification, sentence by sentence: what parts 2, 4 and 5 say of queries and posts, asked of all uses alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from tests.query.kept import found, table

from outlisten.posts import PostStore
from outlisten.query import Matcher, matches, parse

Post = str | dict[str, object]


class Said(NamedTuple):
    """A sentence of the specification: a query, posts it finds, and posts it does not find."""

    part: str
    query: str
    finds: list[Post]
    passes: list[Post]


SENTENCES = [
    # 2.2 Folding
    Said("2.2 width and compatibility", "iphone", ["ｉＰｈｏｎｅ到手"], ["iphones"]),
    Said("2.2 compatibility signs", "kg", ["减了5 ㎏"], ["ｋgs"]),
    Said("2.2 accents of Latin, Greek and Cyrillic", "cafe OR αλφα OR иван", ["Café", "ἄλφα", "Ива́н"], ["coffee"]),
    Said("2.2 accents never of other scripts", "が", ["がいる"], ["かいる"]),
    Said("2.2 traditional and simplified", "软体", ["軟體更新"], ["软件更新"]),
    Said("2.2 words of regions are not one", "网路", ["網路很慢"], ["网络很慢"]),
    Said("2.2 invisible characters", "充电宝", ["充\u200b电\u200d宝", "充\ufeff电\u2060宝"], []),
    Said("2.2 skin tones and variation selectors", "👍 OR ❤", ["好👍🏿", "❤️"], ["👎"]),
    Said("2.2 a joined sequence stays one", "👨‍👩‍👧", ["一家👨‍👩‍👧出门"], ["👨", "👨👩👧"]),
    Said("2.2 full-width signs in queries", "（苹果｜“华为　手机”）－广告", ["苹果", "华为 手机"], ["苹果 广告", "手机华为"]),
    Said("2.2 corner brackets are quotation marks", "「充电 宝」", ["充电宝"], ["宝充电"]),
    Said(
        "2.2 full-width braces, hash and at", "｛iPhone｝ OR ＃双十一 OR ＠品牌",
        ["iPhone", "#双十一#", "@品牌 在吗"], ["IPHONE", "双十一"],
    ),
    Said("2.2 full-width star", "充＊宝", ["充个电宝"], ["宝充"]),
    # 2.3 Tokens
    Said("2.3 letters and digits are one token", "iPhone15", ["新iPhone15壳"], ["iPhone 15", "iPhone150"]),
    Said("2.3 five tokens", "我 NEAR/3 坏", ["我的iPhone坏了"], ["我的旧的iPhone坏了"]),
    Said("2.3 white space adds no gap", "充电宝", ["充 电 宝"], ["我在充电。宝宝睡了"]),
    Said("2.3 a line break is a gap beside Han", "充电宝", ["充电 宝"], ["充电\n宝"]),
    Said("2.3 punctuation between Latin words is none", "coca-cola", ["coca. Cola"], ["coca 可 cola"]),
    Said("2.3 punctuation counts one beside Han", "电池 NEAR/1 烫", ["电池，烫"], ["电池，很烫"]),
    Said("2.3 an entity leaves a gap", "充电宝", ["充电宝@某人"], ["充电@某人 宝", "充电https://a.cn 宝"]),
    Said("2.3 an entity between Latin words is a gap too", '"big deal"', ["big deal"], ["big @bob deal"]),
    Said("2.3 the words of a hashtag are words", "预售", ["#双十一预售# 开始"], ["@预售"]),
    Said("2.3 the edge of a hashtag is a gap", "十一开始", ["十一开始"], ["#双十一#开始"]),
    Said(
        "2.3 nothing is adjacent across title and body", "降价通知",
        [{"title": "降价通知"}], [{"title": "降价", "text": "通知"}],
    ),
    Said("2.3 nothing is near across title and body", "降价 NEAR/20 通知", ["通知：降价"], [{"title": "降价", "text": "通知"}]),
    Said("2.3 sentences end at their signs", "退款 NEAR/s 拒绝", ["拒绝退款"],
         ["退款！拒绝", "退款…拒绝", "退款\n拒绝", "退款？拒绝"]),
    Said(
        "2.3 a full stop ends one before white space", "refund NEAR/s no",
        ["refund v2.no"], ["refund. no", "Refund sent. No"],
    ),
    Said("2.3 an ellipsis of three dots is no end", "好 NEAR/s 坏", ["好、坏"], ["好…坏"]),
    # 2.4 Grammar
    Said("2.4 lower-case operators are words", "salt and pepper", ["salt and pepper"], ["salt pepper"]),
    Said("2.4 a backslash makes a sign literal", r"\-广告", ["广告"], ["好"]),
    Said("2.4 and an operator a word", r"\OR", ["this or that"], ["this that"]),
    Said("2.4 comments stand anywhere", "苹果/* 品牌 */ /* 二 */坏", ["苹果坏了"], ["苹果"]),
    Said("2.4 a comment in quotation marks is text", '"/* a */"', ["a"], ["b"]),
    Said("2.4 NEAR binds before NOT", "NOT 苹果 NEAR/2 甜 水果", ["水果", "苹果很好的水果，不甜"], ["苹果甜水果"]),
    Said("2.4 NOT binds before AND", "NOT 甲 乙", ["乙"], ["甲乙"]),
    Said("2.4 AND binds before OR", "甲 乙 OR 丙", ["丙", "甲乙"], ["甲"]),
    Said("2.4 NEAR is read left to right", "甲 NEAR/1 乙 NEAR/1 丙", ["甲乙丙", "丙甲乙"], ["甲一二乙丙"]),
    Said("2.4 a field takes a group", "title:(甲 -乙)", [{"title": "甲"}], [{"title": "甲乙"}, "甲"]),
    # 2.5 Operators
    Said("2.5 a phrase with slop in Chinese counts characters", '"电池 烫"~2', ["电池很会烫", "烫，电池"], ["电池真的会烫"]),
    Said("2.5 exact by raw:", 'raw:iPhone OR raw:"Mate X"', ["iPhone", "Mate X"], ["IPHONE", "mate x"]),
    Said("2.5 exact is not folded", "{ｉＰｈｏｎｅ}", ["ｉＰｈｏｎｅ"], ["iPhone"]),
    Said("2.5 none or more letters", "charg*", ["charg", "charging"], ["char"]),
    Said("2.5 exactly one letter", "custom?e", ["custom1e", "customxe"], ["custome", "customxxe"]),
    Said("2.5 spans of NEAR do not overlap", "苹果 NEAR/3 苹果", ["苹果苹果", "苹果和苹果"], ["苹果"]),
    Said("2.5 ordered", "甲 ONEAR/1 乙", ["甲丙乙"], ["乙甲"]),
    Said("2.5 at least n do not overlap", "ATLEAST/2(哈哈)", ["哈哈哈哈"], ["哈哈哈"]),
    Said("2.5 at least adds title and body", "ATLEAST/2(降价)", [{"title": "降价", "text": "降价"}], ["降价"]),
    Said("2.5 tags whole and folded", "#雙十一", ["#双十一# 好", "#双十一[话题]#"], ["#双十一预售#"]),
    Said("2.5 tags by prefix", "#iPhone*", ["#iphone15"], ["#myiphone"]),
    Said("2.5 handles hold Han", "@品牌客服", ["@品牌客服"], ["@品牌客服2"]),
    Said("2.5 NEAR takes wildcards, OR and title:", "title:(电池 OR bat*) NEAR/3 烫", [{"title": "电池烫"}], ["电池烫"]),
    Said("2.5 a NEAR within NEAR counts whole", "(甲 NEAR/1 乙) NEAR/0 丙", ["甲一乙丙"], ["甲一乙二丙"]),
    # 2.6 Fields
    Said(
        "2.6 author, whole", "author:bob",
        [{"author": "Bob"}, {"author_handle": "bob"}, {"author_id": "BOB"}], [{"author": "bobby"}],
    ),
    Said("2.6 author with a star", "作者:王*", [{"author": "王小明"}], [{"author": "小王"}]),
    Said("2.6 to", "to:bob", [{"to": "Bob"}], [{"author": "bob"}]),
    Said("2.6 mention is @", "mention:品牌客服 OR 提及:bob", ["@品牌客服 在", "hi @Bob"], ["品牌客服"]),
    Said("2.6 site with sub-domains", "站点:weibo.com", [{"site": "m.weibo.com"}], [{"site": "weibo.com.cn"}]),
    Said(
        "2.6 url contains", "url:status/1",
        [{"url": "https://x.com/a/status/1"}], [{"text": "https://x.com/a/status/1"}],
    ),
    Said("2.6 link by whole path segments", "link:e.com/sale", ["https://www.e.com/sale/x"], ["https://e.com/sales"]),
    Said("2.6 type", "类型:评论", [{"type": "comment"}], [{"type": "post"}]),
    Said("2.6 is", "is:(repost OR quote)", [{"is": ["quote"]}], [{"is": ["reply"]}, ""]),
    Said("2.6 has, of entities", "has:link OR has:tag OR has:mention", ["https://a.cn", "#a#", "@bob"], ["a"]),
    Said("2.6 has, of media", "包含:图片", [{"has": ["image"]}], [{"has": ["video"]}]),
    Said("2.6 has a number", "-has:likes", [""], [{"likes": 0}]),
    Said("2.6 an unknown number is no match", "likes:0 OR likes:>=1", [{"likes": 0}, {"likes": 9}], [""]),
    Said(
        "2.6 lang with its variants", "lang:zh",
        [{"lang": "zh"}, {"lang": "zh-TW"}, {"lang": "zh_CN"}], [{"lang": "zha"}, ""],
    ),
    Said("2.6 country and region", "国家:CN 地区:广东", [{"country": "cn", "region": "广东"}], [{"country": "cn"}]),
    Said("2.6 ranges", "likes:100..500", [{"likes": 100}, {"likes": 500}], [{"likes": 501}]),
    Said("2.6 open ranges", "likes:100.. views:..5", [{"likes": 100, "views": 5}], [{"likes": 100, "views": 6}]),
    Said("2.6 comparisons", "点赞:>1 转发:<=2", [{"likes": 2, "shares": 2}], [{"likes": 1, "shares": 2}]),
    Said(
        "2.6 both ends of dates are included", "date:2026-11-01..2026-11-11",
        [{"date": "2026-11-11T23:59"}], [{"date": "2026-11-12"}, ""],
    ),
    Said(
        "2.6 since and until", "起始:2026-11-01 截至:2026-11-11",
        [{"date": "2026-11-01"}], [{"date": "2026-10-31T23:59:59"}],
    ),
    Said(
        "2.6 a confidence floor", "情感:负面@0.8",
        [{"sentiment": "negative", "sentiment_score": 0.8}],
        [{"sentiment": "negative", "sentiment_score": 0.79}, {"sentiment": "negative"}],
    ),
    Said(
        "2.6 intent, emotion, voice, topic", "意图:投诉 情绪:愤怒 声源:真实口碑 话题:物流",
        [{"intent": ["complaint"], "emotion": "anger", "voice": "earned", "topic": ["物流"]}], [{"intent": "complaint"}],
    ),
    # 4 Edge cases
    Said("4 leading NOT", "NOT 广告 充电宝", ["充电宝"], ["充电宝广告"]),
    Said("4 double NOT", "NOT NOT 充电宝", ["充电宝"], ["充电"]),
    Said("4 a minus inside a word is literal", "5-6月", ["5-6月发货", "5 6月"], ["5月"]),
    Said("4 a minus between spaces is ignored", "苹果 - 华为", ["苹果华为"], ["苹果"]),
    Said("4 a plus beside Han is AND", "A+苹果", ["苹果 a"], ["苹果"]),
    Said("4 else it is literal", "A+ OR Google+", ["grade A", "google"], ["b"]),
    Said("4 AT&T, don't, U.S.", "AT&T don't U.S.", ["At T don t u s"], ["ATT dont US"]),
    Said("4 numbers", "4.5 1,000 50%", ["4.5 1,000 50%", "4 5 1 000 50"], ["45 1000 50"]),
    Said("4 an emoji in a Han run is a token", "苹果", ["苹果👍"], ["苹👍果"]),
    Said("4 a loose phrase finds it", '"苹果"~1', ["苹👍果"], ["苹👍👍果"]),
    Said("4 flags are one token", "🇨🇳", ["去🇨🇳"], ["🇨🇦", "🇨"]),
    Said("4 #a#b#", "#a", ["#a#b#"], ["#b#"]),
    Said("4 then the text is b", "b", ["#a#b#"], ["#b2#"]),
    Said("4 an unpaired hashtag ends at white space", "#双十一不买", ["今年#双十一不买 了"], ["今年#双十一 不买"]),
    Said("4 hashtags with spaces, paired", '"#新品 发布#"', ["#新品 发布# 来了"], ["#新品# 发布"]),
    Said("4 only the handle counts", "@bob", ["@bob (Bob Smith)"], ["@bobby (bob)"]),
    Said("4 an e-mail address is not a mention", "example -@example", ["me@example.com"], ["@example com"]),
    Said("4 the quoted text is apart", "坏 -quoted:坏", ["坏了"], [{"text": "好", "quoted": "坏了"}]),
    Said("4 and reached with quoted:", "quoted:(坏 OR bad)", [{"quoted": "It is BAD"}], ["坏"]),
    Said("4 without a title its predicates are false", "-title:a", ["a"], [{"title": "a"}]),
    Said("4 one-to-many", "头髮", ["头发", "頭髮"], ["头皮"]),
    Said("4 braces tell them apart", "{頭髮}", ["頭髮"], ["头发"]),
    Said("4 variant characters", "台湾 峰", ["臺灣峯"], ["湾峰"]),
    Said("4 pinyin is not folded", "苹果", ["苹果"], ["苹guo", "pingguo"]),
    Said("4 one Han character", "坏", ["坏"], ["好"]),
    Said("4 no stop words", '"to be or not to be"', ["To be, or not to be"], ["be or not be"]),
    Said("4 no stemming", "charger", ["charger"], ["chargers"]),
    Said("4 scripts without spaces are cut like CJK", "ดี", ["สินค้าดีมาก"], ["สินค้า"]),
    Said("4 full-width operators", "（苹果 ＯＲ 华为）", ["华为"], ["小米"]),
    # 5 Settled readings
    Said("5.1 a mention opens after Han", "@品牌客服", ["求助@品牌客服"], ["a@品牌客服"]),
    Said("5.1 C# opens no tag", "#a", ["#a"], ["C#a"]),
    Said("5.1 handle characters", "@a_b-c", ["@a_b-c.d"], ["@a_b"]),
    Said("5.2 addresses of any case", "has:link", ["HTTPS://A.cn"], ["a.cn"]),
    Said("5.2 an address ends before Han", "快看", ["http://t.cn/A6x快看"], ["http://t.cn/快看"]),
    Said("5.2 final signs are not part of it", "link:e.com/a", ["(https://e.com/a)."], ["https://e.com/ab"]),
    Said("5.2 no sentence ends inside an entity", "甲 NEAR/s 乙", ["甲 https://e.com/?a=1!b 乙"], ["甲！乙"]),
    Said(
        "5.3 a pair around more than 40 characters is none", "#长",
        ["#长 " + "长" * 40 + "#"], ["#长 " + "长" * 38 + "#"],
    ),
    Said("5.3 nor one with white space at its edge", "双十一", ["# 双十一#"], ["@双十一"]),
    Said("5.3 nor one over a line", "#a", ["#a\nb#"], ["#a b#"]),
    Said("5.3 the unpaired form ends at a sign", "#a_b", ["#a_b-c"], ["#a_b_c"]),
    Said("5.4 codes", "[怒] OR [doge]", ["[怒]", "[doge]"], ["怒", "doge"]),
    Said("5.4 other bracketed words are text", "help", ["[Help] charger"], ["[好Help]"]),
    Said("5.5 one gap, however many reasons", "电池 NEAR/1 烫", ["电池。！\n烫"], ["电池。很烫"]),
    Said("5.5 © and ™ are signs", "品牌手机", ["品牌手机"], ["品牌™手机"]),
    Said("5.5 a term matches itself", "好用吗，真的", ["好用吗，真的"], ["好用吗真的"]),
    Said("5.6 any token counts as one between Han", "充??宝", ["充a电宝", "充电5v宝"], ["充宝"]),
    Said("5.6 a trailing sign after Han means nothing", "充电宝好用吗？", ["这充电宝好用吗"], ["充电宝"]),
    Said("5.6 a wildcard beside Latin belongs to it", "iph*坏", ["iphone坏了"], ["iph的坏"]),
    Said("5.7 what overlaps is near", "苹果 NOT NEAR/0 苹果醋", ["苹果醋和苹果"], ["苹果醋"]),
    Said("5.8 paragraphs", "甲 NEAR/p 乙", ["甲。乙"], ["甲\n乙"]),
    Said("5.8 ordered in a sentence", "甲 NEAR/sf 乙 OR 丙 ONEAR/p 丁", ["甲和乙", "丙。丁"], ["乙和甲", "丁丙"]),
    Said(
        "5.8 exact forms, hashtags and emoji are near", "{iPhone} NEAR/1 #坏 OR 👍 NEAR/1 好",
        ["iPhone #坏#", "好👍"], ["iphone #坏#"],
    ),
    Said("5.9 exact looks into entities", "{bob}", ["@bob", "https://e.com/bob"], ["@bobby"]),
    Said("5.10 link: a host means its sub-domains", "link:e.com", ["https://shop.e.com/a"], ["https://notE.com"]),
    Said("5.12 NOT after a bar and a bracket", "(甲 |-乙)", ["甲", "丙"], ["乙"]),
    Said("5.13 predicates have two values", "-likes:>=1", ["", {"likes": 0}], [{"likes": 1}]),
    Said(
        "5.16 a time without a zone is UTC", "date:2026-11-11T09:30",
        [{"date": "2026-11-11T09:30:59"}], [{"date": "2026-11-11T09:31"}],
    ),
    Said(
        "5 aliases of fields", "词:充电 来源:微博 情感:负面",
        [{"text": "充电", "platform": "weibo", "sentiment": "negative"}], ["充电"],
    ),
    Said(
        "5 aliases of numbers", "浏览:1 互动:3 评分:5 评论数:1",
        [{"views": 1, "likes": 1, "comments": 1, "shares": 1, "rating": 5}], [{"views": 1}],
    ),
]  # fmt: skip


def as_post(post: Post, place: int) -> dict[str, object]:
    said: dict[str, object] = {"text": post} if isinstance(post, str) else {"text": "", **post}
    return {"id": str(place), **said}


POSTS = [
    as_post(post, place)
    for place, post in enumerate(p for said in SENTENCES for p in (*said.finds, *said.passes))
]


def placed(said: Said) -> Iterator[tuple[dict[str, object], bool]]:
    """The sentence's posts, each with whether it is to be found."""
    first = sum(len(each.finds) + len(each.passes) for each in SENTENCES[: SENTENCES.index(said)])
    for place in range(len(said.finds) + len(said.passes)):
        yield POSTS[first + place], place < len(said.finds)


@pytest.mark.parametrize("said", SENTENCES, ids=lambda said: said.part)
def test_the_evaluator_and_the_live_matcher_say_what_the_sentence_says(said: Said) -> None:
    query = parse(said.query)
    assert query.valid, [message.text() for message in query.messages]
    matcher = Matcher()
    matcher.add("q", query)
    for post, wanted in placed(said):
        assert matches(query, post) is wanted, post
        assert bool(matcher.match([post])) is wanted, post


def test_the_store_says_what_the_sentences_say(store: PostStore) -> None:
    store.add(table(POSTS))
    for said in SENTENCES:
        hits = found(store, parse(said.query))
        for post, wanted in placed(said):
            assert (int(str(post["id"])) in hits) is wanted, (said.part, post)
