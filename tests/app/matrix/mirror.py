"""The mirror and who takes part, walked."""

from __future__ import annotations

from collections.abc import Mapping

from tests.app.matrix import Walk

from outlisten.app.listening.models import Brand
from outlisten.app.people.acts import Act
from outlisten.app.people.models import Department


def a_brand(department: Department) -> Mapping[str, object]:
    """Somebody to look at."""
    Brand.objects.create(name="Axi", side="own", query="Axi OR 阿茜")
    return {"department": department.pk}


def a_department(department: Department) -> Mapping[str, object]:
    """Whose minutes are removed."""
    return {"department": department.pk}


ROWS = (
    Walk(Act.SEARCH, get="/mirror/", given=a_brand),
    Walk(Act.SEARCH, get="/mirror/words", given=a_brand),
    Walk(Act.SEARCH, get="/mirror/own-posts", given=a_brand),
    Walk(Act.SEARCH, get="/mirror/answers", given=a_brand),
    Walk(Act.SEARCH, command=("mirror",), given=a_brand),
    Walk(Act.SEE_STATEMENTS, get="/participation/"),
    Walk(Act.SEE_STATEMENTS, command=("participation",)),
    Walk(Act.IMPORT_CALENDAR, get="/participation/calendars"),
    Walk(
        Act.IMPORT_CALENDAR, post="/participation/domains", send={"ours": "axitea.example", "customers": ""}
    ),
    Walk(Act.IMPORT_CALENDAR, post="/participation/forget/{department}", given=a_department),
    Walk(Act.IMPORT_CALENDAR, command=("calendar", "domains", "--ours", "axitea.example")),
)
