"""Rules that are offered to begin with. None is on until somebody has seen what it would have done."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from outlisten.app.care.models import Need, Rule
from outlisten.app.people.models import Department

Usual = Department.Usual


@dataclass(frozen=True, slots=True)
class Offer:
    """A rule to begin with: for which department, its name, its query, the need it tells."""

    department: str
    name: str | Promise
    query: str
    need: Need
    position: int


# Narrow rules stand before wide ones: the first that finds a post opens the case.
OFFERS = (
    Offer(Usual.LEGAL, _("Speaks of lawyers or authorities"),
          'lawyer OR attorney OR lawsuit OR "legal action" OR 律师 OR 起诉 OR 法院 OR 12315 OR 消协',
          Need.COMPLAINS, 10),
    Offer(Usual.PR, _("Journalists who ask"),
          '(journalist OR reporter OR newspaper OR 记者 OR 媒体采访) (comment OR interview OR story OR 采访 OR 报道)',
          Need.ASKS, 20),
    Offer(Usual.HR, _("Applicants and former colleagues"),
          '"job interview" OR "job application" OR recruiter OR "used to work" OR 招聘 OR 面试 OR 应聘 OR 离职 OR 欠薪',
          Need.ASKS, 30),
    Offer(Usual.SALES, _("Customers who may leave"),
          '"cancel my" OR "close my account" OR "switching to" OR unsubscribe OR 退订 OR 注销账号 OR 再也不 OR 换别家',
          Need.LEAVING, 40),
    Offer(Usual.PRODUCT, _("Wishes for the product"),
          '"please add" OR "would be great if" OR "feature request" OR 建议你们 OR 希望能 OR 能不能增加',
          Need.ASKS, 50),
    Offer(Usual.SUPPORT, _("Asks for help"),
          'help OR "how do i" OR "how can i" OR "not working" OR "locked out" OR "can you" OR is:question '
          'OR 请问 OR 求助 OR 怎么办 OR 打不开 OR 登录不了',
          Need.ASKS, 60),
    Offer(Usual.SUPPORT, _("Complains"),
          'sentiment:negative OR complaint OR refund OR 投诉 OR 退款 OR 差评 OR 没人管', Need.COMPLAINS, 70),
)  # fmt: skip


def offered() -> list[Rule]:
    """The offers that no department has taken up yet, as rules that are not kept."""
    departments = {department.key: department for department in Department.objects.all()}
    taken = set(Rule.objects.values_list("query", flat=True))
    return [
        Rule(
            department=departments[offer.department], name=str(offer.name), query=offer.query, need=offer.need,
            position=offer.position,
        )
        for offer in OFFERS
        if offer.department in departments and offer.query not in taken
    ]  # fmt: skip
