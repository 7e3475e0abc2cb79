"""`outlisten evaluate`."""

from __future__ import annotations

import json

import pytest

from outlisten.cli.reliability_table import bar

EN = [
    ("I love it, great work", "pos"),
    ("terrible, it broke at once", "neg"),
    ("The shop opens at nine", "neu"),
]
ZH = [("太好用了，强烈推荐", "正面"), ("质量太差了，很失望", "负面"), ("明天上午九点开门", "中性")]


def write(path, rows, header=("text", "label")) -> None:
    lines = [",".join(header), *(f'"{text}",{label}' for text, label in rows)]
    path.write_text("\n".join(lines) + "\n", "utf-8")


@pytest.mark.parametrize("rows", [EN, ZH])
def test_the_contract_of_the_answer(run, tmp_path, rows) -> None:
    write(tmp_path / "posts.csv", rows * 5)
    ran = run("evaluate", "sentiment", "posts.csv", "--json")
    told = ran.json
    assert ran.status == 0
    assert (told["task"], told["n"], told["judged_on"]) == (
        "sentiment",
        15,
        ["negative", "neutral", "positive"],
    )
    assert next(iter(told["metrics"])) == "macro_recall"
    assert all(low <= told["metrics"][name] <= high for name, (low, high) in told["intervals"].items())
    assert told["posts_per_second"] > 0
    assert told["model"]
    assert sum(map(sum, told["confusion"]["counts"])) + sum(told["confusion"]["unread"]) == 15


def test_a_file_without_neutral_posts_is_judged_on_two_tones(run, tmp_path) -> None:
    write(tmp_path / "posts.csv", [("the shop opens at nine", 1), *((text, 0) for text, _ in EN[1:])])
    told = run("evaluate", "sentiment", "posts.csv", "--labels", "0=negative,1=positive", "--json").json
    assert told["judged_on"] == ["negative", "positive"]
    assert next(iter(told["metrics"])) == "accuracy"
    assert told["confusion"]["unread"] == [0, 0]
    shown = run("evaluate", "sentiment", "posts.csv", "--labels", "0=negative,1=positive")
    assert "no neutral posts" in shown.text


def test_labels_that_are_not_known_are_named_with_their_number(run, tmp_path) -> None:
    write(tmp_path / "posts.csv", [("a", 0), ("b", 4), ("c", 4)])
    ran = run("evaluate", "sentiment", "posts.csv", "--json")
    assert (ran.status, ran.out) == (1, b"")
    assert "“4” (2)" in ran.err
    assert "0=negative" in ran.err
    assert ran.err.count("\n") == 1


def test_posts_may_be_left_out(run, tmp_path) -> None:
    write(tmp_path / "posts.csv", [*EN, ("???", "irrelevant")])
    told = run("evaluate", "sentiment", "posts.csv", "--labels", "irrelevant=", "--json").json
    assert (told["n"], told["left_out"]) == (3, 1)


