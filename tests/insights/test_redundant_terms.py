"""Which terms a list can spare."""

from outlisten.insights.redundant_terms import redundant

PHRASES = {
    "identity theft": ("identity", "theft"),
    "social security": ("social", "security"),
    "security number": ("security", "number"),
    "叫号": ("叫", "号"),
    "号失灵": ("号", "失灵"),
}


def test_a_word_used_mostly_in_a_listed_phrase_is_spared() -> None:
    assert redundant({"identity theft": 40, "theft": 41, "identity": 90}, PHRASES) == {"theft"}


def test_of_two_phrases_with_one_word_and_the_same_authors_the_better_stays() -> None:
    assert redundant({"叫号": 40, "号失灵": 40, "失灵": 60}, PHRASES) == {"号失灵"}


def test_two_phrases_with_different_authors_both_stay() -> None:
    assert redundant({"social security": 20, "security number": 60}, PHRASES) == set()


def test_a_spared_phrase_hides_nothing() -> None:
    assert redundant({"social security": 50, "security number": 50, "number": 50}, PHRASES) == {
        "security number"
    }
