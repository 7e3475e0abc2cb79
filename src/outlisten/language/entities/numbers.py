"""Numbers that belong to somebody: bank cards, accounts, identity documents, orders and parcels.

Checks: Luhn (ISO/IEC 7812-1) for cards, ISO 7064 MOD 11-2 for Chinese resident identity numbers (GB 11643), ISO 7064
MOD 97-10 for IBAN (ISO 13616).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from outlisten.language.entities.entity import Find
from outlisten.language.folded_text import FoldedText

_CARD = re.compile(r"(?<![a-z0-9.-])[3-6]\d{3}(?:[ -]?\d{4}){2}(?:[ -]?\d{1,7})(?![a-z0-9-]|\.\d)")
_RESIDENT = re.compile(r"(?<![a-z0-9])[1-9]\d{5}(?:18|19|20)\d{9}[\dx](?![a-z0-9])")
_IBAN = re.compile(r"(?<![a-z0-9])[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,3})?(?![a-z0-9])")
_SSN = re.compile(r"(?<![a-z0-9-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![a-z0-9-])")
_PASSPORT = re.compile(
    r"(?:passport|护照|通行证|港澳证)(?:\s?(?:number|no\.?|num|号码?|#|is|是|为)){0,2}[\s:#]{0,3}([a-z]{1,"
    r"2}\d{7,8}|\d{9})(?![a-z0-9])"
)
_CITIZEN = re.compile(
    r"(?:身份证|hkid|identity card|id card|national id|统一编号|身分證|身分证)(?:\s?(?:number|no\.?|字号|"
    r"号码?|#|is|是|为)){0,2}[\s:#]{0,3}"
    r"([a-z]{1,2}\d{6}\(?[\da]\)?|[a-z][12]\d{8}|\d{15})(?![a-z0-9])"
)
_ACCOUNT = re.compile(
    r"(?:账号|帐号|户口号?码?|卡号|银行卡|account(?: number| no\.?| num| #)|acct|sort code|iban|"
    r"member(?:ship)? (?:number|no\.?)|会员号|保单号|policy (?:number|no\.?))"
    r"(?:尾号|是|为|is)?[\s:#]{0,3}((?=[a-z-]{0,4}\d)[a-z0-9][a-z0-9-]{3,23})(?![a-z0-9])"
)
_ORDER = re.compile(
    r"(?:订单|单号|运单|快递单|工单|预约号|退货单|投诉单|客诉单|case|order|ticket|booking|tracking|"
    r"reference|ref|confirmation|reservation|invoice|parcel|claim|pnr|訂單)"
    r"(?:\s?(?:number|no\.?|num|code|id|编号|单号|号码?|尾号|#|is|是|为)){0,3}[\s:#]{0,3}"
    r"((?=[a-z-]{0,6}\d)(?=(?:[a-z-]{0,8}\d){3})[a-z0-9][a-z0-9-]{3,27}|(?=[a-z]{0,"
    r"4}\d)[a-z0-9]{6}(?![a-z0-9]))(?![a-z0-9]|\.\d|%)"
)
_PARCEL = re.compile(
    r"(?<![a-z0-9])(?:sf\d{12,13}|yt\d{13}|zt\d{12}|jd[a-z0-9]{2}\d{9,12}|jt\d{13}|1z[0-9a-z]{16}|tba\d{12}|"
    r"[a-z]{2}\d{9}(?:cn|us|gb|hk|tw|de|sg|jp))(?![a-z0-9])"
)
_DIGIT = re.compile(r"\d")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def find(whole: FoldedText) -> Iterator[Find]:
    """Every such number, the checked ones first."""
    text = whole.text
    if not _DIGIT.search(text):
        return
    for match in _RESIDENT.finditer(text):
        if _is_resident(match.group()):
            yield Find("identity", *match.span(), "resident-identity", personal=True)
    for match in _CARD.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if 13 <= len(digits) <= 19 and _luhn(digits):
            yield Find("card", *match.span(), "bank-card", personal=True)
    for match in _IBAN.finditer(text):
        if _is_iban(match.group().replace(" ", "")):
            yield Find("account", *match.span(), "iban", personal=True)
    for match in _SSN.finditer(text):
        yield Find("identity", *match.span(), "social-security", personal=True)
    for pattern, kind, rule in (
        (_PASSPORT, "identity", "passport"),
        (_CITIZEN, "identity", "identity-card"),
        (_PARCEL, "order", "parcel-number"),
        (_ORDER, "order", "order-number"),
        (_ACCOUNT, "account", "account-number"),
    ):
        for match in pattern.finditer(text):
            yield Find(kind, *match.span(match.lastindex or 0), rule, personal=True)  # type: ignore[arg-type]


def _luhn(digits: str) -> bool:
    """Luhn's check over a number whose last digit checks the others; a row of one digit is no card."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return len(set(digits)) > 1 and (sum(doubled) + sum(map(int, digits[-1::-2]))) % 10 == 0


def _is_resident(number: str) -> bool:
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    rest = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False)) % 11
    return "10x98765432"[rest] == number[17]


def _is_iban(number: str) -> bool:
    if not 15 <= len(number) <= 34:
        return False
    return int("".join(str(int(char, 36)) for char in number[4:] + number[:4])) % 97 == 1
