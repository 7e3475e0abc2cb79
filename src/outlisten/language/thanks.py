"""Thanks that somebody earned: precise rather than complete, in English and Chinese.

A polite close of a request (“Can anybody help? Thanks”), thanks in advance, thanks with a sting and thanks beside a
problem that is still there are no thanks for what was done.
"""

from __future__ import annotations

import re

_WORDS = re.compile(
    r"\b(?:many thanks|thank(?:s| you| u)\b(?: (?:so|very) much| a lot| again)?|thx|tysm|much appreciated"
    r"|(?:really |truly )?appreciate (?:it|that|you|your|the)\b)"
    r"|太感谢|非常感谢|十分感谢|万分感谢|感谢|多谢|谢谢|谢啦|谢了|辛苦了|辛苦你|辛苦您",
    re.IGNORECASE,
)
_NONE_AT_ALL = re.compile(
    r"\bno,? thank|\bnot? thanks? to\b|thanks? (?:you )?for nothing|(?:thank(?:s| you)|thx|appreciate\w*).{0,12} in advance"
    r"|\bthank (?:god|goodness|heavens|fully)|thanks? to (?:your|you|this|their|the)\b"
    r"|thank(?:s| you)(?: (?:so|very) much| a lot| again)? for (?:not\b|ruin|wast|ignor|los|break|broke"
    r"|charg|steal|lying|destroy|hanging up|calling\b|your patience|reaching out|contacting)"
    r"|thanks? anyway|appreciate (?:it|that) if\b|would (?:really )?appreciate|(?:never|no) (?:a )?(?:thank|reply.{0,20}thank)"
    r"|先谢|先感谢|提前感谢|提前谢|不用谢|不谢|谢绝|我谢谢你|我可谢谢|真是谢谢|真谢谢你们?[啊呀哈]|还要?(?:我)?(?:谢谢|感谢)你"
    r"|(?:谢谢|感谢|多谢)(?:你们?|您|贵司)?(?:的)?(?:不|没|敷衍|无视|坑|耽误|浪费)|谢谢(?:你|您)?(?:全家|八辈)|没人.{0,4}谢",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"[?？]|\b(?:please|pls|can (?:you|someone|anybody|anyone)|could (?:you|someone)|need help|help me)\b"
    r"|请问|麻烦(?!你们了|您了|你了)|求助|求解|能不能|可不可以|怎么办|帮(?:我|忙)(?:看|查|处理|解决一下)|尽快",
    re.IGNORECASE,
)
_SETTLED = re.compile(
    r"\b(?:solved|sorted|fixed|resolved|works? now|working (?:now|again)|got (?:it|my refund)|helped|helpful|refunded|all good)\b"
    r"|解决了|处理好了|搞定了|修好了|收到了|退款到了|好用了|恢复了|能用了|帮了大忙",
    re.IGNORECASE,
)
_STILL_THERE = re.compile(
    r"\b(?:but|however|yet)\b.{0,60}\b(?:still|not|n['’]t|no|never|again|nothing)\b"
    r"|\bstill (?:not|no|n['’]t|waiting|broken|down)\b"
    r"|\b(?:did|does|is|was|has)(?: not|n['’]t) (?:work|help|solve|fix|change)"
    r"|(?:但|可是|然而|不过|只是).{0,30}(?:还是|还没|仍|依然|没有|没法|不行|不能|又)|没(?:有)?(?:解决|用|效果)|还没(?:好|解决|收到|到)",
    re.IGNORECASE | re.DOTALL,
)
LONGEST = 2_000  # thanks are short; a long text that thanks somewhere tells another story


def thanked(text: str) -> str | None:
    """The words in which a post thanks for what was done, as written; None when it does not."""
    if len(text) > LONGEST or _NONE_AT_ALL.search(text) or _STILL_THERE.search(text):
        return None
    found = _WORDS.search(text)
    if found is None or (_ASKS.search(text) and not _SETTLED.search(text)):
        return None
    return found.group()
