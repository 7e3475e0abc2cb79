"""The story that the demo opens with, as data: who works here, which rules open cases, what was done with some of them.

What customers wrote is real. Everything in this file that a person of the company says or does is made up, and
`made_up` puts that in front of it wherever it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from outlisten.words import Locale

FROM = date(
    2019, 2, 1
)  # cases are opened from the newest complaints alone: a queue that two people could look after


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence of the story in both languages."""

    en: str
    zh: str

    def read(self, locale: Locale) -> str:
        """In one of them."""
        return self.zh if locale == "zh-hans" else self.en


MADE_UP = Words("made up for the demo", "演示虚构")


def made_up(said: Words, locale: Locale) -> str:
    """What somebody of the company says, marked as made up."""
    label = MADE_UP.read(locale)
    return f"（{label}）{said.zh}" if locale == "zh-hans" else f"({label}) {said.en}"


@dataclass(frozen=True, slots=True)
class StoryAccount:
    """A demo account, named after its role: `key` is how the story calls it, `departments` are keys."""

    key: str
    name: Words
    role: str
    departments: tuple[str, ...] = ()
    background: str = ""


ACCOUNTS = (
    StoryAccount("support", Words("Responder, Support", "客服回应者"), "responder", ("support",), "customer_service"),
    StoryAccount("lead", Words("Lead, Support", "客服组长"), "lead", ("support",), "operations"),
    StoryAccount("legal", Words("Responder, Legal", "法务回应者"), "responder", ("legal",), "other"),
    StoryAccount("product", Words("Responder, Product", "产品回应者"), "responder", ("product",), "engineering"),
    StoryAccount("operations", Words("Responder, Operations", "运营回应者"), "responder", ("operations",), "operations"),
    StoryAccount("analyst", Words("Analyst", "分析员"), "analyst", (), "marketing"),
    StoryAccount("viewer", Words("Viewer, Product", "产品读者"), "viewer", ("product",), "engineering"),
    StoryAccount("agency", Words("Agency", "代理公司"), "agency"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StoryVoice:
    """Accounts on a platform that speak for a competitor: its care teams and its own name."""

    brand: str
    platform: str
    accounts: tuple[str, ...]


VOICES = (
    StoryVoice("Wells Fargo", "x", ("Ask_WellsFargo", "WellsFargo")),
    StoryVoice("Chase", "x", ("ChaseSupport", "Chase")),
)
VOICE_NOTE = Words(
    "The bank's own account, as its name and answers show", "该银行自己的账号，从名称和答复可以看出"
)


@dataclass(frozen=True, slots=True)
class StoryRule:
    """A rule that opens cases of a department; the first that finds a post counts, so narrow ones come first."""

    department: str
    name: Words
    query: str
    need: str = "complains"


RULES = (
    StoryRule("product", Words("Cannot get in or get it done online", "登录不了、网上办不成"),
              '"security freeze" OR "remove a fraud alert" OR myequifax OR "equifax website" OR "the website" OR password '
              'OR "log in" OR login OR "locked out"'),
    StoryRule("legal", Words("Stolen identity or fraud", "身份被盗或欺诈"),
              '"identity theft" OR "stolen identity" OR "identity was stolen" OR fraud OR fraudulent'),
    StoryRule("legal", Words("Speaks of lawyers or the law", "提到律师或法律"),
              'lawyer OR attorney OR lawsuit OR sue OR "legal action" OR FCRA OR FDCPA'),
    StoryRule("operations", Words("Letters, faxes and fees", "信件、传真与费用"),
              'mail OR mailed OR letter OR letters OR fax OR fee OR fees OR charged'),
    StoryRule("support", Words("Errors in a credit report", "信用报告有错"),
              'report OR reporting OR credit OR dispute OR inquiry OR inquiries OR account'),
)  # fmt: skip

# Minutes of opening hours until the first answer: what a complaint by post needs, not what a chat does.
SERVICE_LEVELS = {"support": 540, "legal": 2 * 540, "product": 3 * 540, "operations": 3 * 540}

Deed = Literal["take", "note", "promise", "answer", "hand_over", "draft"]


@dataclass(frozen=True, slots=True)
class Step:
    """Something an account did with the case of a real complaint. `to` is the department it was handed to; `days`
    until a promise is due; `then` what follows an answer (wait, solve, stay)."""

    who: str
    post: str
    deed: Deed
    said: Words
    to: str = ""
    days: int = 0
    then: Literal["wait", "solve", "stay"] = "wait"


STEPS = (
    # A dispute that nobody answered.
    Step("agency", "a97593cd1bd508d8", "draft",
         Words("Hello, your dispute is still open on our side and that is our fault. May I ask for the number on your letter?",
               "您好，您的异议在我们这边还没有办结，这是我们的责任。能把信上的编号告诉我吗？")),
    Step("support", "a97593cd1bd508d8", "take",
         Words("Called the investigations team: the dispute was filed twice and waits in two piles. The agency's draft is kind; "
               "the answer is ours to give.",
               "问过调查组：这份异议登记了两次，卡在两处。代理公司的草稿写得不错，但答复要由我们自己来给。")),
    # A balance that is out of date.
    Step("support", "c085207f2c7f4aaf", "answer",
         Words("Hello, a balance is updated when your bank reports it, which is usually once a month. If it is older than that, "
               "please tell me the month that the report shows, and I will ask the bank for you.",
               "您好，余额在银行上报后更新，一般每月一次。如果报告上的更旧，请告诉我上面写的月份，我替您去问银行。")),
    # Several inquiries where one was allowed.
    Step("support", "2dfc9a3fee393eef", "answer",
         Words("Hello, you allowed one inquiry and the report showed several. The others have been taken off; the one that you "
               "allowed stays. A new copy is on its way to you.",
               "您好，您只授权查询一次，报告上却有好几次。多出来的已经删除，您授权的那一次保留，新的报告正在寄给您。"),
         then="solve"),
    Step("lead", "40c31a11f39e43c9", "take",
         Words("The third customer this month who fails the identity questions. I ask Product which of them come from old files.",
               "这个月第三位答不出身份验证问题的顾客。我去问产品，哪些题目来自旧档案。")),
    # A stolen identity.
    Step("legal", "0aff1de288dd4a81", "take",
         Words("The identity theft report is complete; the four business days to block the accounts run from today.",
               "身份盗用报告齐全，从今天起四个工作日内必须屏蔽这些账户。")),
    Step("legal", "0aff1de288dd4a81", "promise",
         Words("A written answer that lists every account that was blocked, and why any was not.",
               "书面答复，逐一列出已屏蔽的账户，没有屏蔽的说明原因。"), days=10),
    Step("legal", "7273afb7bdbae7c8", "take",
         Words("It says third attempt: look for the first two before answering.", "信里说是第三次：先找到前两次，再回复。")),
    # Called fraudulent, and yet no stolen identity.
    Step("legal", "17fa0fa578247c6d", "hand_over",
         Words("No identity was stolen here: three bureaus show three balances for one account. Please ask the bank which is "
               "right; the customer need not explain again.",
               "这里没有身份被盗：同一账户在三家机构显示三个余额。请向银行核实哪个正确，不必让顾客再解释一遍。"), to="support"),
)  # fmt: skip
