from __future__ import annotations

import random
import time

import pytest

from outlisten.query.tokens import STREAM_SCHEMA, TokenStream, tokenise, tokenise_batch

STREAMS = [
    ("昨天买的充电宝", "昨 天 买 的 充 电 宝"),
    ("充 电 宝", "充 电 宝"),
    ("我在充电。宝宝睡了", "我 在 充 电 | 宝 宝 睡 了"),
    ("苹果，，！！\n手机", "苹 果 | 手 机"),
    ("coca. Cola", "coca cola"),
    ("coca-cola", "coca cola"),
    ("我的iPhone坏了", "我 的 iphone 坏 了"),
    ("iPhone 15", "iphone 15"),
    ("iPhone15", "iphone15"),
    ("充电宝(power bank)真好", "充 电 宝 | power bank | 真 好"),
    ("買了頭髮護理", "买 了 头 发 护 理"),
    ("ｉＰｈｏｎｅ　１５", "iphone 15"),
    ("5㎏ ½", "5kg 1 2"),
    ("CAFÉ cafe\u0301", "cafe cafe"),
    ("charg\u00ader zero\u200bwidth \u202eabc", "charger zerowidth abc"),
    ("hello @bob world", "hello | world"),
    ("看 https://e.com/a 好 http://t.cn/A6x快看", "看 | 好 | 快 看"),
    ("买#双十一# 好", "买 | 双 十 一 | 好"),
    ("气死了[怒]真的", "气 死 了 | 真 的"),
    ("[Help] charger", "help charger"),
    ("好用👍🏻!", "好 用 👍"),
    ("👨‍👩‍👧👨", "👨‍👩‍👧 👨"),
    ("苹👍果 🇨🇳 1️⃣", "苹 👍 果 🇨🇳 1⃣"),
    ("苹果™手机", "苹 果 | 手 机"),
    ("苹果|¶手机 a|b", "苹 果 | 手 机 a b"),
    ("ｱﾊﾞﾄ 한국어", "ア バ ト 한국어"),
    ("ไทย हिन्दी", "ไ ท ย हिन्दी"),
    ("a\x00b\ud800c", "a b c"),
    ("…。！", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "stream"), STREAMS)
def test_a_text_is_cut_into_its_stream(text: str, stream: str) -> None:
    assert tokenise(None, text).stream == stream


def test_the_title_is_a_sequence_of_its_own() -> None:
    cut = tokenise("全场降价。快来", "详情 见店")
    assert cut.stream == "全 场 降 价 | 快 来 ¶ 详 情 见 店"
    assert cut.title_tokens == 8
    assert cut.sentences == [0, 5, 8]
    assert cut.paragraphs == [0, 8]


@pytest.mark.parametrize(
    ("text", "sentences", "paragraphs"),
    [
        ("好。坏！真的？", [0, 2, 4], [0]),
        ("One. Two v1.2 is out! three\nfour", [0, 1, 6, 7], [0, 7]),
        ("看 https://e.com/a.b?c=1. 好", [0, 2], [0]),
        ("等……来了", [0, 2], [0]),
        ("!!!", [], []),
    ],
)
def test_sentences_start_where_they_do(text: str, sentences: list[int], paragraphs: list[int]) -> None:
    cut = tokenise(None, text)
    assert (cut.sentences, cut.paragraphs) == (sentences, paragraphs)


ENTITIES = [
    ("hashtags", "#双十一# 买 #双十一[话题]# #Sale2026！ #a_b-c", ["双十一", "sale2026", "a_b"]),
    ("hashtags", "今年#双十一不买", ["双十一不买"]),
    ("hashtags", "#新品 发布# 来了", ["新品 发布"]),
    ("hashtags", "#one and #two three", ["one", "two"]),
    ("hashtags", "#a#b#", ["a"]),
    ("hashtags", "C# and item#5 and ＃全角＃", ["全角"]),
    ("hashtags", "#" + "长" * 41 + "# x", ["长" * 41]),
    ("mentions", "求助@品牌客服 a@b.com @Some_One-1: hi", ["品牌客服", "some_one-1"]),
    ("codes", "[怒][doge][Help][太开心了！][一二三四五六七八九]", ["怒", "doge"]),
    ("links", "HTTPS://E.com/客服，好 http://t.cn/A6x快看", ["HTTPS://E.com/客服", "http://t.cn/A6x"]),
    ("links", '(see http://a.b/c). <a href="http://d.e/f">', ["http://a.b/c", "http://d.e/f"]),
    ("links", "http:// http://... x", []),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "names"), ENTITIES)
def test_entities_are_found_in_the_original_words(kind: str, text: str, names: list[str]) -> None:
    assert getattr(tokenise(None, text), kind) == names


def test_links_the_source_sent_stand_beside_those_in_the_text() -> None:
    sent = ["http://b.cn/2", "http://a.cn/1"]
    assert tokenise(None, "http://a.cn/1", sent).links == ["http://a.cn/1", "http://b.cn/2"]


def test_a_batch_has_the_columns_of_a_stream() -> None:
    table = tokenise_batch(["标题", None], ["正文 #x", "b"])
    assert table.schema == STREAM_SCHEMA
    assert table.column_names == list(TokenStream.__dataclass_fields__)
    assert table["stream"].to_pylist() == ["标 题 ¶ 正 文 | x", "b"]


HOSTILE = [
    "a", " ", ". ", "中，", "#", "[中", "@a", "e\u0301", "http://", "👍\u200d", "#a ", "\u0301", "ก่", "[",
    "＃ｘ", "\ud800", "\x00", "\u202e", "중", "https://a.b/(", "1\ufe0f\u20e3", "\u200d", "\u200b", "\ufe0f", "🇨",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_length_of_a_hostile_text_and_no_faster(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        start = time.process_time()
        tokenise(text, text)
        return time.process_time() - start

    seconds(1_000)
    assert seconds(160_000) < 0.1 + 40 * min(seconds(10_000), seconds(10_000))


def test_any_string_is_cut_and_can_be_stored() -> None:
    chance = random.Random(7)
    alphabet = "ab中文 \t\n。，.,!?#@[]:/话题http\u200d\u0301\ufe0f👍🏻🇨🇳\ud800\x00\u202eก่ｶﾞ가½㎏|¶"
    for _ in range(2_000):
        text = "".join(chance.choices(alphabet, k=chance.randrange(30)))
        cut = tokenise(text, text)
        assert "  " not in cut.stream
        assert not cut.stream.endswith((" ", " |"))
        assert all(start < len(cut.stream.split(" ")) for start in cut.sentences)
        " ".join([cut.stream, *cut.hashtags, *cut.mentions, *cut.codes, *cut.links]).encode()