def test_columns_are_mapped_as_for_read(run, tmp_path) -> None:
    write(tmp_path / "posts.csv", ZH, ("words", "mine"))
    told = run(
        "evaluate", "sentiment", "posts.csv", "--map", "text=words", "--map", "label=mine", "--json"
    ).json
    assert (told["n"], told["label_column"]) == (3, "mine")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["poetry", "posts.csv"], "no task poetry"),
        (["sentiment", "posts.csv", "--labels", "0"], "--labels 0"),
        (["sentiment", "posts.csv", "--labels", "0=sad"], "sad"),
        (["sentiment", "posts.csv", "--map", "label=nowhere"], "nowhere"),
        (["sentiment", "posts.csv", "--map", "label=text"], "at once"),
        (["sentiment", "posts.csv", "--tier", "best"], "best"),
        (["sentiment", "none.csv"], "none.csv"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(run, tmp_path, arguments, said) -> None:
    write(tmp_path / "posts.csv", EN)
    ran = run("evaluate", *arguments)
    assert ran.status in (1, 2)
    assert ran.out == b""
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_a_file_without_a_column_of_labels_is_asked_for_one(run, tmp_path) -> None:
    write(tmp_path / "posts.csv", EN, ("text", "mood"))
    assert "--map label=COLUMN" in run("evaluate", "sentiment", "posts.csv").err


def test_the_language_is_not_whispered_to_the_models(run, tmp_path) -> None:
    write(
        tmp_path / "posts.csv",
        [("The shop opens at nine every day", "zh"), ("今天天气不错", "zh")],
        ("text", "lang"),
    )
    told = run("evaluate", "language", "posts.csv", "--json").json
    assert told["metrics"]["accuracy"] == 0.5


def test_yes_or_no_in_json_lines(run, tmp_path) -> None:
    rows = [("限时五折，点击链接购买，立即下单", True), ("今天路过海边，风很大", False)]
    lines = [json.dumps({"text": text, "ad": ad}, ensure_ascii=False) for text, ad in rows]
    (tmp_path / "posts.jsonl").write_text("\n".join(lines), "utf-8")
    told = run("evaluate", "promotion", "posts.jsonl", "--map", "label=ad", "--json").json
    assert told["metrics"]["f1"] == 1.0


def test_rejected_rows_are_counted_once(run, tmp_path) -> None:
    write(tmp_path / "posts.csv", EN * 5)
    with (tmp_path / "posts.csv").open("a") as file:
        file.write("a,b,c,d\n")
    ran = run("evaluate", "sentiment", "posts.csv", "--json")
    assert ran.status == 3
    assert ran.err.count("posts.csv:17") == 1


def test_the_answer_speaks_chinese(run, tmp_path) -> None:
    write(tmp_path / "posts.csv", ZH)
    assert "95 % 区间" in run("evaluate", "sentiment", "posts.csv", locale="zh-hans").text


def test_a_title_is_read_only_where_it_is_named(run, tmp_path) -> None:
    rows = [f'"{text}",terrible awful,{label}' for text, label in EN * 3]
    (tmp_path / "posts.csv").write_text("\n".join(["text,title,label", *rows]) + "\n", "utf-8")
    plain = run("evaluate", "sentiment", "posts.csv", "--json").json
    titled = run("evaluate", "sentiment", "posts.csv", "--map", "title=title", "--json").json
    assert titled["metrics"]["macro_recall"] < plain["metrics"]["macro_recall"]


VAGUE = [("still waiting to see", "neu"), ("就这样吧，再看看", "中性"), ("说不上好坏", "负面")]


@pytest.mark.parametrize("rows", [EN, ZH])
def test_it_says_for_how_many_posts_the_models_can_tell_and_how_right_they_are(run, tmp_path, rows) -> None:
    write(tmp_path / "posts.csv", [*rows * 4, *VAGUE])
    told = run("evaluate", "sentiment", "posts.csv", "--json").json
    told_n, untold_n = told["told"]["n"], told["untold"]["n"]
    assert (told_n, untold_n) == (12, 3)
    assert told["told"]["share"] == pytest.approx(0.8)
    right = told_n * told["told"]["right"] + untold_n * told["untold"]["right"]
    assert right / 15 == pytest.approx(told["metrics"]["accuracy"], abs=1e-5)
    assert told["told"]["low"] < told["told"]["right"] <= told["told"]["high"]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Right where it only leans"), ("zh-hans", "只是偏向的：读对")]
)
def test_the_screen_draws_how_often_the_models_are_right_by_their_chance(
    run, tmp_path, language, said
) -> None:
    write(tmp_path / "posts.csv", [*EN, *VAGUE])
    shown = run("evaluate", "sentiment", "posts.csv", locale=language)
    assert said in shown.text
    assert "│" in shown.text
    assert "0.4 – 0.5" in shown.text


def test_a_bar_ends_where_the_share_does_and_marks_the_chance() -> None:
    assert bar(0.5, 0.7) == "██████████····│·····"
    assert bar(1.0, 1.0) == "█" * 19 + "│"
    assert bar(0.0, 0.0) == "│" + "·" * 19


def test_a_task_without_chances_says_nothing_of_telling(run, tmp_path) -> None:
    write(tmp_path / "posts.csv", [("明天上午九点开门", "zh"), ("The shop opens at nine", "en")])
    assert "told" not in run("evaluate", "language", "posts.csv", "--json").json
