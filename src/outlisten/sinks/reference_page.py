"""Writes what the manifests of sinks say into pages of the documentation, between their two marks; a test compares.

`python -m outlisten.sinks.reference_page docs/reference/channels.md docs/reference/channels.zh.md`
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from outlisten.sinks.manifest import ONCE, OPENS, Manifest
from outlisten.sinks.registry import sinks
from outlisten.sources.manifest import TESTED
from outlisten.sources.reference_page import COLON, CREDENTIALS, HEAD, LABEL, LIMITS, STEPS, TERMS, row, rules
from outlisten.sources.said import Said
from outlisten.words import Locale

BEGIN, END = "<!-- channels: made by outlisten.sinks.reference_page -->", "<!-- channels end -->"
ARRIVES, LENGTH, AGAIN, CHECK = (
    Said("arrives as", "送达形式"),
    Said("length", "长度"),
    Said("repeats", "重复"),
    Said("check without sending", "不发送即可检查"),
)
UNITS = {
    "characters": Said("{most:,} characters", "{most:,} 个字符"),
    "bytes": Said("{most:,} bytes", "{most:,} 字节"),
    "utf-16 units": Said(
        "{most:,} characters, most pictures counting as two", "{most:,} 个字符，多数表情按两个计"
    ),
}
YES, NO = Said("yes", "可以"), Said("no", "不可以")


def manifests() -> list[Manifest]:
    """The manifests of the sinks that ship with Outlisten, by name."""
    ours = (one for one in sinks().values() if one.PACKAGE.startswith("outlisten."))
    return sorted((one.manifest() for one in ours), key=lambda manifest: manifest.name)


def with_channels(page: str, locale: Locale) -> str:
    """The page with the sinks of today between its marks."""
    before, rest = page.split(BEGIN, 1)
    _made, after = rest.split(END, 1)
    made = "\n\n".join("\n".join(_section(one, locale)) for one in manifests())
    return f"{before}{BEGIN}\n\n{made}\n\n{END}{after}"


def _section(one: Manifest, locale: Locale) -> Iterator[str]:
    yield f"## {one.title.text(locale)}"
    yield f"\n`{one.name}` · {one.brings.text(locale)}\n"
    yield from (f"- {name.text(locale)}{COLON.text(locale)}{text}" for name, text in _facts(one, locale))
    if one.options:
        yield f"\n{HEAD.text(locale)}\n|---|---|---|"
        yield from (row(option, locale) for option in one.options)
    if one.steps:
        yield f"\n{STEPS.text(locale)}{COLON.text(locale).rstrip()}\n"
        yield from (f"{number}. {step.text(locale)}" for number, step in enumerate(one.steps, 1))
    yield from rules(LIMITS, one.limits, locale)
    yield from rules(TERMS, one.terms, locale)


def _facts(one: Manifest, locale: Locale) -> Iterator[tuple[Said, str]]:
    tested, account, _ = LABEL
    yield tested, f"{TESTED[one.tested].text(locale)} ({one.tested_on.isoformat()})"
    yield account, CREDENTIALS[one.credentials].text(locale)
    yield ARRIVES, OPENS[one.opens].text(locale)
    yield LENGTH, UNITS[one.counted_in].text(locale).format(most=one.most)
    yield AGAIN, ONCE[one.once].text(locale)
    yield CHECK, (YES if one.checks else NO).text(locale)


def main(pages: Sequence[str]) -> None:
    """Bring the pages up to date; a name that ends in .zh.md gets Chinese."""
    for name in pages:
        page = Path(name)
        locale: Locale = "zh-hans" if page.name.endswith(".zh.md") else "en"
        page.write_text(with_channels(page.read_text(encoding="utf-8"), locale), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
