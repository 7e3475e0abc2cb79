"""The deep tier's quality may rise and must not fall: pinned floors, on at most 1,500 posts of each test part.

The sealed written examples are read everywhere; public test parts only where the reference data stand beside the repository (or
OUTLISTEN_SHARED says where). Lowering a floor is a decision, not a fix.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from outlisten.language.deep import deep_card

HERE = Path(__file__).parent
TRAINING = HERE.parents[1] / "training"
SHARED = Path(os.environ.get("OUTLISTEN_SHARED", HERE.parents[2] / "shared")) / "data"
FLOORS = json.loads((HERE / "floors_deep.json").read_text())
MOST = 1_500


@pytest.fixture(scope="module")
def made() -> Iterator[Any]:
    """The training scripts, which know the parts and how figures are made."""
    before, known = list(sys.path), set(sys.modules)
    sys.path[:0] = [str(TRAINING / "encoder"), str(TRAINING)]
    try:
        import figures  # type: ignore[import-not-found]
        import scored  # type: ignore[import-not-found]
        import sets  # type: ignore[import-not-found]
        import sources  # type: ignore[import-not-found]

        yield type("Made", (), {"figures": figures, "scored": scored, "sets": sets, "sources": sources})
    finally:
        sys.path[:] = before
        for name in set(sys.modules) - known:
            path = getattr(sys.modules[name], "__file__", None) or ""
            if path.startswith(str(TRAINING)):
                del sys.modules[name]


def floors(kind: str) -> Any:
    return pytest.mark.parametrize(
        "floor",
        FLOORS[kind],
        ids=lambda floor: f"{floor['lang']} {floor['set']} {floor['split']} {floor['task']}",
    )


def value(made: Any, floor: dict[str, Any], samples: list[Any]) -> float:
    """The measure of a part as the product reads it, both tiers together."""
    part = scored(made, f"{floor['lang']} {floor['set']} {floor['split']} {floor.get('part')}", samples)
    found = deep_card().calibration[floor["lang"]][floor["task"]]
    if floor["task"] in made.figures.CHOICES:
        return float(
            part.choice_interval(floor["task"], floor["measure"], found.temperature, found.share, 1).value
        )
    labels = tuple(floor["labels"])
    return float(
        part.marks_interval(floor["task"], labels, found.temperature, found.share, found.thresholds, 1).value
    )


_parts: dict[str, Any] = {}
_scored: dict[str, Any] = {}


def scored(made: Any, name: str, samples: list[Any]) -> Any:
    """What both tiers say of a part, asked once for all its floors."""
    if name not in _scored:
        _scored[name] = made.scored.score(name, samples[:: max(1, len(samples) // MOST)])
    return _scored[name]


def sealed(made: Any, lang: str) -> list[Any]:
    if lang not in _parts:
        _parts[lang] = list(made.sources.written(lang, sealed=True))
    return list(_parts[lang])


@floors("written")
def test_the_sealed_examples_are_read_as_well_as_ever(made: Any, floor: dict[str, Any]) -> None:
    assert value(made, floor, sealed(made, floor["lang"])) >= floor["floor"]


@floors("shared")
@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the reference data are not beside the repository")
def test_a_public_part_is_read_as_well_as_ever(made: Any, floor: dict[str, Any]) -> None:
    assert value(made, floor, public(made)[floor["part"]]) >= floor["floor"]


@cache
def public(made: Any) -> dict[str, list[Any]]:
    return dict(made.sets.held_out(SHARED))


def test_every_floor_is_below_what_the_card_says() -> None:
    for floor in (*FLOORS["written"], *FLOORS["shared"]):
        said = deep_card().figure(floor["task"], floor["lang"], floor["set"], floor["split"])
        assert floor["floor"] <= said.both.value, floor
