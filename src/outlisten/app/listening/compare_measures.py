"""What statement 9 is measured by in listening: who is spoken of, and of whom people complain most."""

from __future__ import annotations

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from outlisten.app.listening import comparison
from outlisten.app.listening.queries import compare as queries
from outlisten.app.people.rules import Actor
from outlisten.app.web.measure import Measure, Step


def share_of_voice(reader: Actor) -> Measure:
    """Statement 9: our share of those who speak of us or a competitor, and whether one is spoken of most negatively."""
    name, asked = _("Spoken of, beside competitors"), queries.compared(reader, QueryDict())
    if asked.problem or len(asked.sides) < 2:
        missing = asked.problem or _("A brand of our own and a competitor must be named to compare them.")
        return Measure(name, missing=missing, next_step=Step(_("Add a brand"), reverse("brand_new")))
    lines = comparison.table(queries.voices(asked), queries.tones(asked))
    page = Step(_("Compare"), f"{reverse('compare')}?{asked.address()}")
    voice = lines[0].voice
    if voice is None:
        return Measure(name, missing=comparison.sentence(lines), next_step=page)
    return Measure(
        name, comparison.sentence(lines), voice.value / 100, voice.low / 100, voice.high / 100, "share",
        evidence=[page], next_step=page,
        limits=[_("Bad news raises a share of voice as well as good news.")],
    )  # fmt: skip
