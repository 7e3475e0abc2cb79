"""The settings of the fit, and the file in which `select_settings.py` leaves those it chose."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from outlisten.language.card import Trial
from outlisten.language.features import Recipe

FILE = Path(__file__).with_name("settings.json")
BITS = 18  # 2¹⁸ buckets a kind keep both languages' weights under 2 MB
ITERATIONS = 100


@dataclass(frozen=True, slots=True)
class Settings:
    """How a language's head is fitted. Weights are of a part's rows, against 1 for the parts in role `posts`."""

    characters: tuple[int, ...]
    words: tuple[int, ...] = ()
    word_factor: float = 1.0  # of the idf of words: characters outnumber them ten to one
    rated_words: bool = False
    other_weight: float = 1.0
    review_weight: float = 1.0
    stance_weight: float = 0.0
    written_weight: float = 1.5
    collected_weight: float = 0.4
    smoothing: float = 500.0  # added to a post's Σ idf²
    strength: float = 1.0  # of the L2 penalty

    @property
    def recipe(self) -> Recipe:
        """Which n-grams are counted."""
        return Recipe(BITS, self.characters, self.words)

    @property
    def weights(self) -> dict[str, float]:
        """The weight of each role of `sentiment_sets`."""
        return {
            "posts": 1.0,
            "others": self.other_weight,
            "reviews": self.review_weight,
            "stance": self.stance_weight,
            "written": self.written_weight,
            "collected": self.collected_weight,
        }


def save(chosen: dict[str, Settings], trials: list[Trial], path: Path = FILE) -> None:
    """Write what was chosen and everything that was tried."""
    written = {
        "chosen": {lang: asdict(settings) for lang, settings in chosen.items()},
        "trials": [asdict(trial) for trial in trials],
    }
    path.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


def load(path: Path = FILE) -> tuple[dict[str, Settings], list[Trial]]:
    """The chosen settings of each language, and the trials behind them."""
    written = json.loads(path.read_text(encoding="utf-8"))
    chosen = {lang: _settings(row) for lang, row in written["chosen"].items()}
    return chosen, [Trial(**row) for row in written["trials"]]


def _settings(row: dict[str, Any]) -> Settings:
    return Settings(**{**row, "characters": tuple(row["characters"]), "words": tuple(row["words"])})
