"""A brand query of 3,000 characters, pasted: read, told, counted part by part, saved, and one answer from history, from
the live stream and from `outlisten match` on a file."""

from __future__ import annotations

import json
import re
from html import unescape
from itertools import product
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from tests.commands import ran

from outlisten.app.listening.models import Topic, Workspace
from outlisten.app.listening.store import pipeline
from outlisten.cli.terminal import Serving
from outlisten.home import Home
from outlisten.query import Matcher, matches, parse, rewritten

PASTED = Path(__file__).parent / "pasted"
PART = {"HX-Request": "true"}
SUBJECTS = {
    "en": [
        "Harbour Cafe", "HARBOUR CAFE", "harbour café", "the coffee at Harbour", "my harbor latte", "Harbour rewards",
        "@HarbourCafe", "#HarbourMomentsLondon", "https://www.harbourcafe.example/menu/1", "the harbour", "Valley Cafe",
        "Harbour Bridge boats near Harbour Cafe", "harbourcafes",
    ],
    "zh": [
        "海港咖啡", "海 港 咖 啡", "海港咖啡", "港咖", "海港家的生椰", "海港那家店的拿铁", "HGC", "hgc", "@海港咖啡客服",
        "#海港探店日记#", "山谷咖啡", "海港码头", "上海海港", "海港城的咖啡", "海港。咖啡师",
    ],
}  # fmt: skip
SAYINGS = {
    "en": [
        "queued for ages, the order took 40 minutes", "charged me twice for the double shot", "love it", "RAW egg in it",
        "the price went up and the rise is a rip-off", "it exists", "we are hiring baristas, great salary", "😡", "👍🏽",
        "best giveaway ever", "not\nworking", "worst, never again #ad",
    ],
    "zh": [
        "排队两小时，服了", "排队。服了", "退款到现在没到", "避雷", "好喝，回购", "存在", "太贵了吧[怒]", "😡",
        "招聘店员，排队等你", "失望、失望，还是失望。", "后悔了", "比山谷咖啡差远了", "充了卡就用不了", "優惠的券還能用嗎",
        "兼职内推，推荐",
    ],
}  # fmt: skip
TOLD = {
    "en": ("fit all of these", "fit none of these", "the other"),
    "zh": ("符合以下每一项", "不符合以下任何一项", "其余"),
}
NAMED = {
    "en": ("“shrinkflation”", "“recruit*”", "harbourjobs*"),
    "zh": ("“割韭菜”", "“恰饭”", "“价格刺客”"),
}


def posts(language: str) -> list[dict[str, object]]:
    """Every subject with every saying, and what only fields tell apart."""
    said: list[dict[str, object]] = [
        {"text": f"{subject} {saying}" if language == "en" else f"{subject}{saying}", "lang": language}
        for subject, saying in product(SUBJECTS[language], SAYINGS[language])
    ]
    subject, saying = SUBJECTS[language][0], SAYINGS[language][2]
    known = {"text": f"{subject} {saying}", "lang": language}
    said += [
        {**known, "author_handle": "dealbot", "platform": "x"},
        {**known, "author": "薅羊毛小分队", "platform": "weibo"},
        {**known, "site": "jobs.example"},
        {"text": saying, "lang": language, "site": "m.shop.harbourcafe.example"},
        {"text": "看看", "title": f"{subject} 测评 taste test", "lang": language},
        {**known, "lang": "fr"},
        {**known, "type": "article"},
        {**known, "text": f"{subject} {saying} ", "is": ["repost"]},
    ]
    return [
        {"id": str(n), "platform": "forum", "created_at": f"2026-11-{1 + n % 28:02d}T09:00:00Z", **post}
        for n, post in enumerate(said)
    ]


def pasted(language: str) -> str:
    return (PASTED / f"brand.{language}.txt").read_text("utf-8").strip()


