"""Postal addresses: a road or a block with a number, and what stands before it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from outlisten.language.entities.entity import Find
from outlisten.language.folded_text import FoldedText

_NUMBER = r"(?:\d{1,5}|[一二三四五六七八九十百]{1,4})"
_INSIDE = rf"(?:{_NUMBER}|[a-d])(?:号楼|号院|号|栋|幢|座|单元|室|楼|层|弄|f)"
_ROAD = re.compile(
    rf"(?:路|街|大道|巷|弄|胡同|道)(?:东|西|南|北|[一二三四]段)?{_NUMBER}(?:号|弄|巷)(?!线|桩|机|柜|店|窗口|"
    rf"厅|球|屏|链接|口)(?:{_INSIDE}){{0,4}}"
)
_BLOCK = re.compile(
    rf"(?:{_NUMBER}|[a-z])(?:栋|幢|号楼|座)(?:{_NUMBER}单元)?\d{{3,4}}(?:室|号|房)?(?![\d元块])"
)
_BEFORE = re.compile(r"[一-鿿a-z0-9]{1,24}$")
# What leads up to an address and is no part of it.
_LED_BY = re.compile(
    r".*(?:地址|住在|住|寄到|寄往|寄去|送到|送去|送往|位于|搬到|就在|来到|在|到|去|于|是|我家|公司|收货|我|从|址)"
)
_STREET = re.compile(
    r"(?<![a-z0-9.,$£€/-])\d{1,5}[a-z]? (?:[ns]\.? |[ew]\.? )?(?P<name>(?:[a-z][a-z'’]{1,20}\.? ){1,3})"
    r"(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|terrace|crescent|square|parkway|"
    r"highway|hwy)\b\.?"
    r"(?:,? (?:apt|apartment|unit|flat|suite|ste|#)\.? ?[\w-]{1,6})?"
    r"(?:, [a-z]{3,20}(?: [a-z]{2,20})?(?=[,.;!?\n]|$| [a-z]{2} \d| [a-z]{1,2}\d))?(?:,"
    r"? [a-z]{2} \d{5}(?:-\d{4})?|,? [a-z]{1,2}\d[a-z\d]? \d[a-z]{2})?(?![a-z])"
)
_NO_NAME = frozenset(
    "the a an my our your this that on in at of from down up across along for and or to is was were days day minutes minute "
    "hours hour mins miles mile km people cars men kids years year weeks week months times per by with off "
    "more steps blocks".split()
)
_POSTCODE = re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}(?![A-Za-z0-9])")


def find(whole: FoldedText) -> Iterator[Find]:
    """Chinese addresses with road and number or block and room, English ones with number and street, UK postcodes."""
    for pattern, rule in ((_ROAD, "road-and-number"), (_BLOCK, "block-and-room")):
        for match in pattern.finditer(whole.text):
            start = _start(whole.text, match.start())
            if start < match.start():
                yield Find("address", start, match.end(), rule, personal=True)
    for match in _STREET.finditer(whole.text):
        if not _NO_NAME.intersection(match.group("name").split()):
            yield Find("address", *match.span(), "street-address", personal=True)
    if len(whole.text) == len(whole.original):
        for match in _POSTCODE.finditer(whole.original):
            yield Find("address", *match.span(), "postcode", personal=True)


def _start(text: str, at: int) -> int:
    """Where the address before a road's number begins."""
    before = _BEFORE.search(text[max(0, at - 24) : at])
    if not before:
        return at
    led = _LED_BY.match(before.group())
    return at - len(before.group()) + (led.end() if led else 0)
