"""A reliability diagram on the screen: of the posts read with a certain chance, how many were read rightly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.language.reliability import Reliability

WIDTH = 20  # cells from 0 to 1
FULL, EMPTY, EXPECTED = "█", "·", "│"


def show_reliability(session: Session, found: Reliability) -> None:
    """A row for each range of chances that holds posts: bar and figure of the share read rightly, its interval, posts."""
    from rich.table import Table

    _ = session.words
    table = Table(box=None, pad_edge=False)
    table.add_column(_("Chance"))
    table.add_column(_("Read rightly (│ as the chance says)"))
    for title in (_("Share"), _("95 % interval"), _("Posts")):
        table.add_column(title, justify="right")
    for row in found.rows():
        table.add_row(
            f"{row.start:.1f} – {row.end:.1f}", bar(row.right, row.confidence), f"{row.right:.3f}",
            f"{row.low:.3f} – {row.high:.3f}", f"{row.n:,}",
        )  # fmt: skip
    session.print("")
    session.console().print(table)


def bar(share: float, expected: float) -> str:
    """A bar from 0 to 1 with a line where it should end: `bar(0.5, 0.7)`."""
    filled, place = round(share * WIDTH), min(round(expected * WIDTH), WIDTH - 1)
    cells = [FULL if at < filled else EMPTY for at in range(WIDTH)]
    cells[place] = EXPECTED
    return "".join(cells)
