"""The deep tier: what it reads, that a post's company in a batch changes nothing, and that nothing crashes it."""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path
from shutil import copytree
from typing import Any

import numpy as np
import pytest

from outlisten.language import read
from outlisten.language.card import ModelBroken
from outlisten.language.deep import available, deep_card, read_deep, scores
from outlisten.language.deep import card as deep_card_module
from outlisten.language.deep.encoding import LONGEST, content, logits
from outlisten.language.deep.preparation import READ_CHARACTERS, prepared
from outlisten.language.reading import SCHEMA
from outlisten.words import LOCALES, words

TRAINING = Path(__file__).parents[2] / "training"
NEVER_TRAINED = {"semeval2019_task9a", "twcs_spotify_inbound"}
PLAIN = {
    "en": (
        "The battery dies after two hours and nobody answers my mails.",
        "Best headphones I have ever owned, love them!",
    ),
    "zh": ("电池两个小时就没电了，客服一直不回。", "这是我用过最好的耳机，太喜欢了！"),
}


def test_the_model_ships() -> None:
    assert available()


def test_every_file_matches_its_checksum_and_the_tier_fits() -> None:
    folder = deep_card_module.FOLDER
    for name, checksum in deep_card().files.items():
        assert sha256((folder / name).read_bytes()).hexdigest() == checksum
    sizes = [path.stat().st_size for path in folder.iterdir()]
    assert max(sizes) < 30_000_000
    assert sum(sizes) < 30_000_000


def test_altered_and_missing_files_are_refused_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "model"
    copytree(deep_card_module.FOLDER, folder)
    monkeypatch.setattr("outlisten.language.deep.encoding.FOLDER", folder)
    (folder / "encoder.onnx").write_bytes(b"something else")
    with pytest.raises(ModelBroken, match="not the one that"):
        content(deep_card(), "encoder.onnx")
    (folder / "encoder.onnx").unlink()
    with pytest.raises(ModelBroken, match="Install Outlisten again"):
        content(deep_card(), "encoder.onnx")
    with pytest.raises(ModelBroken, match="Install Outlisten again"):
        deep_card_module.load_card(tmp_path)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_plain_posts_are_read_closely(lang: str) -> None:
    bad, good = read_deep(PLAIN[lang]).to_pylist()
    assert (bad["lang"], bad["sentiment"], good["sentiment"]) == (lang, "negative", "positive")
    assert {"complaint", "praise"} <= {*bad["intent"], *good["intent"]}
    assert bad["urgency"] > good["urgency"]
    assert bad["model"].startswith(f"{deep_card()}+")


def test_columns_are_those_of_every_reading() -> None:
    assert read_deep(["好", "", None]).schema == SCHEMA
    assert read_deep([]).schema == SCHEMA
    assert read_deep([]).num_rows == 0


def test_a_title_is_read_before_its_text() -> None:
    alone, titled = read_deep(["see above", "see above"], [None, "Terrible, broken on arrival"]).to_pylist()
    assert titled["sentiment"] == "negative"
    assert titled != alone


def test_a_post_is_read_the_same_in_any_company() -> None:
    texts = [text for lang in PLAIN.values() for text in lang]
    alone = np.concatenate([logits([text]) for text in texts])
    np.testing.assert_array_equal(logits(texts), alone)
    np.testing.assert_array_equal(logits(texts[::-1])[::-1], alone)


def test_a_language_not_trained_for_stays_as_it_was() -> None:
    texts = ["El servicio fue muy malo y nadie me contesta", "12345", "🔥🔥", ""]
    assert read_deep(texts).to_pylist() == read(texts).to_pylist()
    assert np.isnan(scores(["Muy malo"], ["es"])["sentiment"].values).all()


def test_probabilities_add_up() -> None:
    found = scores([text for lang in PLAIN.values() for text in lang], ["en", "en", "zh", "zh"])
    for task in ("sentiment", "emotion", "urgency"):
        np.testing.assert_allclose(found[task].values.sum(axis=1), 1, atol=1e-5)
    for task, (labels, chances) in ((task, (said.labels, said.values)) for task, said in found.items()):
        assert labels == deep_card().tasks[task]
        assert chances.shape == (4, len(deep_card().tasks[task]))
        assert ((chances >= 0) & (chances <= 1)).all()


HOSTILE = {
    "nothing": "",
    "one letter": "a",
    "one character": "好",
    "emoji": "😀" * 5_000,
    "links": "https://example.com/a " * 1_000,
    "a megabyte": "这个产品太差了" * 150_000,
    "a megabyte of letters": "terrible " * 120_000,
    "lone surrogates": "bad \ud83d service \udc00",
    "nothing to see": "\u200b\u200d\ufeff\x00\x01 bad",
    "accents on accents": "bad" + "\u0301" * 10_000,
    "code": "for (int i = 0; i < n; i++) { a[i] = b[i]; }",
    "several scripts": "bad 坏 плохо سيئ ひどい 나쁜",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("lang", [None, "en", "zh"])
def test_any_text_is_read_or_left(text: str, lang: str | None) -> None:
    (row,) = read_deep([text], langs_given=[lang]).to_pylist()
    assert row["sentiment"] in {None, "negative", "neutral", "positive"}
    assert row["urgency"] is None or 0 <= row["urgency"] <= 1


def test_sequences_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="2 texts came with 1 titles"):
        read_deep(["a", "b"], titles=["c"])


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("@Brand_x  see https://t.co/abc 谢谢", "@user see http 谢谢"),
        ("Sooooooo good &amp; cheap", "Sooo good & cheap"),
        ("一\n\n二\t三", "一 二 三"),
        ("哈哈哈哈哈哈哈", "哈哈哈"),
        ("x" * 5_000, "xxx"),
    ],
)
def test_posts_are_tidied_before_they_are_cut_into_pieces(text: str, read_as: str) -> None:
    assert prepared(text) == read_as


def test_reading_stops_where_it_says() -> None:
    start = " ".join(f"word{n}" for n in range(400))
    assert len(prepared(start * 10)) <= READ_CHARACTERS
    np.testing.assert_array_equal(logits([start]), logits([start + " terrible" * 50]))
    assert LONGEST <= 256


# The card -----------------------------------------------------------------------------------------


def test_no_set_whose_terms_forbid_it_was_trained_on_and_no_test_split() -> None:
    trained = [row for row in deep_card().data if row.use != "test"]
    assert not NEVER_TRAINED & {row.set for row in trained}
    assert not [row for row in trained if "test" in row.split or row.split == "sealed"]
    assert all(row.terms for row in deep_card().data)


def test_every_known_fault_is_said_in_chinese_too() -> None:
    chinese = words("language", "zh-hans")
    assert [fault for fault in deep_card().faults if chinese(fault) == fault] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_the_card_in_the_documentation_is_the_card_that_ships(
    locale: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(TRAINING))
    monkeypatch.syspath_prepend(str(TRAINING / "encoder"))
    import deep_card_page  # type: ignore[import-not-found]

    path = deep_card_page.PAGES / f"{deep_card().id}{deep_card_page.ENDINGS[locale]}"
    assert path.read_text(encoding="utf-8") == deep_card_page.page(deep_card(), locale)
    sys.modules.pop("card_page", None)
