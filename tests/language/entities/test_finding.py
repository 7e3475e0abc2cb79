"""Entities of each kind in both languages, near misses, overlaps, names, and texts that mean harm."""

from __future__ import annotations

import pytest

from outlisten.language.entities import KINDS, Entity, find_entities


def found(text: str, kind: str, names: tuple[str, ...] = ()) -> list[str]:
    return [one.words for one in find_entities(text, names=names) if one.kind == kind]


CASES = [
    ("email", "写信到 zhang.wei+shop@mail.example.cn，谢谢", ["zhang.wei+shop@mail.example.cn"]),
    ("email", "Mail jane_doe@example.co.uk.", ["jane_doe@example.co.uk"]),
    ("phone", "打13800001234找我", ["13800001234"]),
    ("phone", "电话 138 0000 6641，客服 400-820-8820", ["138 0000 6641", "400-820-8820"]),
    ("phone", "手机号１３８００００１２３４（微信同号）", ["１３８００００１２３４"]),
    ("phone", "010-62345678 没人接", ["010-62345678"]),
    ("phone", "Ring me on 555-0142 or 07700 900112", ["555-0142", "07700 900112"]),
    ("phone", "Call (415) 555-2671, abroad +44 20 7946 0958", ["(415) 555-2671", "+44 20 7946 0958"]),
    ("card", "卡号是4111 1111 1111 1111，被盗刷了", ["4111 1111 1111 1111"]),
    ("card", "my card 5500-0000-0000-0004 was declined", ["5500-0000-0000-0004"]),
    ("identity", "身份证11010519491231002X", ["11010519491231002X"]),
    ("identity", "护照号：E12345678", ["E12345678"]),
    ("identity", "My passport number is 123456789, SSN 078-05-1120", ["123456789", "078-05-1120"]),
    ("account", "退到 DE89 3704 0044 0532 0130 00", ["DE89 3704 0044 0532 0130 00"]),
    ("account", "会员号尾号6620，account number 00123456", ["6620", "00123456"]),
    ("address", "寄到上海市浦东新区世纪大道100号3栋502室", ["上海市浦东新区世纪大道100号3栋502室"]),
    ("address", "我家阳光小区3栋502室漏水", ["阳光小区3栋502室"]),
    ("address", "They left it at 12 Main Street, Leeds.", ["12 Main Street, Leeds"]),
    ("address", "收件 221B Baker Street, NW1 6XE", ["221B Baker Street, NW1 6XE"]),
    ("handle", "加微信：haigang_88 或 QQ 12345678", ["haigang_88", "12345678"]),
    ("handle", "@海港客服 和 @HarborHelp 都不回", ["@海港客服", "@HarborHelp"]),
    ("handle", "telegram: harbordeals", ["harbordeals"]),
    ("ip", "从 192.168.1.20 登不上", ["192.168.1.20"]),
    ("ip", "ping 2001:db8::ff00:42:8329 fails", ["2001:db8::ff00:42:8329"]),
    ("url", "看 https://例子.com/a?id=13800001234。", ["https://例子.com/a?id=13800001234"]),
    ("url", "see www.harbor-shop.com/sale today", ["www.harbor-shop.com/sale"]),
    ("order", "订单号 JX70418，运单 SF1234567890123", ["JX70418", "SF1234567890123"]),
    ("order", "快件SF1234567890123到了", ["SF1234567890123"]),
    ("order", "Order #90-3317, tracking 1Z999AA10123456784", ["90-3317", "1Z999AA10123456784"]),
    ("order", "my booking QK7R2M is gone", ["QK7R2M"]),
    ("money", "原价￥1,299.50，现在3千块，押金两百元", ["￥1,299.50", "3千块", "两百元"]),
    ("money", "收我幾百蚊，HK$500都唔夠", ["幾百蚊", "HK$500"]),
    ("money", "paid $1.5k, then €20 and 30 quid", ["$1.5k", "€20", "30 quid"]),
    ("money", "预算一万五千元，人民币", ["一万五千元"]),
    ("date", "2026年3月8日买的，明天下午三点半送，三天前报修", ["2026年3月8日", "明天下午三点半", "三天前"]),
    ("date", "聽日朝早九點，上個月都係咁", ["聽日朝早九點", "上個月"]),
    ("date", "On 3 March at 5 pm, three days ago, by 2026-03-08", ["3 March at 5 pm", "three days ago", "2026-03-08"]),
    ("date", "next Friday at 9 am or 10:30 tomorrow", ["next Friday at 9 am", "10:30 tomorrow"]),
    ("place", "从哈尔滨飞三亚，再去马来西亚", ["哈尔滨", "三亚", "马来西亚"]),
    ("place", "喺旺角同尖沙咀", ["旺角", "尖沙咀"]),
    ("place", "From São Paulo to Leeds, then Switzerland", ["São Paulo", "Leeds", "Switzerland"]),
    ("product", "iPhone 15 Pro Max 和 Model Y 都试过", ["iPhone 15 Pro Max", "Model Y"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text", "expected"), CASES, ids=lambda case: case if isinstance(case, str) else ""
)
def test_entities_are_found(kind: str, text: str, expected: list[str]) -> None:
    assert found(text, kind) == expected


def test_the_cases_speak_of_every_kind_and_half_of_them_chinese() -> None:
    assert {kind for kind, _text, _expected in CASES} | {"brand"} == set(KINDS)
    chinese = sum(any("一" <= char <= "鿿" for char in text) for _kind, text, _expected in CASES)
    assert 0.4 < chinese / len(CASES) < 0.7


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("ip", "版本3.5.2.1更新后闪退"), ("ip", "v10.2.3.4 crashes"), ("ip", "300.1.2.3"), ("date", "升级到3.5.2"),
        ("phone", "用了20260308批次"), ("phone", "销量13800件"), ("phone", "价格是12999元"), ("phone", "from 2019-2024 to now"),
        ("phone", "https://x.com/status/13800001234"), ("phone", "1234567 views"), ("phone", "$415.555.26"),
        ("card", "单号4111 1111 1111 1112"), ("card", "0000 0000 0000 0000"), ("identity", "110105194912310021"),
        ("identity", "护照办好了，花了200"), ("account", "DE00 3704 0044 0532 0130 00"), ("order", "order 2 pizzas"),
        ("order", "in order to get 10% off"), ("order", "订单取消了3次"), ("money", "三块主板，一块黄油"),
        ("money", "大家一块去"),
        ("money", "元宵节快乐"), ("money", "version 300"), ("date", "有一点点贵，评分四点九"),
        ("date", "I may 10 times say it, 24/7"),
        ("date", "may be"), ("place", "东西安装好了，大理石台面"), ("place", "turkey sandwich, china plate"),
        ("place", "南京路步行街"),
        ("handle", "支持微信支付，wechat pay works"), ("address", "等了3号线20分钟"),
        ("address", "I waited 40 minutes in the street"), ("address", "一条路走到黑"), ("email", "价格@100元"),
        ("url", "很好.真的"),
        ("product", "Stop going to Galaxy"),
    ],
)  # fmt: skip
def test_near_misses_are_not(kind: str, text: str) -> None:
    assert found(text, kind) == []


