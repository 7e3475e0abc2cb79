"""The acts of the audit log in words; an act that is not here is shown by its name."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from outlisten.app.people.acts import Act
from outlisten.app.trust.models import AuditRow

WORDS: dict[str, Promise] = {
    "account.sign_in": _("signed in"),
    "account.sign_out": _("signed out"),
    "account.add": _("made an account"),
    "account.change": _("changed an account"),
    "account.background": _("changed a background"),
    "account.forget_password": _("ended a password"),
    "account.hand_over": _("handed the workspace over"),
    "account.close": _("closed an account"),
    "account.reopen": _("opened an account again"),
    "account.look_as": _("looked through another role’s eyes"),
    "account.look_back": _("went back to the own eyes"),
    "invitation.add": _("invited somebody"),
    "invitation.accept": _("accepted an invitation"),
    "invitation.send_again": _("sent an invitation again"),
    "invitation.withdraw": _("withdrew an invitation"),
    "invitation.undo_withdrawal": _("put an invitation back"),
    "department.rename": _("renamed a department"),
    "department.undo": _("took a change of a department back"),
    "department.add": _("added a department"),
    "department.change": _("changed a department"),
    "department.remove": _("removed a department"),
    "audit.verify": _("verified the audit log"),
    "brand.add": _("added a brand"),
    "brand.change": _("changed a brand"),
    "brand.remove": _("removed a brand"),
    "brand.undo": _("took a change of a brand back"),
    "topic.add": _("added a topic"),
    "topic.change": _("changed a topic"),
    "topic.remove": _("removed a topic"),
    "topic.undo": _("took a change of a topic back"),
    "workspace.change": _("changed the workspace"),
    "import.upload": _("uploaded a file"),
    "import.start": _("started an import"),
    "import.finish": _("brought posts in"),
    "import.cancel": _("cancelled an import"),
    "export": _("exported posts"),
    "sample.chapter": _("loaded a part of the sample’s story"),
    "voice.declare": _("declared a voice"),
    "voice.change": _("changed a declared voice"),
    "voice.end": _("ended a declared voice"),
    "voice.withdraw": _("withdrew a declared voice"),
    "voice.undo": _("took a change of a voice back"),
    "voice.correct": _("corrected a post’s voice"),
    "case.open": _("opened a case"),
    "case.take": _("took a case"),
    "case.hand_over": _("handed a case over"),
    "case.note": _("wrote a note on a case"),
    "case.promise": _("gave a promise"),
    "case.settle_promise": _("settled a promise to a customer"),
    "case.let_go": _("let a case go"),
    "case.answer": _("answered a customer"),
    "case.wait": _("set a case waiting"),
    "case.solve": _("solved a case"),
    "case.reopen": _("opened a case again"),
    "case.join": _("put a post into a case"),
    "case.ask": _("asked for a case"),
    "case.undo": _("took a step on a case back"),
    "rule.add": _("added a rule of care"),
    "rule.change": _("changed a rule of care"),
    "rule.switch": _("switched a rule of care"),
    "rule.remove": _("removed a rule of care"),
    "rule.apply": _("applied a rule of care"),
    "draft.save": _("drafted an answer"),
    "service_level.set": _("set a service level"),
    "calendar.import": _("brought a calendar in"),
    "calendar.domains": _("said whose e-mail domains are whose"),
    "calendar.forget": _("removed the minutes of meetings"),
    "insight.pin": _("pinned an insight"),
    "insight.annotate": _("wrote on an insight"),
    "insight.archive": _("put an insight away"),
    "insight.restore": _("brought an insight back"),
    "decision.add": _("recorded a decision"),
    "decision.change": _("changed a decision"),
    "decision.review": _("reviewed a decision"),
    "claim.add": _("wrote a claim down"),
    "claim.freeze": _("froze a claim"),
    "claim.test": _("tested a claim"),
    "disclosure.check": _("checked posts for disclosure"),
    "disclosure.find": _("found a post that does not disclose"),
    "disclosure.ask": _("asked for a disclosure"),
    "disclosure.accept": _("left a post without disclosure as it is"),
    "disclosure.mistaken": _("called a finding on disclosure mistaken"),
    "disclosure.mended": _("saw a disclosure mended"),
    "disclosure.withdraw": _("withdrew a finding on disclosure"),
    "disclosure.reopen": _("opened a finding on disclosure again"),
    "person.find": _("looked for a person"),
    "person.export": _("exported what is held of a person"),
    "person.erase": _("erased a person"),
    "retention.draft": _("drafted a retention rule"),
    "retention.on": _("switched a retention rule on"),
    "retention.off": _("switched a retention rule off"),
    "retention.hold": _("put a legal hold"),
    "retention.release": _("ended a legal hold"),
    "retention.remove": _("removed a retention rule"),
    "retention.sweep": _("removed posts older than promised"),
}


def act_in_words(act: str, outcome: str) -> Promise | str:
    """What was done, or what somebody tried: refused acts go by the name of the rule."""
    if outcome == AuditRow.Outcome.REFUSED and act in Act.values:
        return Act(act).label
    return WORDS.get(act, act)


DETAILS: dict[str, Promise | str] = {
    "posts": _("posts: %(value)s"),
    "rows": _("rows: %(value)s"),
    "files": _("rows in files: %(value)s"),
    "found": _("found: %(value)s"),
    "added": _("added: %(value)s"),
    "updated": _("updated: %(value)s"),
    "rejected": _("rejected: %(value)s"),
    "bytes": _("bytes: %(value)s"),
    "days": _("days: %(value)s"),
    "form": _("format: %(value)s"),
    "fields": _("changed: %(value)s"),
    "state": _("state: %(value)s"),
    "entry": _("entry %(value)s"),
    "answer": _("answer %(value)s"),
    "promise": _("promise %(value)s"),
    "test": _("test %(value)s"),
    "verdict": _("verdict: %(value)s"),
    "bar": _("held back: %(value)s"),
    "sha256": _("hash %(value)s"),
    "department": _("department %(value)s"),
    "departments": _("departments: %(value)s"),
    "role": _("role: %(value)s"),
    "rule": _("rule %(value)s"),
    "opened": _("cases: %(value)s"),
    "way": _("sent: %(value)s"),
    "then": _("then: %(value)s"),
    "since": _("from %(value)s"),
    "until": _("until %(value)s"),
    "voice": _("voice: %(value)s"),
    "platform": _("platform: %(value)s"),
    "brand": _("brand %(value)s"),
    "kind": _("kind: %(value)s"),
    "measure": _("measured: %(value)s"),
    "characters": _("characters: %(value)s"),
    "target_minutes": _("target: %(value)s min"),
    "person": "%(value)s",
    "problem": _("found: %(value)s"),
}
YES: dict[str, Promise] = {
    "ok": _("whole"), "cut": _("cut short"), "link": _("by a one-time link"),
    "afterwards": _("written down afterwards"), "on": _("switched on"),
}  # fmt: skip
NO: dict[str, Promise] = {"ok": _("not whole")}


def detail_in_words(name: str, value: object) -> str:
    """A detail of a row; blank where it says nothing. One that is not here is shown by its name."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool) and (name in YES or name in NO):
        return str((YES if value else NO).get(name, ""))
    return str(DETAILS.get(name, f"{name}: %(value)s")) % {"value": value}
