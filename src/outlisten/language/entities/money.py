"""Sums of money: ¥2,000, 3千块, HK$500, 20 quid, $1.5k."""

from __future__ import annotations

import re
from collections.abc import Iterator

from outlisten.language.entities.entity import Find
from outlisten.language.folded_text import FoldedText

_SUM = r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,2})?|\d{1,12}(?:\.\d{1,4})?"
_MORE = r"(?: ?(?:k|m|bn|w|百万|十万|千万|亿|万|千|百|million|billion|grand)(?![a-z]))?"
_SIGN = re.compile(
    rf"(?:(?:hk|nt|us|au|ca|sg)?\$|[¥£€₩₹]|(?<![a-z])(?:rmb|cny|usd|hkd|twd|eur|gbp|"
    rf"ntd))\s?(?:{_SUM})(?![\d]){_MORE}(?:元|块)?"
)
_UNIT = re.compile(
    rf"(?<![a-z0-9.,])(?:{_SUM})(?:多|余|来)?{_MORE}(?:多|余|来)?\s?(?:元(?!素|宵|旦|气|件|神)|块(?:钱|"
    rf"多)?(?!头|板|布|肉|糖|面积)|蚊|人民币|rmb|港币|港纸|台币|日元|美元|美金|欧元|英镑|"
    r"(?:dollars?|bucks|quid|euros?|cents|yuan|usd|eur|gbp|hkd|pence|pesos|rupees)(?![a-z])|[€£](?!\d))"
)
_NUMERAL = r"[一二两三四五六七八九十百千万零半几廿]"
_HAN = re.compile(
    rf"(?<!第)(?:{_NUMERAL}{{1,10}}(?:元(?!素|宵|旦|气|件|神)|蚊|人民币|美金|美元|港币|台币)|"
    rf"(?!一块)[二两三四五六七八九十百千几]{_NUMERAL}{{0,9}}块(?:钱|多|[一二三四五六七八九](?![月号]))?"
    r"(?=[一的左以起就不都也还吧了,.。!?~ )]|$|$)|一块(?:钱|[一二三四五六七八九](?![月号起直])))"
)


def find(whole: FoldedText) -> Iterator[Find]:
    """Sums with a sign or a unit; a bare number is none."""
    for pattern, rule in ((_SIGN, "sum-with-sign"), (_UNIT, "sum-with-unit"), (_HAN, "sum-in-han")):
        for match in pattern.finditer(whole.text):
            start, _end = match.span()
            said = match.group().rstrip()
            yield Find("money", start, start + len(said), rule)