def imported(kept: list[dict[str, object]]) -> None:
    """The posts come in as from a file."""
    names = sorted({name for post in kept for name in post} - {"id"})
    columns = {name: [post.get(name) for post in kept] for name in names}
    columns["is"] = [post.get("is") or [] for post in kept]
    columns["lang_given"] = columns.pop("lang")
    pipeline().ingest(pa.table({"native_id": [post["id"] for post in kept], **columns}))


@pytest.fixture
def home(pages_store: object, db: None, settings: Any) -> Home:
    Workspace.objects.create(pk=1, name="Archive", as_of=Workspace.AsOf.NEWEST)
    return Home(settings.HOME.path)


def words_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.mark.parametrize(("language", "reader"), [("en", "en"), ("zh", "zh-hans")])
def test_what_is_pasted_is_understood_saved_and_finds_the_same_everywhere(
    home: Home, browser: Any, language: str, reader: str, tmp_path: Path
) -> None:
    typed, kept = pasted(language), posts(language)
    assert len(typed) > 2_900
    assert typed.count(" OR ") + typed.count(" ｜ ") > 180
    imported(kept)
    analyst = browser("analyst", language=reader)

    # It is another tool's: the box says so, and offers it as it is written here.
    box = analyst.post(
        "/listen/check", {"q": typed, "period": "all", "voice": "all"}, headers=PART
    ).content.decode()
    written = unescape(re.search(r'data-write="([^"]*)"(?! data-from)', box)[1])
    assert written == rewritten(typed).text != typed
    query = parse(written)
    assert query.valid

    # It is told in groups that leave nothing out.
    box = analyst.post(
        "/listen/check", {"q": written, "period": "all", "voice": "all"}, headers=PART
    ).content.decode()
    told = words_of(box)
    assert all(group in told for group in TOLD[language])
    assert all(
        1 <= told.count(name) <= 2 for name in NAMED[language]
    )  # once more in the head of a folded group

    # It is searched and kept under a name; the parts say what they do.
    found = {post["id"] for post in kept if matches(query, post)}
    assert 20 < len(found) < len(kept) - 20
    page = analyst.post("/listen/", {"q": written, "period": "all", "voice": "all"}, follow=True)
    address = page.request["QUERY_STRING"]
    assert len(address) < 100
    parts = words_of(analyst.get(f"/listen/parts?{address}", headers=PART).content.decode())
    assert {"en": "takes away", "zh": "去掉了"}[language] in parts
    new = unescape(re.search(r'href="(/settings/topics/new\?[^"]+)"', page.content.decode())[1])
    form = unescape(
        re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", analyst.get(new).content.decode(), re.S)[1]
    )
    assert analyst.post(new, {"name": "海港", "query": form, "description": ""}).status_code == 302
    assert Topic.objects.get().query == written

    # History: what the topic finds, taken away as a file.
    export = analyst.get("/listen/export/jsonl", {"q": "query:海港", "period": "all", "voice": "all"})
    assert {json.loads(line)["native_id"] for line in _lines(export)} == found

    # The live stream.
    matcher = Matcher()
    matcher.add("海港", query)
    assert {post for _, post in matcher.match(kept)} == found

    # The command line, on the file, and on what is kept.
    rows = "".join(json.dumps(post, ensure_ascii=False) + "\n" for post in kept)
    (tmp_path / "posts.jsonl").write_text(rows, "utf-8")
    (tmp_path / "queries.jsonl").write_text(json.dumps({"id": "海港", "query": written}) + "\n", "utf-8")
    answer = ran(
        ["match", "--queries", "queries.jsonl", "posts.jsonl", "--json"], Serving(home, None), tmp_path
    )
    assert answer.status == 0, answer.err
    assert {json.loads(line)["post"] for line in answer.out.splitlines()} == found


def _lines(response: Any) -> list[str]:
    import asyncio

    async def read() -> bytes:
        return b"".join([piece async for piece in response.streaming_content])

    return asyncio.run(read()).decode().splitlines()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_post_is_told_why(home: Home, language: str) -> None:
    from outlisten.query import why

    query = parse(rewritten(pasted(language)).text)
    for post in posts(language)[::7]:
        assert why(query, post, "zh-hans").holds is matches(query, post)
