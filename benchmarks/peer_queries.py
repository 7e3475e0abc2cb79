"""One of our queries as other engines ask it, over the same token stream: words, phrases, AND, OR, NOT, a beginning of a
word, NEAR/n. `Unable` where an engine cannot say it exactly."""

from __future__ import annotations

import re
from itertools import product
from typing import Any

from outlisten.query.span_regex import span_regex
from outlisten.query.tree import And, Glob, Near, Node, Not, Or, Wild, Words


class Unable(Exception):
    """The engine has no exact words for this."""


def duckdb_sql(node: Node) -> str:
    """A condition over `words`, the stream with a space at both ends."""
    match node:
        case Words(items):
            return f"contains(words, {_literal(' ' + ' '.join(items) + ' ')})"
        case Wild((Glob(pattern),)) if re.fullmatch(r"\w+\*", pattern):
            return f"contains(words, {_literal(' ' + pattern[:-1])})"
        case And(parts):
            return "(" + " AND ".join(map(duckdb_sql, parts)) + ")"
        case Or(parts):
            return "(" + " OR ".join(map(duckdb_sql, parts)) + ")"
        case Not(part):
            return f"NOT {duckdb_sql(part)}"
        case Near(left, right) if (pattern := span_regex(node)) is not None:
            # The words alone first: a regular expression over every text would take five times as long.
            return (
                f"({duckdb_sql(left)} AND {duckdb_sql(right)} AND regexp_matches(words, {_literal(pattern)}))"
            )
    raise Unable


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def fts5_match(node: Node) -> str:
    """A MATCH expression. (https://sqlite.org/fts5.html, section 3)"""
    match node:
        case Words(items):
            return _quoted(" ".join(items))
        case Wild((Glob(pattern),)) if re.fullmatch(r"\w+\*", pattern):
            return f"{_quoted(pattern[:-1])}*"
        case And(parts):
            kept = " AND ".join(fts5_match(part) for part in parts if not isinstance(part, Not))
            left_out = [fts5_match(part.part) for part in parts if isinstance(part, Not)]
            return f"({kept}{''.join(f' NOT {words}' for words in left_out)})"
        case Or(parts):
            return "(" + " OR ".join(map(fts5_match, parts)) + ")"
        case Near(left, right, int() as distance, ordered=False, negated=False):
            pairs = product(_phrases(left), _phrases(right))
            return "(" + " OR ".join(f"NEAR({one} {other}, {distance})" for one, other in pairs) + ")"
    raise Unable


def _phrases(node: Node) -> list[str]:
    parts = node.parts if isinstance(node, Or) else (node,)
    if not all(isinstance(part, Words) for part in parts):
        raise Unable
    return [_quoted(" ".join(part.items)) for part in parts if isinstance(part, Words)]


def _quoted(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'


def tantivy_query(node: Node, schema: Any) -> Any:
    """A Tantivy query over the field `stream`. Its slop counts moves of terms, not tokens between them: no NEAR."""
    from tantivy import Occur, Query

    match node:
        case Words((item,)):
            return Query.term_query(schema, "stream", item)
        case Words(items):
            return Query.phrase_query(schema, "stream", list(items))
        case Wild((Glob(pattern),)) if re.fullmatch(r"\w+\*", pattern):
            return Query.regex_query(schema, "stream", f"{pattern[:-1]}.*")
        case And(parts):
            return Query.boolean_query([
                (Occur.MustNot, tantivy_query(part.part, schema)) if isinstance(part, Not)
                else (Occur.Must, tantivy_query(part, schema))
                for part in parts
            ])  # fmt: skip
        case Or(parts):
            return Query.boolean_query([(Occur.Should, tantivy_query(part, schema)) for part in parts])
    raise Unable
