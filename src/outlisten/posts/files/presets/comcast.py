"""Complaints about Comcast, April to June 2015, with the dates repaired.

In this file the day and the month are swapped wherever the day is 12 or less: "06-Dec-15" is 12 June. Read as
they stand, the dates run to December; repaired, there are 91 days without a gap."""

from __future__ import annotations

from collections.abc import Iterable

from outlisten.posts.files.dates import MONTHS
from outlisten.posts.files.presets.preset import Cells, Facts, Fields, Preset
from outlisten.posts.files.problems import RowProblem


def _repaired(fields: Fields, cells: Cells, facts: Facts) -> Iterable[Fields]:
    written = str(fields.get("created_at") or "")
    try:
        first, name, year = written.split("-")
        day, month = int(first), MONTHS[name.lower()]
    except (KeyError, ValueError) as error:
        raise RowProblem("date-unreadable", value=written) from error
    if day <= 12:
        day, month = month, day
    yield fields | {"created_at": f"20{year}-{month:02}-{day:02} {cells.get('Time') or ''}".strip()}


PRESET = Preset(
    name="comcast",
    title="Comcast complaints 2015",
    shape="CSV with Ticket #, Customer Complaint, Date_month_year, Time",
    recognises=lambda shape: shape.has("Ticket #", "Customer Complaint", "Date_month_year", "Time"),
    mapping={
        "native_id": "Ticket #",
        "text": "Customer Complaint",
        "created_at": "Date_month_year",
        "region": "State",
    },
    constants={"platform": "comcast", "to": "Comcast", "lang_given": "en", "country": "US"},
    adapt=_repaired,
    settles_dates=True,
)
