"""The query language: one question, three uses (history, live, in words)."""

from outlisten.query.evaluate import matches
from outlisten.query.explain import explain
from outlisten.query.highlights import Highlights, highlights
from outlisten.query.leaving_out import leaving_out
from outlisten.query.matcher import Matcher
from outlisten.query.messages import Message
from outlisten.query.parser import Context, Query, parse
from outlisten.query.sql import Condition, compile_sql

__all__ = [
    "Condition",
    "Context",
    "Highlights",
    "Matcher",
    "Message",
    "Query",
    "compile_sql",
    "explain",
    "highlights",
    "leaving_out",
    "matches",
    "parse",
]
