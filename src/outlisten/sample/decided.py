"""What the story's analyst pinned, what was decided from it, and the promise that was tested, as data.

The figures are asked of the sample when the demo is made; that somebody pinned, decided and promised is made up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from outlisten.sample.story import Words


@dataclass(frozen=True, slots=True)
class Pinned:
    """A question about the sample whose headline is kept, and what the analyst makes of it."""

    title: Words
    query: str
    note: Words


INSIGHTS = (
    Pinned(
        Words("Stolen identity in complaints to Equifax", "给 Equifax 的投诉里提到身份被盗"),
        'to:Equifax ("identity theft" OR "stolen identity" OR fraud OR fraudulent)',
        Words("Some have sent police reports and letters before. Read ten of them before you decide.",
              "有些人此前已经寄过报警回执和信件。下决定之前，先读十条原文。"),
    ),
    Pinned(
        Words("Complaints to Equifax that speak of no answer", "给 Equifax 的投诉里说没有回音"),
        'to:Equifax ("not responded" OR "no response" OR "never responded" OR ignored OR "not heard")',
        Words("Few use these words. Read them all before you build on the number.",
              "用这些字眼的人不多。先全部读完，再依靠这个数字。"),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise about complaints to the own brand, with the competitors as comparison."""

    text: Words
    by: Words
    subject: str
    comparisons: tuple[str, ...]
    size: float
    start: date
    until: date


# The settlement over the data breach of 2017 was announced on this day by the Federal Trade Commission.
SETTLEMENT = date(2019, 7, 22)
CLAIM = Promised(
    Words("After the settlement of 22 July 2019, complaints to Equifax fall by a fifth within eight weeks.",
          "2019 年 7 月 22 日和解公布后，八周内给 Equifax 的投诉减少五分之一。"),
    Words("A consultancy, made up for the demo", "一家咨询公司（演示虚构）"),
    "Equifax", ("TransUnion", "Experian"), -0.2, SETTLEMENT, date(2019, 9, 15),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision from the first `insights` of the list; `review_in` days, or reviewed already with `outcome`."""

    text: Words
    why: Words
    expected: Words
    owner: str
    department: str
    level: str
    horizon: str
    insights: tuple[int, ...]
    review_in: int
    outcome: Words | None = None


DECISIONS = (
    Decided(
        Words("Every complaint about a stolen identity gets an answer from a named person in Legal within two working days.",
              "每一条身份被盗的投诉，两个工作日内由法务的同事具名回复。"),
        Words("Several write that they have sent proof before, one of them for the third time, and still wait.",
              "好几个人写道，之前已经寄过证明，其中一位是第三次，至今还在等。"),
        Words("Fewer people write a second time about the same theft.", "为同一件事再次来信的人变少。"),
        "lead", "legal", "tactical", "short", (0,), 30,
    ),
    Decided(
        Words("Leave letters about disputes as they are and wait for the settlement to calm things down.",
              "异议回信先维持原样，等和解公布后情况自己好转。"),
        Words("A consultancy promised that complaints would fall by themselves.", "一家咨询公司承诺投诉会自己减少。"),
        Words("A fifth fewer complaints within eight weeks.", "八周内投诉减少五分之一。"),
        "analyst", "support", "strategic", "long", (1,), 0,
        Words("Cannot tell, and nobody could have told: about four complaints a week came in before, so that only an effect of "
              "nearly everything would have been seen. The decision rested on a promise that could not be tested.",
              "无法判断，当时谁也判断不了：此前每周约四条投诉，只有几乎全部消失才看得出来。这个决定依靠的是一个无法检验的承诺。"),
    ),
)  # fmt: skip
