"""Posts as a table on a screen: when, where, who, and what was said around the words that were searched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len, set_cell_size
from rich.table import Table
from rich.text import Text

from outlisten.cli.safe_text import on_one_line
from outlisten.words import Locale, words

if TYPE_CHECKING:
    import pyarrow as pa

    from outlisten.query import Query

# Screen cells: a name or a platform longer than this is cut; the rest of the line is for what was said.
NAME, PLATFORM, DATE = 16, 10, 10
LINES = 2
FOUND = "bold yellow"


def post_table(posts: pa.Table, query: Query, locale: Locale, *, headed: bool, width: int) -> Table:
    """One row a post; text is cut around the first words found, which are marked."""
    _ = words("cli", locale)
    table = Table(box=None, pad_edge=False, show_header=headed, width=width)
    table.add_column(_("Date"), width=DATE, no_wrap=True)
    table.add_column(_("Platform"), width=PLATFORM, no_wrap=True, overflow="ellipsis")
    table.add_column(_("Author"), width=NAME, no_wrap=True, overflow="ellipsis")
    column = max(20, width - DATE - PLATFORM - NAME - 6)
    table.add_column(_("Post"), width=column, no_wrap=True)
    for post in posts.to_pylist():
        said = folded(_words(post, query, LINES * column), column)
        table.add_row(_date(post), on_one_line(post["platform"] or ""), _author(post), said)
    return table


def _date(post: dict[str, Any]) -> str:
    return f"{post['created_at']:%Y-%m-%d}" if post["created_at"] else "–"


def _author(post: dict[str, Any]) -> str:
    return on_one_line(post["author"] or post["author_handle"] or "–")


def _words(post: dict[str, Any], query: Query, room: int) -> Text:
    from outlisten.query import highlights

    found = highlights(query, post["title"], post["text"])
    text = Text()
    if post["title"]:
        text.append_text(snippet(post["title"], found.title, room // 3))
        text.append(" · ", "dim")
    text.append_text(snippet(post["text"], found.text, max(20, room - text.cell_len)))
    return text


def snippet(text: str, spans: Sequence[tuple[int, int]], room: int) -> Text:
    """At most `room` screen cells of the text from a little before the first span, the spans marked."""
    start = _start(text, spans[0][0] if spans else 0, room)
    cut = Text("…" if start else "")
    place = start
    for begin, end in [*((b, e) for b, e in spans if b >= start), (len(text), len(text))]:
        for piece, style in ((text[place:begin], ""), (text[begin:end], FOUND)):
            if not _fits(cut, on_one_line(piece), style, room - 1):
                cut.append("…")
                return cut
        place = end
    return cut


def _start(text: str, first: int, room: int) -> int:
    """Where to begin, so that the first words found stand in the first third."""
    cells = 0
    while first > 0 and cells < room // 3:
        first -= 1
        cells += cell_len(text[first])
    return first if first > 3 else 0


def _fits(cut: Text, piece: str, style: str, room: int) -> bool:
    """Append the piece, or as much of it as there is room for."""
    left = room - cut.cell_len
    # The length first: measuring the cells of a post of a million characters takes long.
    if len(piece) <= left and cell_len(piece) <= left:
        cut.append(piece, style)
        return True
    cut.append(set_cell_size(piece[: left + 1], max(0, left)).rstrip(), style)
    return False


def folded(text: Text, width: int) -> Text:
    """The text in lines of at most `width` cells, broken at spaces and beside Han characters.

    Rich breaks at spaces only, and would move a Chinese sentence of many lines as one word.
    """
    breaks: list[int] = []
    line = last = 0
    for place, sign in enumerate(text.plain):
        wide = cell_len(sign)
        if place and (text.plain[place - 1] == " " or wide == 2 or cell_len(text.plain[place - 1]) == 2):
            last = place
        line += wide
        if line > width:
            start = breaks[-1] if breaks else 0
            breaks.append(last if last > start else place)
            line = cell_len(text.plain[breaks[-1] : place + 1])
    lines = text.divide(breaks)
    for part in lines:
        part.rstrip()
    return Text("\n").join(lines)
