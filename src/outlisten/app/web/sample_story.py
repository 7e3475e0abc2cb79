"""Where the sample's story can be followed from Today: a few doors, each for who may go through it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from outlisten.app.listening.models import Brand, Topic
from outlisten.app.listening.queries.names import workspace
from outlisten.app.people.rules import Act, Actor, may

# The sample's other companies whose answers on X it holds, and its first question about the Chinese reviews.
ANSWERS = "Wells Fargo"
CHINESE = "排队 OR 等位"


@dataclass(frozen=True, slots=True)
class Door:
    """A link, and one sentence that says what is behind it."""

    label: str
    address: str
    sentence: str


def doors(reader: Actor) -> list[Door]:
    """The story's places for this reader; nothing in a workspace of one's own."""
    if not workspace().sample:
        return []
    return [*_work(reader), *_listening()]


def _work(reader: Actor) -> list[Door]:
    found = []
    if may(reader, Act.SEE_CASES):
        found.append(
            Door(
                _("Answer customers"),
                reverse("care"),
                _("Real complaints to Equifax, as cases of four departments."),
            )
        )
    if may(reader, Act.SEE_STATEMENTS):
        found.append(
            Door(
                _("Read the ten statements"), reverse("ten-statements"),
                _("Where this company fails, what cannot be seen, and what to do next."),
            )
        )  # fmt: skip
    if may(reader, Act.SEE_DECISIONS):
        found.append(
            Door(
                _("Look at a promise that was tested"), reverse("claims"),
                _("The sample is too small to tell, and the page says so: that is the lesson."),
            )
        )  # fmt: skip
    return found


def _listening() -> list[Door]:
    found = []
    other = Brand.objects.filter(name=ANSWERS).first()
    if other is not None:
        found.append(
            Door(
                _("See how other companies answer"), f"{reverse('mirror')}?who=brand-{other.pk}",
                _("Wells Fargo and Chase are complained about and answer on X; Equifax is not seen there."),
            )
        )  # fmt: skip
    chinese = Topic.objects.filter(query__startswith=CHINESE).first()
    if chinese is not None:
        asked = urlencode({"q": chinese.query, "period": "all"})
        found.append(
            Door(
                _("Read Chinese"), f"{reverse('listen')}?{asked}",
                _("What guests of restaurants write about waiting for a table, in their own words."),
            )
        )  # fmt: skip
    return found
