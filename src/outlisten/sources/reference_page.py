"""Writes what the manifests say into pages of the documentation, between their two marks; a test compares.

`python -m outlisten.sources.reference_page docs/reference/connectors.md docs/reference/connectors.zh.md`
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from outlisten.sources.manifest import DELETIONS, TESTED, Manifest, Rule
from outlisten.sources.options import Option
from outlisten.sources.registry import connectors
from outlisten.sources.said import Said
from outlisten.words import Locale

BEGIN, END = "<!-- connectors: made by outlisten.sources.reference_page -->", "<!-- connectors end -->"
HEAD = Said("| entry | kind | meaning |", "| 选项 | 类型 | 含义 |")
CREDENTIALS = {
    "none": Said("no account needed", "无需账号"),
    "optional": Said("works without an account, and further with one", "无需账号即可使用，有账号时能做更多"),
    "needed": Said("needs an account or key of your own", "需要自己的账号或密钥"),
}
KINDS = {
    "text": Said("text", "文本"), "address": Said("address", "地址"), "words": Said("several words", "多个词"),
    "number": Said("number", "数字"), "choice": Said("choice", "选择"), "yes": Said("yes or no", "是或否"),
    "secret": Said("secret", "密钥"),
}  # fmt: skip
NEEDED, COLON = Said(", needed", "，必填"), Said(": ", "：")
LABEL = Said("tested", "测试"), Said("account", "账号"), Said("deletions", "删除")
CAN, PERSONAL = Said("can", "能力"), Said("personal fields", "个人信息字段")
STREAMS, HISTORY, ANSWERS = (
    Said("stream", "实时推送"),
    Said("go back in history", "取回历史帖子"),
    Said("answer", "回复"),
)
ASKED = Said("asked", "查询间隔")
EVERY = Said("every {every} s at first, at most every {least} s", "起初每 {every} 秒，最快每 {least} 秒")
STEPS, LIMITS, TERMS = Said("Steps", "步骤"), Said("Limits", "限制"), Said("Terms", "条款")
SOURCE = Said("source", "出处")


def manifests() -> list[Manifest]:
    """The manifests of the connectors that ship with Outlisten, by name."""
    ours = (one for one in connectors().values() if one.PACKAGE.startswith("outlisten."))
    return sorted((one.manifest() for one in ours), key=lambda manifest: manifest.name)


def with_connectors(page: str, locale: Locale) -> str:
    """The page with the connectors of today between its marks."""
    before, rest = page.split(BEGIN, 1)
    _made, after = rest.split(END, 1)
    made = "\n\n".join("\n".join(_section(one, locale)) for one in manifests())
    return f"{before}{BEGIN}\n\n{made}\n\n{END}{after}"


def _section(one: Manifest, locale: Locale) -> Iterator[str]:
    yield f"## {one.title.text(locale)}"
    yield f"\n`{one.name}` · {one.brings.text(locale)}\n"
    yield from _facts(one, locale)
    yield f"\n{HEAD.text(locale)}\n|---|---|---|"
    yield from (row(option, locale) for option in one.options)
    if one.steps:
        yield f"\n{STEPS.text(locale)}{COLON.text(locale).rstrip()}\n"
        yield from (f"{number}. {step.text(locale)}" for number, step in enumerate(one.steps, 1))
    yield from rules(LIMITS, one.limits, locale)
    yield from rules(TERMS, one.terms, locale)


def _facts(one: Manifest, locale: Locale) -> Iterator[str]:
    tested, account, deletions = LABEL
    able = ((one.streams, STREAMS), (one.history, HISTORY), (one.answers, ANSWERS))
    can = (", " if locale == "en" else "、").join(said.text(locale) for yes, said in able if yes)
    pace = EVERY.text(locale).format(
        every=int(one.every.total_seconds()), least=int(one.least.total_seconds())
    )
    told = (
        (tested, f"{TESTED[one.tested].text(locale)} ({one.tested_on.isoformat()})"),
        (account, CREDENTIALS[one.credentials].text(locale)), (CAN, can or "–"),
        (deletions, DELETIONS[one.deletions].text(locale)), (ASKED, pace),
        (PERSONAL, ", ".join(f"`{name}`" for name in one.personal) or "–"),
    )  # fmt: skip
    yield from (f"- {name.text(locale)}{COLON.text(locale)}{text}" for name, text in told)


def row(option: Option, locale: Locale) -> str:
    """The line of a table that an entry is described in."""
    parts = [option.title.text(locale)]
    if option.hint:
        parts.append(option.hint.text(locale))
    if option.choices:
        parts.append(" · ".join(f"`{name}` {said.text(locale)}" for name, said in option.choices))
    kind = KINDS[option.kind].text(locale) + (NEEDED.text(locale) if option.needed else "")
    meaning = ". ".join(parts) if locale == "en" else "。".join(parts)
    return f"| `{option.name}` | {kind} | {meaning.replace('|', chr(92) + '|')} |"


def rules(title: Said, found: Sequence[Rule], locale: Locale) -> Iterator[str]:
    """The lines of a list of limits or terms, none for an empty one."""
    if not found:
        return
    yield f"\n{title.text(locale)}{COLON.text(locale).rstrip()}\n"
    yield from (f"- {rule.said.text(locale)} ([{SOURCE.text(locale)}]({rule.source}))" for rule in found)


def main(pages: Sequence[str]) -> None:
    """Bring the pages up to date; a name that ends in .zh.md gets Chinese."""
    for name in pages:
        page = Path(name)
        locale: Locale = "zh-hans" if page.name.endswith(".zh.md") else "en"
        page.write_text(with_connectors(page.read_text(encoding="utf-8"), locale), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
