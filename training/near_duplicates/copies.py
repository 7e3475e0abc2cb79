"""Copies of texts with small changes, as they are found in posts: made by a seeded script from texts that differ."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

NAMES = {
    "zh": ["小王", "陈晓", "李娜", "阿杰", "王芳", "张伟", "林小姐", "周先生"],
    "en": ["Amy", "John", "Priya", "Maria", "Tom", "Mr Lee", "Sarah", "Ahmed"],
}
LETTER = {"zh": "{}您好，{}祝您生活愉快，客服{}", "en": "Hi {}, {} Have a nice day. {} from support"}
Change = Callable[[str, str, Random], tuple[str, str]]


def form_letter(text: str, lang: str, random: Random) -> tuple[str, str]:
    """The same letter to two people from two people."""
    first, second, third, fourth = random.sample(NAMES[lang], 4)
    return LETTER[lang].format(first, text, second), LETTER[lang].format(third, text, fourth)


def repost(text: str, lang: str, random: Random) -> tuple[str, str]:
    """Passed on with the name of who wrote it and a link."""
    return text, f"RT @{random.choice('abcdefgh')}user: {text} https://t.co/{random.randrange(10**6)}"


def other_marks(text: str, lang: str, random: Random) -> tuple[str, str]:
    """Other punctuation, case and emoji."""
    bare = re.sub(r"[,.，。!！?？…~]", random.choice([" ", "!", "。"]), text)
    return text, bare.upper() + random.choice(["", "🙏", " 😂😂", "[泪]"[:1]])


def one_word(text: str, lang: str, random: Random) -> tuple[str, str]:
    """One word (two characters in Chinese) replaced by another."""
    if lang == "zh":
        at = random.randrange(max(1, len(text) - 2))
        return text, text[:at] + random.choice(["东西", "手机", "今天", "已经"]) + text[at + 2 :]
    words = text.split()
    words[random.randrange(len(words))] = random.choice(["thing", "phone", "today", "already"])
    return text, " ".join(words)


def cut_short(text: str, lang: str, random: Random) -> tuple[str, str]:
    """The last tenth is missing, as after a limit of length."""
    return text, text[: max(1, len(text) * 9 // 10)] + "…"


CHANGES: dict[str, Change] = {
    change.__name__: change for change in (form_letter, repost, other_marks, one_word, cut_short)
}


def copies(texts: list[str], lang: str, seed: int) -> dict[str, list[tuple[str, str]]]:
    """Each kind of change → a pair for each text: the text and its copy."""
    random = Random(seed)
    return {name: [change(text, lang, random) for text in texts] for name, change in CHANGES.items()}
