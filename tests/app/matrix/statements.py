"""The ten statements, walked: the page, a card, the command."""

from __future__ import annotations

from tests.app.matrix import Walk

from outlisten.app.people.acts import Act

ROWS = (
    Walk(Act.SEE_STATEMENTS, get="/ten-statements/", command=("statements",)),
    Walk(Act.SEE_STATEMENTS, get="/ten-statements/2"),
)
