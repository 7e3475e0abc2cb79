"""`outlisten retention`: how long posts are kept, and removing those that are older."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from outlisten.cli.application import open_application
from outlisten.cli.endings import DONE, WrongUsage
from outlisten.cli.frame import command
from outlisten.cli.locales import help_words as _
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.app.trust.models import RetentionRule
    from outlisten.app.trust.retention.ages import Age

Platform = Annotated[str | None, typer.Option(metavar="NAME", help=_("Posts of this platform."))]
Source = Annotated[
    str | None, typer.Option(metavar="NAME", help=_("Posts that this file or connector brought."))
]
Messages = Annotated[
    bool, typer.Option("--messages", help=_("Private messages; without any of these, all posts."))
]
Days = Annotated[
    int | None, typer.Option(metavar="N", min=1, help=_("Keep them so many days; else without limit."))
]
On = Annotated[
    bool | None,
    typer.Option(
        "--on/--off", help=_("Put the rule in force, or out of it; otherwise only show what it would remove.")
    ),
]
Hold = Annotated[
    str | None,
    typer.Option(metavar="REASON", help=_("Keep them whatever their age; an empty reason ends that.")),
]


@command(where="store")
def list_rules(session: Session) -> int:
    """Each rule with how many posts it covers, the oldest, and how many are older than it says."""
    app = open_application(session, "set_retention")
    from outlisten.app.trust.retention.ages import ages

    found = ages(by=app.account)
    if session.json:
        session.emit({"rules": [_as_json(age) for age in found]})
        return DONE
    for age in found:
        session.print(_line(session, age))
    if not found:
        session.say(session.words("No rule yet: every post is kept without limit."))
    return DONE


@command(where="store")
def set_rule(
    session: Session, *, platform: Platform = None, source: Source = None, messages: Messages = False,
    days: Days = None, on: On = None, hold: Hold = None,
) -> int:  # fmt: skip
    """Without --on the rule is a draft that removes nothing; one in force is switched off before it is changed."""
    if sum(map(bool, (platform, source, messages))) > 1:
        raise WrongUsage(session.words("Choose one of --platform, --source and --messages."))
    app = open_application(session, "set_retention")
    from outlisten.app.trust.models import RetentionRule
    from outlisten.app.trust.retention import actions
    from outlisten.app.trust.retention.ages import age, today

    kind = "platform" if platform else "source" if source else "messages" if messages else "all"
    name = platform or source or ""
    rule = RetentionRule.objects.filter(covers=kind, name=name).first() or RetentionRule(
        covers=kind, name=name
    )
    if rule.pk is None or days is not None or (hold is None and on is None):
        rule.days = days
        actions.draft(rule, by=app.account)
    if hold is not None:
        actions.hold(rule, hold, by=app.account)
    elif on is not None:
        actions.switch(rule, on, by=app.account)
    found = age(rule, list(RetentionRule.objects.all()), today())
    if session.json:
        session.emit(_as_json(found))
    else:
        session.print(_line(session, found))
    return DONE


@command(where="store")
def run(session: Session) -> int:
    """What each rule in force removed. The server does the same once a day."""
    app = open_application(session, "set_retention")
    from outlisten.app.trust.retention.sweep import run as sweep_now

    swept = sweep_now(by=app.account)
    if session.json:
        rules = [{**_named(one.rule), "removed": one.posts} for one in swept]
        session.emit({"removed": sum(one.posts for one in swept), "rules": rules})
        return DONE
    for one in swept:
        text = session.words("{rule}: removed {n:,}").format(rule=_title(one.rule), n=one.posts)
        session.print(text)
    if not swept:
        session.say(session.words("No rule is in force, so nothing was removed."))
    return DONE


def _title(rule: RetentionRule) -> str:
    return rule.label


def _line(session: Session, age: Age) -> str:
    _ = session.words
    rule = age.rule
    kept = _("{n:,} days").format(n=rule.days) if rule.days else _("without limit")
    state = (
        _("on hold: {reason}").format(reason=rule.hold)
        if rule.hold
        else _("in force")
        if rule.on
        else _("draft")
    )
    parts = [_title(rule), kept, state, _("posts: {n:,}").format(n=age.posts)]
    if age.oldest:
        parts.append(_("oldest: {day}").format(day=age.oldest.date().isoformat()))
    parts.append(_("older than that: {n:,}").format(n=age.overdue))
    return "\t".join(parts)


def _named(rule: RetentionRule) -> dict[str, object]:
    return {"covers": rule.covers, "name": rule.name or None, "days": rule.days}


def _as_json(age: Age) -> dict[str, object]:
    rule = age.rule
    return {
        **_named(rule), "on": rule.on, "hold": rule.hold or None, "posts": age.posts, "oldest": age.oldest,
        "older": age.overdue, "removed_so_far": rule.swept_posts, "swept_at": rule.swept_at,
    }  # fmt: skip
