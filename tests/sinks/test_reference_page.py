"""The reference of channels is what their manifests say, and the document of a webhook is the one that is sent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.sinks.sending import message

from outlisten.sinks.reference_page import manifests, with_channels
from outlisten.sinks.webhook.writing import document

DOCS = Path(__file__).parents[2] / "docs/reference"
every_page = pytest.mark.parametrize(
    ("page", "locale"), [("channels.md", "en"), ("channels.zh.md", "zh-hans")]
)


@every_page
def test_the_page_of_channels_is_what_the_manifests_say(page, locale):
    text = (DOCS / page).read_text("utf-8")
    assert with_channels(text, locale) == text, "run python -m outlisten.sinks.reference_page on both pages"


@every_page
def test_every_channel_is_there_with_every_entry(page, locale):
    text = (DOCS / page).read_text("utf-8")
    assert manifests()
    for manifest in manifests():
        section = text.split(f"\n`{manifest.name}` · ", 1)[1].split("\n## ", 1)[0]
        for option in manifest.options:
            assert f"| `{option.name}` |" in section
        for rule in (*manifest.limits, *manifest.terms):
            assert rule.said.text(locale) in section
            assert rule.source in section


@every_page
def test_the_documented_document_is_the_one_that_is_sent(page, locale):
    text = (DOCS / page).read_text("utf-8")
    assert json.loads(text.split("```json\n", 1)[1].split("```", 1)[0]) == document(message())
    for field in document(message()):
        assert f"`{field}`" in text
