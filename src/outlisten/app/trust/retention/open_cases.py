"""Posts that somebody still works on: no rule removes them before their case is solved."""

from __future__ import annotations

from outlisten.app.care.models import Case, CasePost


def posts_of_open_cases() -> list[str]:
    """The ids of every post of a case that is not solved."""
    return list(CasePost.objects.exclude(case__state=Case.State.SOLVED).values_list("post", flat=True))
