"""The models of meaning: what ships is what the card says, any text has a vector, alike texts point alike ways."""

from __future__ import annotations

import importlib
import json
import os
import sys
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from outlisten.language.card import ModelBroken
from outlisten.language.meaning import DIMENSIONS, encode, meaning_card, vectors
from outlisten.language.meaning.model_card import FOLDER, content, read_card
from outlisten.language.meaning.search_encoder import HIDDEN, han_share
from outlisten.words import LOCALES, words

REPOSITORY = Path(__file__).parents[2]
FLOORS = json.loads((Path(__file__).parent / "meaning_floors.json").read_text())
SHARED = Path(os.environ.get("OUTLISTEN_SHARED", REPOSITORY.parent / "shared")) / "data"
MODELS = pytest.mark.parametrize(
    ("model", "width"), [(vectors, DIMENSIONS), (encode, HIDDEN)], ids=["static", "encoder"]
)


@pytest.fixture
def training(monkeypatch):
    """A script of training/meaning, by its name."""
    monkeypatch.syspath_prepend(str(REPOSITORY / "training" / "meaning"))
    before, path = set(sys.modules), list(sys.path)
    yield importlib.import_module
    sys.path[:] = path
    for name in set(sys.modules) - before:
        if "/training/" in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]


def test_every_file_is_the_one_the_card_describes_and_all_fit():
    card = meaning_card()
    assert {path.name for path in FOLDER.iterdir()} == {*card.files, "card.json"}
    sizes = {name: (FOLDER / name).stat().st_size for name in card.files}
    for name, checksum in card.files.items():
        assert sha256((FOLDER / name).read_bytes()).hexdigest() == checksum
    assert sizes["static.npz"] < 9_000_000
    assert sum(sizes.values()) < 31_000_000


def test_altered_and_missing_files_are_refused_in_one_sentence(tmp_path):
    (tmp_path / "card.json").write_bytes((FOLDER / "card.json").read_bytes())
    (tmp_path / "static.npz").write_bytes(b"something else")
    with pytest.raises(ModelBroken, match="is not the one that meaning@"):
        content("static.npz", tmp_path)
    with pytest.raises(ModelBroken, match="Install Outlisten again"):
        content("words.npz", tmp_path)
    with pytest.raises(ModelBroken, match="Install Outlisten again"):
        read_card(tmp_path / "nowhere")


def test_nothing_sealed_measured_or_forbidden_was_trained_on():
    used = " ".join(one.set for one in meaning_card().data)
    assert not [name for name in ("banking77", "clinc", "semeval2019", "twcs", "test") if name in used]
    assert "not sealed" in used
    assert all(one.terms for one in meaning_card().data)


@pytest.mark.parametrize("locale", LOCALES)
def test_the_card_in_the_documentation_is_the_card_that_ships(training, locale):
    made = training("card_text")
    written = (made.PAGES / f"meaning{made.ENDINGS[locale]}").read_text(encoding="utf-8")
    assert written == made.page(meaning_card(), locale)


def test_every_known_fault_is_said_in_chinese_too():
    chinese = words("language", "zh-hans")
    assert [
        fault for fault in (*meaning_card().faults, meaning_card().made_from) if chinese(fault) == fault
    ] == []


@MODELS
def test_vectors_have_length_one_and_texts_without_words_have_none(model, width):
    found = model(["电池不耐用", "the battery", "", "  ", "\n"])
    assert found.shape == (5, width)
    assert found.dtype == np.float32
    assert np.linalg.norm(found, axis=1) == pytest.approx([1, 1, 0, 0, 0], abs=1e-5)
    assert model([]).shape == (0, width)


@MODELS
@pytest.mark.parametrize(
    "text",
    [
        "好",
        "a",
        "😂😂😂",
        "https://a.b/c",
        "\ud800",
        "\0",
        "def f(x): return x",
        "สวัสดี",
        "好" * 100_000,
        "a b " * 100_000,
    ],
)
def test_any_text_is_answered(model, width, text):
    found = model([text, "a plain sentence"])
    assert np.isfinite(found).all()
    assert float(np.linalg.norm(found[0])) == pytest.approx(1, abs=1e-5) or not found[0].any()


@MODELS
def test_the_batch_a_text_comes_in_changes_little(model, width):
    texts = [
        "电池不耐用",
        "the battery dies by noon",
        "a",
        "退款三个星期了还没到账，客服说再等等，我已经等不下去了",
    ]
    alone = np.concatenate([model([text]) for text in texts])
    assert (alone * model(texts)).sum(1) == pytest.approx([1, 1, 1, 1], abs=0.02)


PAIRS = [
    ("电池不耐用", "the battery does not last"),
    ("退款还没到账", "my refund has not arrived"),
    ("披萨送到的时候已经凉了", "the pizza arrived cold"),
    ("排队排了两个小时", "we queued for two hours"),
    ("我忘记密码了怎么办", "how do I reset my password"),
    ("屏幕摔碎了", "the screen broke when it fell"),
    ("快递三天了还没到", "the parcel is three days late"),
    ("房间很干净，服务员很热情", "clean room and friendly staff"),
]


@MODELS
def test_a_sentence_is_nearest_to_its_translation(model, width):
    chinese, english = (model(list(side)) for side in zip(*PAIRS, strict=True))
    likeness = chinese @ english.T
    name = "encoder" if model is encode else "static"
    right = int((likeness.argmax(1) == np.arange(len(PAIRS))).sum())
    assert right >= FLOORS["translations"][name]


@pytest.mark.parametrize(
    ("text", "share"), [("电池", 1.0), ("battery", 0.0), ("iPhone 的电池", 0.75), ("123", 0.0), ("", 0.0)]
)
def test_how_much_of_a_text_is_han_characters(text, share):
    assert han_share(text) == share


@pytest.mark.parametrize("model", FLOORS["clusters"])
@pytest.mark.parametrize("name", ["banking77 test", "clinc150 test"])
def test_the_card_keeps_what_was_reached(model, name):
    best = max(one.value for one in meaning_card().figures if (one.model, one.set) == (model, name))
    assert best >= FLOORS["clusters"][model][name]


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="the reference data are not beside the repository")
@pytest.mark.parametrize("model", FLOORS["clusters"])
def test_topics_are_kept_apart_as_well_as_the_card_says(training, model):
    pytest.importorskip("sklearn")
    said = {(one.set, one.measure): one.value for one in meaning_card().figures if one.model == model}
    for one in training("clusters").figures(SHARED, model):
        assert one.value == pytest.approx(said[one.set, one.measure], abs=1.5)
