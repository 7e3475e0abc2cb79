from __future__ import annotations

import pytest

from outlisten.app.decisions.quotations import runs_of, without_quotations

POSTS = runs_of(
    ["等了两个小时，叫号系统又坏了，没人管。", "They called back within the hour and the refund was there."]
)


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("顾客说“等了两个小时，叫号系统又坏了”，要改。", "顾客说“[…]”，要改。"),
        ("She wrote: they CALLED back within the hour, well done.", "She wrote: […], well done."),
        ("叫号系统要换。", "叫号系统要换。"),  # words everybody uses are no quotation
        ("Call back within two hours.", "Call back within two hours."),
        ("小雨不带伞说得对", "[…]说得对"),
        ("@RobinAsh and robinash, not robinashley", "[…] and […], not robinashley"),
        ("", ""),
    ],
)
def test_what_is_quoted_or_named_is_blanked_and_nothing_else(text, without):
    assert without_quotations(text, POSTS, ["robinash", "小雨不带伞"]) == without


@pytest.mark.parametrize("name", ["Li", "李", " ", ""])
def test_a_name_that_stands_inside_other_words_is_left(name):
    said = "李子 and lime, in all lists"
    assert without_quotations(said, frozenset(), [name]) == said
