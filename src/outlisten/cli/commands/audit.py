"""`outlisten audit`: the log of every act, and whether it is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from outlisten.cli.application import open_application
from outlisten.cli.endings import DONE, NOTHING_DONE, Refused, WrongUsage
from outlisten.cli.frame import command
from outlisten.cli.locales import help_words as _
from outlisten.cli.options import Since
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.app.trust.head import Head
    from outlisten.app.trust.log import Line
    from outlisten.app.trust.verification import Verdict

HeadFile = Annotated[
    str | None,
    typer.Option("--head", metavar="FILE", help=_("A head of the log that was sent elsewhere earlier.")),
]
ActName = Annotated[
    str | None, typer.Option("--act", metavar="NAME", help=_("Only this act, such as case.take."))
]
By = Annotated[str | None, typer.Option("--by", metavar="EMAIL", help=_("Only what this account did."))]
Limit = Annotated[int, typer.Option(metavar="N", min=1, help=_("How many rows at most."))]


@command(where="store")
def verify(session: Session, *, head: HeadFile = None) -> int:
    """Status 1 when something does not fit; the answer says where and up to which row the log is vouched for."""
    sent = _sent(session, head) if head else None
    app = open_application(session, "see_audit")
    from outlisten.app.trust.verification import check

    found = check(by=app.account, sent=sent)
    if session.json:
        upto = {"count": found.upto.count, "digest": found.upto.digest}
        remarks = [remark.sentence for remark in found.remarks]
        session.emit({"ok": found.ok, "upto": upto, "problem": found.problem, "remarks": remarks})
    else:
        _say(session, found)
    return DONE if found.ok else NOTHING_DONE


def _sent(session: Session, name: str) -> Head:
    from outlisten.app.trust.head import read_head

    try:
        return read_head(session.path(name).read_text("utf-8"))
    except ValueError:  # no JSON, no head, no text
        raise WrongUsage(
            session.words(
                "{file} is not the head of an audit log: a file as `audit.head` in the home."
            ).format(file=name)
        ) from None


def _say(session: Session, found: Verdict) -> None:
    _ = session.words
    for finding in found.findings:
        session.print(f"✗ {finding.sentence}")
    for remark in found.remarks:
        session.print(f"• {remark.sentence}")
    if found.upto.count:
        session.print(
            _("✓ Vouched for up to row {count:,}, hash {digest}.").format(
                count=found.upto.count, digest=found.upto.digest
            )
        )
    elif found.ok:
        session.print(_("The audit log is empty: nobody has done anything yet."))


@command(where="store")
def show(
    session: Session, *, act: ActName = None, by: By = None, since: Since = None, limit: Limit = 50
) -> int:
    """Newest first, with the names of those who acted."""
    from outlisten.cli.periods import check_window, window

    check_window(since, None, session.locale)
    app = open_application(session, "see_audit")
    from django.utils import timezone

    from outlisten.app.trust.log import Filters, page

    start = window(since, None, now=timezone.now(), zone=app.as_of.zone, locale=session.locale).start
    filters = Filters(act=act or "", account=_account(session, by), since=start)
    lines = page(filters, by=app.account, limit=limit).lines
    if session.json:
        session.emit({"acts": [_as_json(line) for line in lines]})
        return DONE
    for line in lines:
        session.print(_line(line))
    if not lines:
        session.say(session.words("Nothing of that kind stands in the audit log."))
    return DONE


def _account(session: Session, email: str | None) -> int | None:
    from outlisten.app.people.models import Account

    if email is None:
        return None
    found = Account.objects.filter(email__iexact=email.strip()).values_list("pk", flat=True).first()
    if found is None:
        raise Refused(
            session.words("There is no account {email} here. `outlisten user list` shows them.").format(
                email=email
            )
        )
    return int(found)


def _line(line: Line) -> str:
    row = line.row
    who = f"{line.who} ({line.role})" if line.who else line.role or row.get_channel_display()
    details = " · ".join(line.details)
    outcome = "" if row.outcome == row.Outcome.DONE else f" [{row.get_outcome_display()}]"
    parts = [
        str(row.number),
        f"{row.at:%Y-%m-%d %H:%M:%SZ}",
        who,
        f"{line.words}{outcome}",
        row.about,
        details,
    ]
    return "\t".join(part for part in parts if part)


def _as_json(line: Line) -> dict[str, object]:
    row = line.row
    return {
        "number": row.number, "at": row.at, "account": row.actor, "name": line.who or None, "role": row.role,
        "channel": row.channel, "act": row.act, "about": row.about, "outcome": row.outcome, "details": row.details,
        "digest": row.digest,
    }  # fmt: skip
