"""The plan of the written examples: what each text is about, where it would stand, how long it is.

    python training/written/plan.py --lang zh --part 1        # prints the plan of one of eight parts
    python training/written/plan.py --lang zh --part 1 --edition 2

Seeded: the same call prints the same plan. The second edition came later, for training alone.
Columns: id, class, near miss or not, network, product, tone, length, dialect.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from random import Random

PARTS = 8
# Texts of each class in a language; together with the near misses 3,688.
TEXTS = {
    "purchase": 320, "leaving": 320, "suggestion": 320, "help": 224, "urgent help": 160, "urgent complaint": 160,
    "promotion": 320, "disclosure": 320, "sarcasm": 320, "litotes": 304, "slang": 304,
    "complaint": 64, "praise": 64, "thanks": 64, "inquiry": 64, "comparison": 96, "nothing of these": 144,
}  # fmt: skip
NEAR_MISSES = {
    "purchase": 64, "leaving": 64, "suggestion": 48, "help": 48, "urgent help": 48, "promotion": 64, "disclosure": 64,
    "sarcasm": 48,
}  # fmt: skip

# The second edition is shorter, and more of it is what heads of the first confused.
MORE_TEXTS = {
    "purchase": 130, "leaving": 130, "suggestion": 150, "help": 150, "urgent help": 70, "urgent complaint": 60,
    "promotion": 100, "disclosure": 140, "sarcasm": 90, "litotes": 60, "slang": 60,
    "complaint": 60, "praise": 60, "thanks": 60, "inquiry": 90, "comparison": 120, "nothing of these": 120,
}  # fmt: skip
MORE_NEAR_MISSES = {
    "purchase": 40, "leaving": 40, "suggestion": 50, "help": 40, "urgent help": 20, "promotion": 30, "disclosure": 60,
    "sarcasm": 30,
}  # fmt: skip
EDITIONS = {
    1: (TEXTS, NEAR_MISSES, 0),
    2: (MORE_TEXTS, MORE_NEAR_MISSES, 5_000),
    3: (MORE_TEXTS, MORE_NEAR_MISSES, 9_000),  # its first part: to choose thresholds
}


def _listed(text: str) -> list[str]:
    return [" ".join(item.split()) for item in text.split(",")]


NETWORKS = {
    "zh": _listed("""
    微博, 小红书, 抖音评论, B站评论, 知乎, 贴吧, 豆瓣, 大众点评, 电商评价,
    应用商店评价, 微信公众号留言, 客服对话, 脉脉, 闲鱼, PTT, Threads, 连登,
    Facebook 群组
    """),
    "en": _listed("""
    X, Reddit, YouTube comment, App Store review, Google review, Trustpilot, Facebook comment, Instagram
    comment, TikTok comment, forum, LinkedIn, live chat, Mastodon, Hacker News, Amazon review, Discord,
    e-mail to support
    """),
}
PRODUCTS = _listed("""
    mobile phone, laptop, headphones, robot vacuum, washing machine, air conditioner, smart watch, camera,
    game console, video game, streaming service, music app, food delivery, restaurant, coffee chain, milk
    tea, supermarket, online shop, parcel service, airline, hotel, train, ride hailing, car, electric car
    charging, e-bike, bank account, credit card, mobile payment, insurance, pension fund, broker app, mobile
    carrier, home internet, electricity supplier, landlord or housing agent, furniture, mattress, kitchen
    ware, skin care, make-up, shampoo, perfume, fashion, shoes, luggage, toys, baby formula, nappies, pet
    food, veterinary, pharmacy, dentist, hospital booking, fitness studio, diet food, language course,
    online course, university, tutoring, office software, cloud hosting, AI assistant, password manager,
    dating app, travel agency, museum, concert tickets, cinema, sports club, government service, water
    supplier, tools and hardware, garden, book, newspaper
""")
TONES = _listed("""
    calm, annoyed, friendly, tired, excited, dry, worried, polite, blunt, playful, matter of fact, hesitant
""")
LENGTHS = ["short"] * 3 + ["middle"] * 5 + ["long"] * 2
DIALECTS = {
    "zh": ["simp"] * 14 + ["trad"] * 4 + ["yue"] * 2,
    "en": ["us"] * 10 + ["uk"] * 6 + ["second language"] * 4,
}
# Where dialect and network contradict each other, the network gives way.
TRADITIONAL = ["PTT", "Threads", "連登", "Facebook 群組", "電商評價", "應用商店評價", "客服對話"]


@dataclass(frozen=True, slots=True)
class Slot:
    """One text to be written."""

    id: str
    kind: str
    near_miss: str
    network: str
    product: str
    tone: str
    length: str
    dialect: str


def slots(lang: str, edition: int = 1) -> Iterator[Slot]:
    """Every text of a language, in an order that mixes the classes."""
    wanted, near_misses, before = EDITIONS[edition]
    chance = Random(f"written {lang}" + (f" {edition}" if edition > 1 else ""))
    kinds = [(kind, "") for kind, texts in wanted.items() for _ in range(texts)]
    kinds += [(kind, "near miss") for kind, texts in near_misses.items() for _ in range(texts)]
    chance.shuffle(kinds)
    for number, (kind, near) in enumerate(kinds, before + 1):
        dialect = chance.choice(DIALECTS[lang])
        network = chance.choice(_networks(lang, dialect))
        product, tone, length = chance.choice(PRODUCTS), chance.choice(TONES), chance.choice(LENGTHS)
        yield Slot(f"{lang}{number:04}", kind, near, network, product, tone, length, dialect)


def _networks(lang: str, dialect: str) -> list[str]:
    """Where a text of this dialect may stand: of the Chinese networks, those behind 闲鱼 write traditional characters."""
    if dialect in {"trad", "yue"}:
        return TRADITIONAL
    return NETWORKS["zh"][:14] if lang == "zh" else NETWORKS["en"]


def part(lang: str, number: int, edition: int = 1) -> list[Slot]:
    """The texts of one of PARTS parts, counted from 1."""
    return [slot for place, slot in enumerate(slots(lang, edition)) if place % PARTS == number - 1]


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--lang", choices=["zh", "en"], required=True)
    arguments.add_argument("--part", type=int, choices=range(1, PARTS + 1), required=True)
    arguments.add_argument("--edition", type=int, choices=EDITIONS, default=1)
    given = arguments.parse_args()
    for slot in part(given.lang, given.part, given.edition):
        print("\t".join(astuple(slot)))


if __name__ == "__main__":
    main()
