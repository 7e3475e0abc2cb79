"""The query language: one question, three uses (history, live, in words)."""

from outlisten.query.complete import Completion, completions
from outlisten.query.evaluate import matches
from outlisten.query.explain import explain
from outlisten.query.highlights import Highlights, highlights
from outlisten.query.leaving_out import leaving_out
from outlisten.query.matcher import Matcher
from outlisten.query.messages import Message
from outlisten.query.outline import Outline, outline
from outlisten.query.parser import Context, Query, parse
from outlisten.query.parts import QueryPart, has_parts, parts
from outlisten.query.rewriting import Rewritten, rewritten
from outlisten.query.shelf import AccountList, Kept
from outlisten.query.sql import Condition, compile_sql
from outlisten.query.why import Why, missing, why

__all__ = [
    "AccountList",
    "Completion",
    "Condition",
    "Context",
    "Highlights",
    "Kept",
    "Matcher",
    "Message",
    "Outline",
    "Query",
    "QueryPart",
    "Rewritten",
    "Why",
    "compile_sql",
    "completions",
    "explain",
    "has_parts",
    "highlights",
    "leaving_out",
    "matches",
    "missing",
    "outline",
    "parse",
    "parts",
    "rewritten",
    "why",
]
