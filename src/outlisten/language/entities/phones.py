"""Telephone numbers, checked by the plans of their countries (Google's libphonenumber as `phonenumbers`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from outlisten.language.entities.entity import Find
from outlisten.language.folded_text import FoldedText

_DIGITS = re.compile(r"\d(?:[\d ().-]{5})")
# Chinese mobiles, also with some digits hidden (138****1234, 1380000xxxx); and numbers that stories may use (555-01xx).
_MOBILE = re.compile(r"(?<![a-z0-9.-])(?:\+?86[ -]?)?1[3-9]\d[ -]?[\d*x]{4}[ -]?[\d*x]{4}(?![a-z0-9-]|\.\d)")
_STORY = re.compile(r"(?<![a-z0-9.])(?:\+?1[ .-]?)?(?:\(?\d{3}\)?[ .-]?)?555[ .-]?01\d\d(?![a-z0-9-]|\.\d)")
_LANDLINE = re.compile(r"(?<![a-z0-9.-])\(?0(?:10|2\d|[3-9]\d{2})\)?[ -]?\d{7,8}(?![a-z0-9-]|\.\d)")
_HOTLINE = re.compile(
    r"(?<![a-z0-9.-])(?:[48]00[ -]?\d{3}[ -]?\d{4}|1?95\d{3}|123(?:06|15|45|78)|100(?:86|10|00)|1[ -]8(?:00|"
    r"88|77|66)[ -]\d{3}[ -]\d{4})(?![a-z0-9-]|\.\d)"
)
_ABROAD = re.compile(r"(?<![a-z0-9+])(?:\+|00)[1-9][\d ().-]{6,20}\d(?![a-z0-9-]|\.\d)")
_GROUPED = re.compile(
    r"(?<![a-z0-9.+-])(?:\(0?\d{2,4}\) ?\d{3,4}[ .-]?\d{3,4}|0\d{3,4}[ -]?\d{3}[ -]?\d{3,4}|"
    r"\d{3}[ .-]\d{3}[ .-]\d{4}|(?!20\d\d-(?:19|20)\d\d)[235-9]\d{3}[ -]\d{4})(?![a-z0-9-]|\.\d)"
)
_PLAIN = re.compile(r"(?<![a-z0-9.+-])\d{7,11}(?![a-z0-9-]|\.\d)")
_CUE = re.compile(
    r"(?:电话|手机|号码|联系|致电|拨打?|打|热线|tel|phone|call|ring|text|mobile|cell|whatsapp|sms|reach|"
    r"number|at|on|dial|☎|📞)[^\d\n]{0,14}$"
)
_REGIONS = ("US", "GB", "CN", "HK", "TW", "AU", "IN", "SG", "DE")


def find(whole: FoldedText) -> Iterator[Find]:
    """Numbers that can be dialled. A company's hotline is no personal number."""
    text = whole.text
    if not _DIGITS.search(text):
        return
    for pattern, rule, personal in (
        (_HOTLINE, "hotline", False),
        (_MOBILE, "chinese-mobile", True),
        (_STORY, "fictional-number", True),
        (_LANDLINE, "chinese-landline", True),
    ):
        for match in pattern.finditer(text):
            if rule != "hotline" or len(match.group()) > 6 or _cued(text, match.start()):
                yield Find("phone", *match.span(), rule, personal)
    for match in _ABROAD.finditer(text):
        if _dials(match.group(), None):
            yield Find("phone", *match.span(), "international-number", personal=True)
    for match in _GROUPED.finditer(text):
        if _cued(text, match.start()) or _dials_anywhere(match.group()):
            yield Find("phone", *match.span(), "grouped-number", personal=True)
    for match in _PLAIN.finditer(text):
        if _cued(text, match.start()) and _dials_anywhere(match.group()):
            yield Find("phone", *match.span(), "number-with-cue", personal=True)


def _cued(text: str, start: int) -> bool:
    return bool(_CUE.search(text[max(0, start - 24) : start]))


def _dials_anywhere(written: str) -> bool:
    return any(_dials(written, region) for region in _REGIONS)


def _dials(written: str, region: str | None) -> bool:
    from phonenumbers import NumberParseException, is_valid_number, parse

    try:
        return is_valid_number(
            parse(f"+{written[2:]}" if region is None and written.startswith("00") else written, region)
        )
    except NumberParseException:
        return False
