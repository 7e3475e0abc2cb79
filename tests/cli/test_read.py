"""`outlisten read`."""

from __future__ import annotations

import json
import re

SHAPE = {
    "lang", "sentiment", "sentiment_score", "intents", "emotion", "urgency", "promotional", "disclosure",
    "voice",
}  # fmt: skip


def test_each_text_gives_one_line_of_json(run) -> None:
    ran = run("read", "客服态度太差了，等了两个小时", "I love how quick the support was", "--json")
    rows = [json.loads(line) for line in ran.text.splitlines()]
    assert ran.status == 0
    assert [(row["lang"], row["sentiment"]) for row in rows] == [("zh", "negative"), ("en", "positive")]
    assert all(set(row) >= SHAPE for row in rows)
    assert all(0 < row["sentiment_score"] <= 1 for row in rows)


def test_labels_come_with_their_scores_and_null_says_not_read(run) -> None:
    ran = run("read", "希望能增加夜间模式", "Hola, muy bien todo", "#ad I love my new Harbor mug", "--json")
    wish, spanish, advert = [json.loads(line) for line in ran.text.splitlines()]
    assert 0 < wish["intents"]["suggestion"] <= 1
    assert (spanish["intents"], spanish["flags"], spanish["promotional"], spanish["urgency"]) == (None,) * 4
    assert "disclosed" in advert["flags"]
    assert (advert["disclosure"][0]["kind"], advert["voice"]) == ("advertising", "paid")


def test_lines_of_standard_input_are_texts(run) -> None:
    ran = run("read", "-", "--json", stdin="第一条很好\nthe second is awful\n".encode())
    assert len(ran.text.splitlines()) == 2


def test_a_file_is_read_with_the_column_named(run, tmp_path) -> None:
    (tmp_path / "posts.csv").write_text("id,words,n\n1,这家店真不错,5\n2,never again,1\n", "utf-8")
    ran = run("read", "--file", "posts.csv", "--map", "text=words", "--json")
    assert [json.loads(line)["lang"] for line in ran.text.splitlines()] == ["zh", "en"]


def test_the_screen_shows_hostile_text_without_obeying_it(run) -> None:
    assert "\x1b" not in run("read", "\x1b[2J clears the screen").text


def test_texts_and_a_file_at_once_are_refused(run) -> None:
    for arguments in (["a text", "--file", "posts.csv"], [], ["a text", "--map", "text=words"]):
        ran = run("read", *arguments)
        assert (ran.status, ran.out) == (2, b"")
        assert ran.err.count("\n") == 1


def test_a_map_that_is_not_understood_is_named(run) -> None:
    ran = run("read", "--file", "posts.csv", "--map", "words")
    assert ran.status == 2
    assert "--map words" in ran.err


def test_what_is_said_of_whom_stands_in_json(run) -> None:
    ran = run("read", "海港很好，但是电池太差", "Hola, la battery", "--brand", "海港", "--json")
    chinese, spanish = [json.loads(line)["targets"] for line in ran.text.splitlines()]
    assert [(one["name"], one["kind"], one["sentiment"]) for one in chinese] == [
        ("海港", "brand", "positive"), ("battery", "aspect", "negative"),
    ]  # fmt: skip
    assert (chinese[0]["start"], chinese[0]["end"], chinese[0]["clause"]) == (0, 2, "海港很好")
    assert 0 < chinese[1]["score"] <= 1
    assert [(one["sentiment"], one["score"]) for one in spanish] == [(None, None)]


def test_the_screen_tells_targets_only_where_they_say_more(run) -> None:
    texts = ["屏幕非常漂亮，但是电池太差", "电池太差", "Loop is good, while Fenwave is bad"]
    brands = ["--brand", "Loop", "--brand", "Fenwave"]
    differs, same, compares = run("read", *texts, *brands, locale="zh-hans").text.splitlines()
    assert re.fullmatch(r"屏幕 正面 0\.\d\d · 电池 负面 0\.\d\d", differs.split("\t")[3])
    assert same.count("\t") == 2
    assert re.fullmatch(r"Loop 正面 0\.\d\d · Fenwave 负面 0\.\d\d", compares.split("\t")[3])
    english = run("read", texts[0]).text.split("\t")[3]
    assert re.match(r"screen positive 0\.\d\d · battery negative", english)


def test_a_hostile_name_drives_no_terminal(run) -> None:
    assert "\x1b" not in run("read", "\x1b[2JLoop is good, the battery is bad", "--brand", "\x1b[2JLoop").text


def test_what_is_more_likely_wrong_than_right_is_cannot_tell_and_keeps_its_label(run) -> None:
    vague = ("still waiting to see", "就这样吧，再看看")
    rows = [json.loads(line) for line in run("read", *vague, "--json").text.splitlines()]
    for row in rows:
        assert row["sentiment_score"] < 0.5
        assert row["sentiment"] in ("negative", "neutral", "positive")
        assert "sentiment" in row["cannot_tell"]
    assert run("read", *vague).text.count("cannot tell (leans to") == 2
    (sure,) = [json.loads(line) for line in run("read", "太好用了，强烈推荐", "--json").text.splitlines()]
    assert "sentiment" not in sure["cannot_tell"]
    assert ("emotion" in sure["cannot_tell"]) == (sure["emotion_score"] < 0.5)
