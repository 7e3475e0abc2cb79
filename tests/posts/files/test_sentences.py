"""Every sentence of the room exists in both languages, with the same details in it."""

from __future__ import annotations

from string import Formatter

import pytest

from outlisten.posts.files.problems import FileProblem, sentence
from outlisten.posts.files.sentences import FILE_SENTENCES, SENTENCES
from outlisten.words import words


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_has_a_translation_with_the_same_details(code):
    english = SENTENCES[code]
    chinese = words("posts", "zh-hans")(english)
    assert chinese != english
    assert fields(chinese) == fields(english)


@pytest.mark.parametrize("code", FILE_SENTENCES)
def test_a_file_problem_is_one_sentence_that_ends(code):
    details = dict.fromkeys(fields(SENTENCES[code]), "X")
    problem = FileProblem(code, **details)
    assert str(problem) == problem.text("en") == sentence(code, "en", **details)
    assert problem.text("en").endswith(".")
    assert problem.text("zh-hans").endswith("。")
