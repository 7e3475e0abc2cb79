"""The query language: one question, three uses (history, live, in words)."""

from outlisten.query.evaluate import matches
from outlisten.query.messages import Message
from outlisten.query.parser import Context, Query, parse
from outlisten.query.sql import Condition, compile_sql

__all__ = ["Condition", "Context", "Message", "Query", "compile_sql", "matches", "parse"]
