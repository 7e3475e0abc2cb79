"""The card says what ships, and nothing that ships differs from it."""

from __future__ import annotations

from hashlib import sha256
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from outlisten.language.card import FOLDER, ModelBroken, load_card, model_card, weights
from outlisten.words import LOCALES, words

NEVER_TRAINED = {"semeval2019_task9a", "twcs_spotify_inbound"}


def test_every_weight_file_matches_its_checksum_and_all_fit_in_eight_megabytes() -> None:
    card = model_card()
    assert {path.name for path in FOLDER.glob("*.npz")} == set(card.files)
    for name, checksum in card.files.items():
        assert sha256((FOLDER / name).read_bytes()).hexdigest() == checksum
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 8_000_000


def test_altered_weights_are_refused_in_one_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    copytree(FOLDER, folder)
    (folder / "en.npz").write_bytes(b"something else")
    with pytest.raises(ModelBroken, match="not the one that"):
        weights(load_card(folder), "en.npz", folder)


def test_missing_files_are_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelBroken, match="Install Outlisten again"):
        load_card(tmp_path)
    with pytest.raises(ModelBroken, match="Install Outlisten again"):
        weights(model_card(), "zh.npz", tmp_path)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("label", ["negative", "neutral", "positive"])
def test_the_error_rates_can_correct_a_count(lang: str, label: str) -> None:
    rates = model_card().rates(lang, label)
    assert rates.tpr - rates.fpr > 0.3
    assert min(rates.n_pos, rates.n_neg) > 900


def test_the_error_rates_come_from_posts_that_were_only_tested_on() -> None:
    card = model_card()
    uses = {f"{row.set} {row.split}": row.use for row in card.data}
    assert all(uses[card.rates_from[lang]] == "test" for lang in card.languages)


def test_a_language_that_is_not_read_has_no_rates() -> None:
    with pytest.raises(KeyError):
        model_card().rates("es", "negative")


def test_no_set_whose_terms_forbid_it_was_trained_on_and_no_test_split() -> None:
    trained = [row for row in model_card().data if row.use == "train"]
    assert not NEVER_TRAINED & {row.set for row in trained}
    assert not [row for row in trained if "test" in row.split]
    assert all(row.terms for row in model_card().data)


def test_every_known_fault_is_said_in_chinese_too() -> None:
    chinese = words("language", "zh-hans")
    assert [fault for fault in model_card().faults if chinese(fault) == fault] == []


def card_page() -> Any:
    path = Path(__file__).parents[2] / "training" / "card_page.py"
    spec = spec_from_file_location("card_page", path)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("locale", LOCALES)
def test_the_card_in_the_documentation_is_the_card_that_ships(locale: Any) -> None:
    made = card_page()
    written = (made.PAGES / f"{model_card().id}{made.ENDINGS[locale]}").read_text(encoding="utf-8")
    assert written == made.page(model_card(), locale)
