"""Consumer complaints of the US Consumer Financial Protection Bureau: only those with the consumer's own
words.

Source of the columns: the bureau's field reference for the Consumer Complaint Database.
"""

from __future__ import annotations

from outlisten.posts.files.presets.preset import Preset

COMPLAINT = {"platform": "cfpb", "type": "post", "lang_given": "en", "country": "US"}

DEMO = Preset(
    name="cfpb-demo",
    title="CFPB complaints (demo slice)",
    shape="CSV with id, date, brand, company, issue, text",
    recognises=lambda shape: shape.has("id", "date", "brand", "company", "issue", "text", "timely"),
    mapping={
        "native_id": "id",
        "created_at": "date",
        "to": "brand",
        "title": "issue",
        "text": "text",
        "region": "state",
    },
    constants=COMPLAINT,
    needs_text=True,
)

BUREAU = Preset(
    name="cfpb",
    title="CFPB complaints (the bureau's own file)",
    shape="CSV with Consumer complaint narrative, Complaint ID, Date received, Company",
    recognises=lambda shape: shape.has(
        "Consumer complaint narrative", "Complaint ID", "Date received", "Company"
    ),
    mapping={
        "native_id": "Complaint ID",
        "created_at": "Date received",
        "to": "Company",
        "title": "Issue",
        "text": "Consumer complaint narrative",
        "region": "State",
    },
    constants=COMPLAINT,
    needs_text=True,
)
