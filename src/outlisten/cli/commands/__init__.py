"""One module a command. They import what is heavy inside the command, so that `outlisten --help` is quick."""

from __future__ import annotations

from outlisten.cli.commands.calendar import participation
from outlisten.cli.commands.calibrate import calibrate
from outlisten.cli.commands.compare import compare
from outlisten.cli.commands.demo import demo
from outlisten.cli.commands.described import Described
from outlisten.cli.commands.doctor import doctor
from outlisten.cli.commands.evaluate import evaluate
from outlisten.cli.commands.explain import explain
from outlisten.cli.commands.groups import GROUPS
from outlisten.cli.commands.imports import import_files
from outlisten.cli.commands.match import match
from outlisten.cli.commands.mirror import mirror
from outlisten.cli.commands.read import read
from outlisten.cli.commands.report import report
from outlisten.cli.commands.reread import reread
from outlisten.cli.commands.search import search
from outlisten.cli.commands.serve import serve
from outlisten.cli.commands.statements import statements
from outlisten.cli.locales import help_words as _

__all__ = ["COMMANDS", "GROUPS", "Described"]

# In the order of the help: try it, run it, fill it, ask it, check it.
COMMANDS: dict[str, Described] = {
    "demo": Described(
        demo,
        _("Load the bundled real sample into a throw-away home and serve it."),
        _("When the demo ends its data is removed; with --home it stays there for next time."),
    ),
    "serve": Described(
        serve,
        _("Serve the application: pages, imports, and these commands."),
        _("Everything runs in this one process, until Ctrl-C. Commands typed meanwhile are run by it."),
    ),
    "import": Described(
        import_files,
        _("Bring in posts from files: CSV, JSON Lines, JSON, Parquet or XLSX, also compressed."),
        _("A second import adds nothing. Rejected rows go to a file with the reason; the status is 3."),
    ),
    "search": Described(
        search,
        _("Find posts, newest first."),
        _("Dates are in the workspace's time zone. In an archive they count from the newest post."),
    ),
    "match": Described(
        match,
        _("Match many queries against posts in files, keeping nothing."),
        _("One line a hit. A query that cannot be understood is told and left out; the status then is 3."),
    ),
    "compare": Described(
        compare,
        _("Set two queries beside each other: how much, how people feel, and the terms that part them."),
        _("Shares are corrected for the model's errors and come with 95 % intervals."),
    ),
    "statements": Described(
        statements,
        _("Say how far the company lives up to the ten statements."),
        _("Each figure with its interval; what is not measured yet says where to start."),
    ),
    "mirror": Described(
        mirror,
        _("Set a company's words beside its customers', and tell how it behaves in conversation."),
        _("What a source cannot show, such as answers, is said and never counted as zero."),
    ),
    "participation": Described(
        participation,
        _("Tell how much talk is with customers, and which departments listened, answered and decided."),
        _("Teams only, never persons."),
    ),
    "report": Described(
        report,
        _("Write the listening report: one HTML file that stands by itself and prints well."),
        _("A brand is set beside the others of its group unless --against names some."),
    ),
    "explain": Described(
        explain,
        _("Say a query in words, with its warnings."),
        _("The status is 1 when it cannot be understood. --locale en,zh-hans uses both languages."),
    ),
    "read": Described(
        read,
        _("Say what the language models read in texts."),
        _(
            "One line a text; a tone more likely wrong than right is *cannot tell*, with what it leans to. Nothing is kept."
        ),
    ),
    "reread": Described(
        reread,
        _("Read kept posts again with today's models, newest first."),
        _("It can be stopped and goes on where it was; beside a running server, the server does it."),
    ),
    "evaluate": Described(
        evaluate,
        _("Say how well the models read a file of posts that people labelled."),
        _("Each figure with its 95 % interval. Any file that can be imported can be evaluated."),
    ),
    "calibrate": Described(
        calibrate,
        _("Learn from the labels that people gave here, or say what was learned."),
        _("Used for new readings where it helps beyond noise. Labels are given on Settings → Labelling."),
    ),
    "doctor": Described(
        doctor,
        _("Check that everything is in order."),
        _("Changes nothing. The status is 1 when something is not in order; each such thing names its cure."),
    ),
}
