"""The commands that stand in groups, such as `outlisten case take`."""

from __future__ import annotations

from outlisten.cli.commands import (
    audit,
    case,
    case_said,
    case_states,
    claim,
    decision,
    disclosure_settling,
    insight,
    lists,
    person,
    retention,
    sources,
    sources_adding,
    voice,
)
from outlisten.cli.commands.calendar import import_calendar, set_domains
from outlisten.cli.commands.case_levels import levels as case_levels
from outlisten.cli.commands.case_rules import rules as case_rules
from outlisten.cli.commands.claim_testing import run_test as run_claim_test
from outlisten.cli.commands.department import add_department, list_departments
from outlisten.cli.commands.described import Described
from outlisten.cli.commands.disclosure import check as check_disclosure
from outlisten.cli.commands.disclosure import list_findings
from outlisten.cli.commands.sources_running import run as run_sources
from outlisten.cli.commands.user import add, list_accounts, reset
from outlisten.cli.commands.user_change import change
from outlisten.cli.commands.user_invite import invite
from outlisten.cli.locales import help_words as _

GROUPS: dict[str, tuple[str, dict[str, Described]]] = {
    "sources": (
        _("Networks, feeds and systems that are listened to."),
        {
            "list": Described(sources.list_sources, _("Show the sources and how each fares.")),
            "connectors": Described(
                sources.list_connectors,
                _("Show what can be added, and how far each was tested."),
                _("A star marks what must be given."),
            ),
            "add": Described(
                sources_adding.add,
                _("Add a source."),
                _("A running server asks it at once; try it first with `outlisten sources test`."),
            ),
            "test": Described(
                sources_adding.try_out,
                _("Ask a source, or a connector that is not added yet, and keep nothing."),
                _("Prints who answered and the newest posts."),
            ),
            "run": Described(
                run_sources,
                _("Ask sources now, and wait until all that is there has come."),
                _(
                    "The status is 3 when records were rejected or one of several sources failed, 1 when all did."
                ),
            ),
            "show": Described(
                sources.show, _("Show one source: how it fares, its newest asks, what it could not use.")
            ),
            "pause": Described(sources.pause, _("Ask a source no more until it is resumed.")),
            "resume": Described(sources.resume, _("Ask a paused source again, from where it stood.")),
            "remove": Described(
                sources.remove,
                _("Remove a source."),
                _("Its posts stay; its keys and passwords are forgotten for good."),
            ),
            "replay": Described(
                sources.replay,
                _("Try the rejected records of a source again."),
                _("The status is 3 while some are still rejected."),
            ),
        },
    ),
    "calendar": (
        _("Minutes of meetings, with customers and among ourselves."),
        {
            "import": Described(
                import_calendar,
                _("Bring in a calendar (.ics) of a department."),
                _("Only department, week, kind and minutes are kept. A second import adds nothing."),
            ),
            "domains": Described(
                set_domains,
                _("Say whose e-mail domains are whose."),
                _("Without options they are shown; with them both lists are replaced."),
            ),
        },
    ),
    "user": (
        _("The accounts of this installation."),
        {
            "add": Described(
                add,
                _("Make an account."),
                _("Prints the link with which that person signs in the first time."),
            ),
            "invite": Described(
                invite,
                _("Ask somebody in, by e-mail or by a link."),
                _("The link works once, from any machine, for seven days; it is printed in any case."),
            ),
            "change": Described(
                change,
                _("Change somebody's role, departments or background; close or reopen the account."),
                _("The departments given replace those there were. The owner's role and account stay."),
            ),
            "reset": Described(
                reset,
                _("Let somebody in who forgot the password."),
                _("Prints a link that signs this person in once, on this machine."),
            ),
            "list": Described(list_accounts, _("Show the accounts.")),
        },
    ),
    "department": (
        _("The departments of the company."),
        {
            "list": Described(list_departments, _("Show the departments and how many people are in each.")),
            "add": Described(add_department, _("Add a department of your own.")),
        },
    ),
    "list": (
        _("Lists of accounts and sites; list:NAME in a query finds what they write."),
        {
            "list": Described(lists.list_lists, _("Show the lists.")),
            "show": Described(
                lists.show,
                _("Print what stands in a list, one a line."),
                _("The lines can be read again by list add --file. It is written down who took them."),
            ),
            "add": Described(lists.add, _("Make a list.")),
            "change": Described(
                lists.change,
                _("Change what stands in a list, its name or its description."),
                _("What is given replaces what was there. A list that a saved query uses keeps its name."),
            ),
            "remove": Described(lists.remove, _("Remove a list."), _("Refused while a saved query uses it.")),
        },
    ),
    "voice": (
        _("Who speaks for a company, and what people say of single posts."),
        {
            "list": Described(voice.list_voices, _("Show declared accounts and campaigns.")),
            "declare": Described(
                voice.declare,
                _("Declare accounts, or a campaign."),
                _("Posts that are kept already are read again; their former reading stays in their history."),
            ),
            "end": Described(voice.end, _("Let a declaration hold until a day, today unless you say so.")),
            "correct": Described(
                voice.correct,
                _("Say whose voice a post is, with the reason."),
                _("Wins over every other evidence."),
            ),
            "tag": Described(
                voice.tag, _("Put tags on a post, or take them away."), _("topic: in a query finds them.")
            ),
        },
    ),
    "case": (
        _("People who ask for help, and who helps them."),
        {
            "list": Described(
                case.list_cases,
                _("Show the cases that wait."),
                _("Cases of departments you are not in stay unseen."),
            ),
            "show": Described(case.show, _("Show one case with its whole conversation.")),
            "open": Described(case.open_case, _("Make a post a case.")),
            "take": Described(case.take, _("Make a free case yours.")),
            "let-go": Described(case.let_go, _("Give your case back to the queue.")),
            "handover": Described(case.handover, _("Hand a case to another department or a colleague.")),
            "note": Described(case_said.note, _("Write a note that only staff read.")),
            "promise": Described(
                case_said.promise, _("Write down what was promised to the customer, and by when.")
            ),
            "settle": Described(case_said.settle, _("Say that a promise was kept or broken.")),
            "draft": Described(
                case_said.draft,
                _("Keep what you would answer to a post."),
                _("Colleagues who answer see it with your name; an empty text removes it."),
            ),
            "answer": Described(
                case_said.answer,
                _("Answer the customer in your name."),
                _("Prints the text and where to post it; with --posted it records that you did."),
            ),
            "wait": Described(
                case_states.wait, _("Wait for the customer's word: the clock stands still until they write.")
            ),
            "close": Described(case_states.close, _("Say that the customer has what they need.")),
            "reopen": Described(case_states.reopen, _("Open a solved case again.")),
            "rules": Described(
                case_rules,
                _("Show, try and apply the rules by which posts become cases."),
                _("--test says how many cases a rule would have opened, and changes nothing."),
            ),
            "levels": Described(
                case_levels,
                _("Show or set how soon a department answers, and when it is there."),
                _("Open cases get their new deadlines at once."),
            ),
        },
    ),
    "insight": (
        _("Figures and posts that were kept."),
        {
            "list": Described(insight.list_insights, _("Show the pinned insights.")),
            "pin": Described(
                insight.pin,
                _("Keep the headline of a query, or a post, as it stands now."),
                _("With its query, its days and the day it was pinned; it can be asked again later."),
            ),
        },
    ),
    "claim": (
        _("Promises written down, frozen, and tested."),
        {
            "list": Described(claim.list_claims, _("Show every claim that was ever registered.")),
            "add": Described(
                claim.add,
                _("Write a promise down."),
                _("Keeps a draft; freeze it before the promise begins."),
            ),
            "freeze": Described(
                claim.freeze,
                _("Make a claim unchangeable."),
                _("Prints the hash of its content, which stands in the audit log."),
            ),
            "test": Described(
                run_claim_test,
                _("Test a frozen claim, or a series in a file."),
                _(
                    "Supported, not supported or cannot tell, with interval and the smallest detectable effect."
                ),
            ),
            "show": Described(claim.show, _("Show one claim with its tests.")),
        },
    ),
    "decision": (
        _("What was decided, and what came of it."),
        {
            "list": Described(decision.list_decisions, _("Show the decisions, due reviews first.")),
            "add": Described(
                decision.add,
                _("Record a decision."),
                _("Name the insights behind it with --insight, or say with --no-insight that none is."),
            ),
            "show": Described(decision.show, _("Show one decision with its insights and outcomes.")),
            "move": Described(decision.move, _("Give a decision another state.")),
            "review": Described(decision.review, _("Record what came of a decision.")),
        },
    ),
    "disclosure": (
        _("Partners, employees and paid accounts that do not say so."),
        {
            "list": Described(
                list_findings,
                _("Show posts of declared accounts with signs and no disclosure."),
                _("With the words that show it and the rule. Nobody who was not declared is ever judged."),
            ),
            "check": Described(
                check_disclosure,
                _("Say which disclosure markers stand in texts."),
                _(
                    "One line a text. Whether a disclosure is due is not judged: that takes a declared account."
                ),
            ),
            "ask": Described(
                disclosure_settling.ask,
                _("Note that the writer was asked to mend a post."),
                _("Who follows it up, and until when."),
            ),
            "accept": Described(disclosure_settling.accept, _("Leave a post as it is, with the reason.")),
            "mistaken": Described(
                disclosure_settling.mistaken, _("Say that the watch was wrong about a post, with the reason.")
            ),
            "reopen": Described(disclosure_settling.reopen, _("Take back what was asked or settled.")),
            "recheck": Described(
                disclosure_settling.recheck, _("Judge every kept post of declared accounts afresh.")
            ),
        },
    ),
    "person": (
        _("What is held of an author: to look at, to hand over, to erase."),
        {
            "find": Described(person.find, _("Find an author by handle, id, name, or a post's link.")),
            "export": Described(
                person.export,
                _("Write everything held of an author into one ZIP file."),
                _("The posts as kept and as they came, their history, what each room holds, and a manifest."),
            ),
            "erase": Described(
                person.erase,
                _("Erase an author everywhere, and refuse their posts from then on."),
                _("Without --confirm nothing is erased: the answer says what would be."),
            ),
        },
    ),
    "retention": (
        _("How long posts are kept."),
        {
            "list": Described(retention.list_rules, _("Show the rules, and how old what they cover is.")),
            "set": Described(
                retention.set_rule,
                _("Say how long some posts are kept, or hold them."),
                _("Without --on the rule is a draft: the answer says what it would remove."),
            ),
            "run": Described(
                retention.run,
                _("Remove posts that are older than the rules in force say."),
                _("A running server does so once a day by itself."),
            ),
        },
    ),
    "audit": (
        _("The log of every act."),
        {
            "show": Described(audit.show, _("Show what was done, newest first.")),
            "verify": Described(
                audit.verify,
                _("Check that no row of the log was changed, put in, taken out or moved."),
                _(
                    "The status is 1 when something does not fit. --head compares with a head you kept elsewhere."
                ),
            ),
        },
    ),
}
