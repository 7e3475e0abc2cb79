"""The builder below the query box: what it shows of a query, what each act makes of it, and what it refuses."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings
from tests.query.drawn import queries

from outlisten.app.listening.building.pictures import Sent, picture, sent
from outlisten.query import Context, parse
from outlisten.query.building import from_json
from outlisten.query.tree import children, walk

PART = {"HX-Request": "true"}
pytestmark = pytest.mark.usefixtures("posts", "archive")


class Page:
    """The builder as its page uses it: every act goes out with the text and the outline that came last."""

    def __init__(self, client, text: str = "") -> None:
        self.client = client
        self.answer("", text=text)

    def answer(self, act: str, path: str = "", **values: str) -> str:
        sent = {"act": act, "path": path, **values}
        sent.setdefault("text", getattr(self, "text", ""))
        sent.setdefault("outline", json.dumps(getattr(self, "outline", None)))
        answer = self.client.post("/listen/build", sent, headers=PART)
        assert answer.status_code == 200
        self.html = answer.content.decode()
        state = json.loads(self.attribute("value"))
        self.text, self.outline = state["text"], state["outline"]
        assert self.text == self.attribute("data-text")
        return self.text

    def attribute(self, name: str) -> str:
        line = re.search(r"<input type=\"hidden\" data-state.*?>", self.html, re.S)[0]
        return unescape(re.search(rf' {name}="([^"]*)"', line)[1])

    def words(self) -> str:
        """What a person reads, without the forms."""
        plain = re.sub(r"<(select|option|details|button class=\"btn).*?</\1>", " ", self.html, flags=re.S)
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", plain)).split())


@pytest.fixture
def build(browser):
    """Opens the builder of a query: `build("refund", language="zh-hans")`."""
    clients = {}

    def open_it(text: str = "", language: str = "en") -> Page:
        if language not in clients:
            clients[language] = browser("viewer", language=language, email=f"{language}@example.org")
        return Page(clients[language], text)

    return open_it


# The acts one after the other, and the text after each.
STORIES = [
    ("en", "", [
        ("words", "", {"value": "refund, money back"}, 'refund OR "money back"'),
        ("also", "", {"form": "any"}, 'refund OR "money back"'),
        ("words", "1", {"value": "slow, waiting"}, '(refund OR "money back") (slow OR waiting)'),
        ("also", "", {"form": "none"}, '(refund OR "money back") (slow OR waiting)'),
        ("words", "2", {"value": "job"}, '(refund OR "money back") (slow OR waiting) NOT job'),
        ("condition", "", {"kind": "label", "field": "sentiment", "value": "negative", "floor": "0.8"},
         '(refund OR "money back") (slow OR waiting) NOT job sentiment:negative@0.8'),
        ("remove", "1.0", {}, '(refund OR "money back") waiting NOT job sentiment:negative@0.8'),
        ("negate", "3", {}, '(refund OR "money back") waiting NOT job -sentiment:negative@0.8'),
        ("remove", "", {}, ""),
    ]),
    ("zh-hans", "退款 OR 退钱", [
        ("condition", "", {"kind": "label", "field": "sentiment", "value": "negative"}, "(退款 OR 退钱) 情感:负面"),
        ("condition", "", {"kind": "dates", "field": "date", "start": "-7d"}, "(退款 OR 退钱) 情感:负面 起始:-7d"),
        ("change", "2", {"kind": "number", "field": "likes", "is": "between", "low": "10", "high": "20"},
         "(退款 OR 退钱) 情感:负面 点赞:10..20"),
        ("condition", "", {"kind": "flag", "field": "has", "value": "image"}, "(退款 OR 退钱) 情感:负面 点赞:10..20 包含:图片"),
        ("move", "0.1", {"into": "", "place": "2"}, "退款 情感:负面 退钱 点赞:10..20 包含:图片"),
        ("shift", "2", {"by": "1"}, "退款 情感:负面 点赞:10..20 退钱 包含:图片"),
        ("duplicate", "3", {}, "退款 情感:负面 点赞:10..20 退钱 退钱 包含:图片"),
    ]),
    ("en", "battery", [
        ("wrap", "0", {"form": "near"}, "battery"),
        ("words", "0.1", {"value": "hot, swell*"}, "battery NEAR/4 (hot OR swell*)"),
        ("set", "0", {"unit": "token", "distance": "6", "ordered": "yes", "apart": ""}, "battery NEAR/6f (hot OR swell*)"),
        ("set", "0", {"unit": "sentence", "distance": "", "ordered": "", "apart": "yes"}, "battery NOT NEAR/s (hot OR swell*)"),
        ("wrap", "", {"form": "title"}, "title:(battery NOT NEAR/s (hot OR swell*))"),
        ("set", "0", {"scope": "quoted"}, "quoted:(battery NOT NEAR/s (hot OR swell*))"),
    ]),
    ("zh-hans", "降价", [
        ("wrap", "0", {"form": "atleast"}, "ATLEAST/2(降价)"),
        ("set", "0", {"count": "3"}, "ATLEAST/3(降价)"),
        ("text", "0", {"value": "标题:(降价 OR 打折)"}, "标题:(降价 OR 打折)"),
        ("unwrap", "0", {}, "降价 OR 打折"),
        ("change", "0", {"kind": "words", "words": "双十一", "how": "hashtag"}, "#双十一 OR 打折"),
        ("change", "1", {"kind": "words", "words": "和服", "how": "word"}, "#双十一 OR 词:和服"),
        ("join", "", {"mode": "none"}, "NOT (#双十一 OR 词:和服)"),
    ]),
    ("en", "a /* why */ OR b", [
        ("text", "1", {"value": "because */ of"}, "a /* because  of */ OR b"),
        ("new", "", {"form": "all"}, "a /* because  of */ OR b"),
        ("words", "3", {"value": "c, d"}, "a /* because  of */ OR b OR (c d)"),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "acts"), STORIES, ids=range(len(STORIES)))
def test_each_act_writes_the_text(build, language, text, acts):
    page = build(text, language)
    for act, path, values, after in acts:
        assert page.answer(act, path, **values) == after, page.words()
        assert page.attribute("data-said")
        assert "data-refused" not in page.html


READ = [
    ("en", "(refund OR 退款) -scam lang:zh likes:>=100", "not scam | Language: Chinese | Likes: 100 or more"),
    ("zh-hans", "(refund OR 退款) -招聘 情感:负面@0.8 since:-7d", "不要 招聘 | 情感：负面，概率不低于 0.8 | 写于：-7d 或之后"),
    ("en", '"a b"~3 {US} #双* @bob [怒] word:和服',
     "Together: a b, within 3 | Exactly: US | #双… | @bob | [怒] | Whole word: 和服"),
    ("zh-hans", "author:b* site:weibo.com has:image -is:repost", "作者：b* | 站点：weibo.com | 包含：图片 | 不要 是：转发"),
    ("en", "intent:help emotion:anger voice:paid type:review",
     "Intent: asks for help | Emotion: anger | Voice: paid | Kind: review"),
    ("zh-hans", "意图:投诉 情绪:愤怒 声源:付费", "意图：投诉 | 情绪：愤怒 | 声源：付费"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "said"), READ)
def test_a_query_is_read_as_rows(build, language, text, said):
    html = build(text, language).html
    chips = [
        " ".join(unescape(re.sub(r"<[^>]+>", "", chip)).split())
        for chip in re.findall(r'<button class="qb-chip-main".*?</button>', html, re.S)
    ]
    for wanted in said.split(" | "):
        assert wanted in chips


def test_a_condition_among_alternatives_stays_one_of_them(build):
    page = build("lang:zh OR lang:en")
    assert (
        page.answer("condition", "", kind="label", field="lang", value="ja")
        == "lang:zh OR lang:en OR lang:ja"
    )


def test_a_list_of_200_names_pasted_at_once(build):
    names = [f"Brand {place}" for place in range(100)] + [f"品牌{place}号" for place in range(100)]
    page = build("refund")
    page.answer("words", "", value="\n".join(names))
    assert page.html.count("data-chip ") + page.html.count("data-chip\n") == 201
    assert page.attribute("data-said") == "200 added."
    page.answer("words", "", value="\n".join(names))
    assert page.attribute("data-said") == "200 stand there already."


def test_words_without_a_word_are_refused_and_stay(build):
    page = build("refund")
    assert page.answer("words", "", value="!!!") == "refund"
    assert "data-refused" in page.html
    assert "“!!!” holds nothing to look for." in page.words()


@pytest.mark.parametrize(
    ("language", "said"), [("en", "This bracket is not closed"), ("zh-hans", "括号没有闭合")]
)
def test_text_with_a_mistake_is_refused_with_the_parsers_sentence_and_stays_in_its_box(build, language, said):
    page = build("refund OR b", language)
    assert page.answer("text", "0", value="(refund OR", **{"from": "edit"}) == "refund OR b"
    assert said in page.words()
    assert ">(refund OR</textarea>" in page.html


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "this is the query as it was before"), ("zh-hans", "这里显示的是之前的查询")],
)
def test_a_text_that_cannot_be_read_keeps_the_last_picture(build, language, said):
    page = build("refund OR 退款", language)
    page.answer("", text="refund OR 退款 (")
    assert said in page.words()
    assert 'data-show="13,14"' in page.html
    assert "inert" in page.html
    assert "退款" in page.words()
    assert page.answer("", text="refund OR 退款 OR 退钱") == "refund OR 退款 OR 退钱"
    assert "inert" not in page.html


@pytest.mark.parametrize(("language", "said"), [("en", "This cannot stand inside NEAR"), ("zh-hans", "NEAR")])
def test_a_mistake_is_said_at_its_row(build, language, said):
    page = build("a NEAR/3 b", language)
    page.answer("words", "0.1", value="-c")
    row = page.html[page.html.index('data-path="0.1.1"') :]
    assert said in row[: row.index("data-words")]
    assert page.answer("remove", "0.1.1") == "a NEAR/3 b"


def test_a_remark_is_said_at_its_row(build):
    html = build("refund OR 好").html
    row = html[html.index('data-path="1"') :]
    assert "is a single character" in row[: row.index("data-words")]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_condition_has_a_form(build, language):
    page = build("refund", language)
    fields = re.findall(r'data-act="ask" data-field="(\w+)"', page.html)
    assert {"sentiment", "date", "likes", "author", "site", "list", "query", "is", "has"} <= set(fields)
    for field in fields:
        page.answer("ask", "", field=field)
        assert f'<input type="hidden" data-name="field" value="{field}">' in page.html
        assert page.attribute("data-focus-on") == "form"
    assert page.answer("ask", "", field="nonsense") == "refund"


def test_looking_at_a_row_leaves_the_text_as_it_was_typed(build):
    page = build("(a NEAR/3 b)  AND  c")
    assert page.answer("edit", "1") == "(a NEAR/3 b)  AND  c"
    assert page.answer("ask", "", field="lang") == "(a NEAR/3 b)  AND  c"
    assert page.answer("negate", "1") == "a NEAR/3 b -c"


def test_undo_shows_an_earlier_state(build):
    page = build("a")
    before = page.outline
    page.answer("words", "", value="b")
    assert page.answer("undo", text="a", outline=json.dumps(before)) == "a"
    assert page.attribute("data-said") == "Undone."


def test_an_unfinished_group_is_kept_only_while_the_text_is_the_same(build):
    page = build("a")
    page.answer("also", "", form="none")
    assert page.html.count("data-group") == 3
    page.answer("", text="a b")
    assert page.html.count("data-group") == 1


@pytest.mark.parametrize(
    "act", ["words", "negate", "duplicate", "join", "set", "move", "wrap", "unwrap", "new", "change"]
)
def test_an_act_that_cannot_be_done_changes_nothing(build, act):
    page = build("refund OR 退款")
    assert page.answer(act, "7.7", form="some", mode="x", into="9", value="a") == "refund OR 退款"
    assert "data-refused" in page.html
    assert page.answer(act, "no path", value="a", into="x") == "refund OR 退款"


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'{{ 7*7 }}' {% debug %}",
    "\u202eevil\u202c \u200b{US}",
    '\\" OR \\{ )',
]


@pytest.mark.parametrize("typed", HOSTILE)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_hostile_words_are_shown_as_what_they_are(build, typed, language):
    page = build("", language)
    text = page.answer("words", "", value=typed)
    assert text
    page.answer("edit", "0")
    for html in (page.html, page.client.get("/listen/", {"q": text, "build": "1"}).content.decode()):
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "49" not in re.sub(r"<[^>]+>", "", html[html.index("qb-root") : html.index("qb-acts")])


@pytest.mark.parametrize("outline", ["", "null", "{", '{"kind":"any","rows":7}', "[" * 5000])
def test_an_outline_that_is_none_is_not_believed(build, outline):
    page = build("a b")
    assert page.answer("words", "", text="a b", outline=outline, value="c") == "a b c"


def test_an_outline_of_another_text_is_not_believed(build):
    page = build("a b")
    other = json.dumps(build("x OR y").outline)
    assert page.answer("words", "", text="a b", outline=other, value="c") == "a b c"


def test_a_saved_query_is_chosen_by_name(build, archive):
    from outlisten.app.listening.models import SavedList, Topic

    Topic.objects.create(name="排队 <b>", query="排队")
    SavedList.objects.create(name="Media", accounts="Reuters")
    page = build("refund")
    page.answer("ask", "", field="query")
    assert '<option value="排队 &lt;b&gt;">' in page.html
    assert (
        page.answer("condition", "", kind="query", field="query", value="排队 <b>")
        == 'refund query:"排队 <b>"'
    )
    assert (
        page.answer("condition", "", kind="list", field="list", value="Media")
        == 'refund query:"排队 <b>" list:Media'
    )


@given(queries)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_any_query_is_shown_and_written_back(text):
    context = Context()
    query = parse(text, context)
    shown = picture(sent({"text": text}), context)
    html = render_to_string("listening/building/_picture.html", {"picture": shown})
    if query.valid:
        assert shown.stale is None
        assert html.count("data-chip ") + html.count("data-chip\n") == sum(
            not children(part) for part in walk(query.tree)
        )
        opened = picture(Sent(shown.text, None, "negate", "0", {}), context)
        again = picture(
            Sent(opened.text, from_json(json.loads(opened.state)["outline"]), "negate", "0", {}), context
        )
        assert parse(again.text, context).tree == query.tree


def test_an_outsider_is_turned_away(client, browser, db):
    assert client.post("/listen/build", {"text": "a"}).status_code in (302, 401, 403)
    assert browser("viewer").get("/listen/build").status_code == 405


@pytest.mark.parametrize(("language", "word"), [("en", "Any of these"), ("zh-hans", "任意一个")])
def test_the_address_of_listen_holds_the_builder(browser, language, word):
    client = browser("viewer", language=language)
    page = client.get("/listen/?q=queue&build=1").content.decode()
    assert word in page
    assert (
        "build=1" in re.search(r'<div class="ls-filters".*?</div>\s*</div>', page, re.S)[0]
        or "build=1" in page
    )
    plain = client.get("/listen/?q=queue").content.decode()
    assert word not in plain
    assert 'data-builder="listen-q"' in plain


def test_a_topic_is_built_in_settings(browser):
    page = browser("analyst").get("/settings/topics/new?q=queue").content.decode()
    assert 'data-builder="id_query"' in page
    assert 'data-saving="1"' in page
