"""A wildcard that stands for too many of the words kept: one sentence wherever people's queries are asked."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from outlisten.app.care.models import Rule
from outlisten.app.care.queries.rules import tried
from outlisten.app.listening.models import Brand, Topic
from outlisten.app.people.models import Department
from outlisten.cli.main import invoke
from outlisten.cli.terminal import Serving, Terminal
from outlisten.home import Home
from outlisten.posts import PostStore

PART = {"HX-Request": "true"}
SAID = {"en": "zq* stands for more than 10000 different words", "zh-hans": "zq* 代表的不同词语超过 10000 个"}
pytestmark = pytest.mark.usefixtures("many_words", "archive")


@pytest.fixture
def many_words(posts: PostStore, make_posts) -> None:
    """One post with more words that begin alike than a wildcard may stand for."""
    posts.add(make_posts({"native_id": "zq", "text": " ".join(f"zq{n}" for n in range(10_001))}))


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize(
    "address",
    ["listen/result", "listen/headline", "listen/terms", "listen/people", "listen/voices", "listen/more"],
)
def test_every_part_of_listen_says_it(browser, address, language):
    part = browser("viewer", language=language).get(f"/{address}?q=queue+OR+zq*", headers=PART)
    assert part.status_code == 422
    assert SAID[language] in part.content.decode()


@pytest.mark.parametrize("language", SAID)
def test_the_box_says_it_while_one_types_and_marks_the_word(browser, language):
    part = browser("viewer", language=language).get("/listen/check?q=queue+OR+ZQ*", headers=PART)
    assert part.status_code == 200
    assert SAID[language] in part.content.decode()
    assert "<mark>ZQ*</mark>" in part.content.decode()


def test_an_export_says_it_as_a_page(browser):
    answer = browser("analyst").get("/listen/export/csv?q=zq*")
    assert answer.status_code == 400
    assert SAID["en"] in answer.content.decode()


@pytest.mark.parametrize("language", SAID)
def test_compare_names_the_brand(browser, brands, language):
    Brand.objects.filter(name="Valley").update(query="Valley OR zq*")
    page = browser("viewer", language=language).get("/compare/").content.decode()
    assert SAID[language] in page
    assert "Valley" in page.split(SAID[language])[0].rsplit("<p>", 1)[1]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "its query cannot be asked"), ("zh-hans", "查询无法执行")]
)
def test_today_counts_the_other_brands(browser, brands, language, said):
    Brand.objects.filter(name="Valley").update(query="Valley OR zq*")
    client = browser("viewer", language=language)
    assert said in client.get("/").content.decode()
    assert "Harbour" in client.get("/today/brands", headers=PART).content.decode()


@pytest.mark.parametrize("language", SAID)
def test_its_card_in_settings_says_it(browser, brands, language):
    Topic.objects.create(name="Words", query="zq*")
    Brand.objects.filter(name="Valley").update(query="Valley OR zq*")
    page = browser("viewer", language=language).get("/settings/names").content.decode()
    assert page.count(SAID[language]) == 2


def test_a_rule_of_care_says_it_instead_of_what_it_would_have_done(account):
    rule = Rule.objects.create(
        name="Words", query="zq*", department=Department.objects.get(key="support"), addressed=False
    )
    assert SAID["en"] in tried(account("admin"), rule, None).problem


@pytest.mark.parametrize("language", SAID)
def test_a_command_ends_with_it(account, posts: PostStore, tmp_path: Path, language):
    err, stdin = io.BytesIO(), io.BufferedReader(io.BytesIO())
    err.close = lambda: None
    serving = Serving(Home(tmp_path / "home"), lambda: posts)
    line = ["search", "zq*", "--as", account("analyst").email, "--locale", language[:2]]
    terminal = Terminal(line, io.BytesIO(), err, stdin, tmp_path, "en", serving=serving)
    assert invoke(terminal) == 1
    assert SAID[language] in err.getvalue().decode()
    assert "Traceback" not in err.getvalue().decode()
