"""The kinds of channels that can be added, as a page shows them."""

from __future__ import annotations

from dataclasses import dataclass

from outlisten.app.listening.wording import locale
from outlisten.sinks.manifest import ONCE, OPENS, Manifest
from outlisten.sinks.registry import manifests
from outlisten.sources.manifest import TESTED, Rule


@dataclass(frozen=True, slots=True)
class About:
    """A sink's manifest in the reader's language."""

    manifest: Manifest
    title: str
    brings: str
    opens: str
    once: str
    tested: str
    steps: list[str]
    limits: list[tuple[str, str]]
    terms: list[tuple[str, str]]


def offered() -> list[About]:
    """Every sink that is installed, by title."""
    return sorted(map(about, manifests().values()), key=lambda one: one.title)


def about(manifest: Manifest) -> About:
    """A manifest in the reader's language."""
    here = locale()

    def told(rules: tuple[Rule, ...]) -> list[tuple[str, str]]:
        return [(rule.said.text(here), rule.source) for rule in rules]

    return About(
        manifest, manifest.title.text(here), manifest.brings.text(here), OPENS[manifest.opens].text(here),
        ONCE[manifest.once].text(here), TESTED[manifest.tested].text(here), [step.text(here) for step in manifest.steps],
        told(manifest.limits), told(manifest.terms),
    )  # fmt: skip
