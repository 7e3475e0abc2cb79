"""`outlisten match`: many queries against posts in files, without keeping anything."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from outlisten.cli.column_maps import column_map
from outlisten.cli.endings import DONE, SOME_REJECTED, Refused
from outlisten.cli.frame import command
from outlisten.cli.input_files import input_files
from outlisten.cli.locales import help_words as _
from outlisten.cli.options import Maps
from outlisten.cli.posts_in_files import batches_of
from outlisten.cli.queries import mistakes
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.posts.files import Batch, ImportPlan
    from outlisten.query import Matcher

PostFiles = Annotated[
    list[str],
    typer.Argument(metavar="POSTS", help=_("Files of posts with id and text; - is standard input.")),
]
Queries = Annotated[Path, typer.Option(metavar="FILE", help=_('A file with lines of {"id", "query"}.'))]


@command(where="anywhere")
def match(session: Session, *, posts: PostFiles, queries: Queries, maps: Maps = None) -> int:
    """One line a hit, in the order of the posts."""
    mapping = column_map(maps, session.locale)
    files = input_files(session, posts)
    matcher, rejected = _watching(session, input_files(session, [str(queries)])[0])
    for path in files:
        for plan, batch in batches_of(session, path, mapping):
            session.check_stop()
            rejected += len(batch.rejected)
            for query_id, post_id in matcher.match(_as_matched(plan, batch)):
                _tell(session, query_id, post_id)
    return SOME_REJECTED if rejected else DONE


def _watching(session: Session, path: Path) -> tuple[Matcher, int]:
    """A matcher with the queries of the file that can be understood, and how many cannot; these are told. They may use
    each other by their ids.

    Raises Refused when none can be.
    """
    from outlisten.query import Context, Kept, Matcher, parse

    matcher, good, bad = Matcher(), 0, 0
    queries: dict[str, str] = {}
    for query_id, text in _queries(session, path):
        if queries.setdefault(query_id, text) != text:
            _ = session.words
            session.say(
                _("{id}: another query above has this id, so this one is left out: {query}").format(
                    id=query_id, query=text[:80]
                )
            )
            bad += 1
    context = Context(kept=Kept(queries))  # the queries of a file may use each other
    for query_id, text in queries.items():
        query = parse(text, context, name=query_id)
        if query.valid:
            matcher.add(query_id, query)
            good += 1
        else:
            session.say(f"{query_id}: {mistakes(session, query)}")
            bad += 1
    if not good:
        raise Refused(session.words("{file} has no query that can be matched.").format(file=path.name))
    return matcher, bad


def _queries(session: Session, path: Path) -> Iterator[tuple[str, str]]:
    """(id, query) of every line. Raises Refused for a line that is something else."""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                entry = json.loads(line)
                yield _told(entry["id"], int, str), _told(entry["query"], str)
            except (ValueError, KeyError, TypeError) as error:
                _ = session.words
                raise Refused(
                    _(
                        '{file}, line {number}: a line of queries looks like {{"id": "q1", "query": "refund"}}.'
                    ).format(file=path.name, number=number)
                ) from error


def _told(value: object, *kinds: type) -> str:
    """The value as text. Raises TypeError for one that is nothing of the kind."""
    if not isinstance(value, kinds) or isinstance(value, bool):
        raise TypeError(value)
    return str(value)


def _as_matched(plan: ImportPlan, batch: Batch) -> list[dict[str, Any]]:
    """The posts of a batch as the matcher takes them: the record itself, with the columns that were mapped."""
    mapped = [name for name in plan.mapping if name in batch.posts.column_names]
    return [_post(row, mapped) for row in batch.posts.to_pylist()]


def _post(row: dict[str, Any], mapped: list[str]) -> dict[str, Any]:
    try:
        record = json.loads(row["raw"] or "{}")
    except ValueError:
        record = {}
    known = record if isinstance(record, dict) else {}
    post = {**known, **{name: row[name] for name in mapped if row[name] is not None}, "text": row["text"]}
    return post | {"id": str(known.get("id") or row["native_id"] or row["id"])}


def _tell(session: Session, query_id: str, post_id: str) -> None:
    if session.json:
        session.emit({"query": query_id, "post": post_id})
    else:
        session.print(f"{query_id}\t{post_id}")