def test_names_are_found_with_aliases_the_longest_first_and_with_their_model() -> None:
    names = {"海港": ["Harbor", "港港"], "海港生鲜": []}
    text = "海港生鲜不如海港，Harbor's ok, harbors no; 港港 X5 Pro 贵，HARBOR"
    said = [(one.kind, one.words) for one in find_entities(text, names=names)]
    assert said == [
        ("brand", "海港生鲜"), ("brand", "海港"), ("brand", "Harbor"), ("product", "港港 X5 Pro"), ("brand", "HARBOR"),
    ]  # fmt: skip


def test_a_name_in_traditional_characters_is_the_same_name() -> None:
    assert found("華為的電池", "brand", ("华为",)) == ["華為"]


@pytest.mark.parametrize(
    ("text", "personal"),
    [
        ("a@example.com", True), ("support@example.com", False), ("客服热线 400-820-8820", False), ("打13800001234", True),
        ("在北京", False), ("￥20", False), ("订单号 JX70418", True), ("https://example.com/", False), ("明天", False),
    ],
)  # fmt: skip
def test_what_points_at_a_person_is_personal(text: str, personal: bool) -> None:
    assert [one.personal for one in find_entities(text)] == [personal]


def test_with_a_title_spans_count_title_line_break_and_text() -> None:
    title, text = "明天在北京", "打13800001234"
    whole = f"{title}\n{text}"
    entities = find_entities(text, title)
    assert [one.kind for one in entities] == ["date", "place", "phone"]
    assert all(whole[one.start : one.end] == one.words for one in entities)


def in_order(entities: tuple[Entity, ...], text: str) -> bool:
    places = [(one.start, one.end) for one in entities]
    return places == sorted(places) and all(text[one.start : one.end] == one.words for one in entities)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "1", "🙂" * 1_000, "\ud800打13800001234\udfff", "\0", "1" * 1_000_000, "1 " * 100_000, "1-" * 100_000,
        "路" * 100_000, "路1号" * 50_000, "市区路" * 50_000, "a@" * 100_000, "a." * 100_000, ":" * 100_000, "0:" * 100_000,
        "http://" * 60_000, "12 a b c " * 60_000, "一点" * 50_000, "in " * 100_000, "$" * 100_000, "订单" * 50_000,
        "海港" * 50_000,
        "一" * 1_000_000, "a" * 1_000_000,
    ],
    ids=lambda text: ascii(text[:10]),
)  # fmt: skip
def test_any_text_is_borne(text: str) -> None:
    assert in_order(find_entities(text, names=("海港",)), text)
