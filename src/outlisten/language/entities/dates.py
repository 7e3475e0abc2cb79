"""Dates and times, absolute and relative: 2026年3月8日, 明天下午三点, next Friday at 5 pm, three days ago.

Own rules: `dateparser` was tried, takes 4 to 5 milliseconds a post and finds dates in prices and versions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from outlisten.language.entities.entity import Find
from outlisten.language.folded_text import FoldedText

_N = r"(?:\d{1,2}|[一二两三四五六七八九十廿]{1,3})"
_CLOCK_ZH = (
    rf"(?:(?:凌晨|清晨|早上|早|上午|中午|正午|下午|下昼|傍晚|晚上|晚|夜晚|半夜|朝早|"
    rf"今晚)?\s?(?:{_N}点(?:钟|半|正|一刻|三刻|\d{{1,2}}分?|[一二三四五]?十[一二三四五六七八九]?分?)?|\d{{1,2}}:\d{{2}}))"
)
_DAY_ZH = (
    r"(?:\d{4}|今|明|去|前|后)年(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份|底|初|中旬|(?:\d{1,2}|"
    r"[一二三四五六七八九十廿]{1,3})(?:日|号))?"
    r"|(?<!\d)(?:\d{1,2}|十?[一二三四五六七八九十])月(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})(?:日|号)?(?![个天])"
    r"|大?(?:前天|后天)|今天|明天|昨天|今日|明日|昨日|听日|琴日|噚日|寻日|今早|明早|昨晚|今晚|明晚|听晚|"
    r"听朝|今朝|寻晚|噚晚"
    r"|(?:上上?|下下?|这|本|今)(?:个)?(?:周|星期|礼拜)[一二三四五六日天末]?|(?:周|星期|"
    r"礼拜)[一二三四五六日天末](?![年到]|上限)"
    r"|(?:上|下|这|本)(?:个)?(?:月|季度|半年)(?:底|初|中)?|(?:月|年)(?:底|初|末)|前年|去年|今年|明年"
    r"|(?<![\d一二三四五六七八九十第])(?:\d{1,3}|[一二两三四五六七八九十半几]{1,3})(?:个)?(?:秒钟?|分钟|"
    r"小时|钟头|天|日|周|星期|礼拜|月|年)(?:以?前|以?后|之前|之后|内)"
    r"|国庆|春节|中秋|元旦|圣诞|双十一|双11|双十二"
)
# 一点, 两点 and 三点 alone are "a little" or points of a list, 四点九 is a decimal.
_ALONE = (
    rf"(?<![\d一二三四五六七八九十有差几第])(?![一二两三]点(?:[^钟半一二三四五十\d]|"
    rf"$))(?!{_N}点[一二三四五六七八九](?![十刻分]))"
)
_ZH = re.compile(
    rf"(?:{_DAY_ZH})(?:的|,)?\s?{_CLOCK_ZH}|{_DAY_ZH}|{_ALONE}{_CLOCK_ZH}(?![\d:%]|评|意见|建议|都|也不|儿|"
    rf"气|说|钱|击|燃|赞|餐|单)"
)
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|"
    r"mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
)
_DAYNAME = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?"
_TH = r"\d{1,2}(?:st|nd|rd|th)?"
_CLOCK_EN = (
    r"(?:(?:at |by |around |before |until |since )?(?:\d{1,2}(?:[:.]\d{2})? ?(?:am|pm|a\.m\.|"
    r"p\.m\.)(?![a-z])|(?<![\d:.])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:])|noon|midnight))"
)
_COUNT = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a few|several|a couple of|half an)"
_SPAN = r"(?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|fortnights?|months?|years?|quarters?)"
_DAY_EN = (
    rf"{_MONTH} {_TH}(?!\d|%| times)(?:,? (?:19|20)\d{{2}})?|{_TH}(?: of)? {_MONTH}(?![a-z])(?:,? (?:19|"
    rf"20)\d{{2}})?|{_MONTH} (?:19|20)\d{{2}}"
    r"|(?:19|20)\d{2}[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])(?![\d.])|(?:0?[1-9]|[12]\d|"
    r"3[01])[-/.](?:0?[1-9]|[12]\d|3[01])[-/.](?:19|20)\d{2}(?![\d.])"
    rf"|(?:next |last |this |every |on )?{_DAYNAME}(?: (?:morning|afternoon|evening|night))?"
    r"|(?:the day (?:after|before) )?(?:tomorrow|yesterday|today|tonight)(?: (?:morning|afternoon|evening|"
    r"night))?|this (?:morning|afternoon|evening|weekend)|last night"
    rf"|(?:next|last|this|past) (?:week(?:end)?|month|year|quarter|spring|summer|autumn|fall|winter)|"
    rf"end of (?:the )?(?:day|week|month|year)"
    rf"|(?:in|within|after) {_COUNT} {_SPAN}|{_COUNT} {_SPAN} (?:ago|from now|later)"
)
_EN = re.compile(
    rf"(?<![a-z0-9./-])(?:(?:{_DAY_EN})(?:,? {_CLOCK_EN})?|{_CLOCK_EN}(?: (?:on )?(?:{_DAY_EN}))?)(?![a-z0-9])"
)


def find(whole: FoldedText) -> Iterator[Find]:
    """Each date with its time of day as one."""
    for pattern, rule in ((_ZH, "chinese-date"), (_EN, "english-date")):
        for match in pattern.finditer(whole.text):
            yield Find("date", *match.span(), rule)
