"""The reference of connectors is what their manifests say."""

from __future__ import annotations

from pathlib import Path

import pytest

from outlisten.sources.reference_page import manifests, with_connectors

DOCS = Path(__file__).parents[2] / "docs/reference"


@pytest.mark.parametrize(("page", "locale"), [("connectors.md", "en"), ("connectors.zh.md", "zh-hans")])
def test_the_page_of_connectors_is_what_the_manifests_say(page: str, locale) -> None:
    text = (DOCS / page).read_text("utf-8")
    assert with_connectors(text, locale) == text, (
        "run python -m outlisten.sources.reference_page on both pages"
    )


@pytest.mark.parametrize(("page", "locale"), [("connectors.md", "en"), ("connectors.zh.md", "zh-hans")])
def test_every_connector_is_there_with_every_entry(page: str, locale) -> None:
    text = (DOCS / page).read_text("utf-8")
    assert manifests()
    for manifest in manifests():
        section = text.split(f"\n`{manifest.name}` · ", 1)[1].split("\n## ", 1)[0]
        for option in manifest.options:
            assert f"| `{option.name}` |" in section
        for rule in (*manifest.limits, *manifest.terms):
            assert rule.said.text(locale) in section
            assert rule.source in section
