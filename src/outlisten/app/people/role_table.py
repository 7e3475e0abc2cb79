"""The table role × act in words: what people read on Settings → People and in `docs/reference/roles.md`.

`role_page.py` writes it into those pages.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from outlisten.app.people.acts import ACROSS_DEPARTMENTS, IN_OWN_DEPARTMENTS, MAY, Act, Role

BEGIN, END = "<!-- roles: made by outlisten.app.people.role_page -->", "<!-- end of roles -->"
GROUPS: tuple[tuple[str | Promise, tuple[Act, ...]], ...] = (
    (gettext_lazy("Listening"), (
        Act.SEARCH, Act.SEE_RAW, Act.READ_PRIVATE, Act.EXPORT, Act.TAG, Act.EDIT_TOPICS, Act.EDIT_BRANDS, Act.IMPORT,
        Act.MANAGE_SOURCES, Act.MANAGE_ALERTS, Act.JUDGE_ALERT, Act.DECLARE_VOICES, Act.CORRECT_VOICE, Act.LABEL, Act.TEACH)),
    (gettext_lazy("Care"), (
        Act.DRAFT, Act.OPEN_CASE, Act.SEE_CASES, Act.TAKE_CASE, Act.WORK_ON_CASE, Act.ANSWER, Act.CLOSE_CASE,
        Act.MANAGE_CARE)),
    (gettext_lazy("Decisions and statements"), (
        Act.SEE_DECISIONS, Act.PIN_INSIGHT, Act.DECIDE, Act.MAKE_CLAIM, Act.SEE_STATEMENTS, Act.IMPORT_CALENDAR)),
    (gettext_lazy("Trust"), (
        Act.SEE_DISCLOSURE, Act.MEND_DISCLOSURE, Act.SEE_AUDIT, Act.ANSWER_PRIVACY, Act.SET_RETENTION)),
    (gettext_lazy("Installation"), (Act.MANAGE_WORKSPACE, Act.MANAGE_ACCOUNTS, Act.HAND_OVER, Act.LOOK_AS)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One act, and for each role in order: "yes", "own" (in the own departments) or "no"."""

    act: Act
    answers: tuple[str, ...]


def lines(acts: tuple[Act, ...]) -> list[Line]:
    """The lines of some acts."""
    return [Line(act, tuple(answer(role, act) for role in Role)) for act in acts]


def answer(role: Role, act: Act) -> str:
    """Whether a role may do something: "yes", "own" (in the own departments) or "no"."""
    if role not in MAY[act]:
        return "no"
    return "own" if act in IN_OWN_DEPARTMENTS and role not in ACROSS_DEPARTMENTS else "yes"


def in_words(said: str) -> str:
    """An answer as the table writes it, in the reader's language."""
    return {"yes": pgettext("may", "yes"), "own": _("own departments"), "no": "–"}[said]


def table(language: str) -> str:
    """Markdown: a table for each group of acts."""
    with translation.override(language):
        return "\n\n".join(_group(str(name), acts) for name, acts in GROUPS)


def _group(name: str, acts: tuple[Act, ...]) -> str:
    head = [name, *(str(role.label) for role in Role)]
    rows = [[str(line.act.label), *map(in_words, line.answers)] for line in lines(acts)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [head, ["---"] * len(head), *rows])


def with_table(page: str, language: str) -> str:
    """The page with the table of today between its marks."""
    before, rest = page.split(BEGIN, 1)
    _made, after = rest.split(END, 1)
    return f"{before}{BEGIN}\n\n{table(language)}\n\n{END}{after}"
