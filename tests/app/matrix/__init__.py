"""The permission matrix: each room's acts as pages and commands, walked for every role by
`tests/app/people/test_matrix.py`.

To add your room: make `tests/app/matrix/<room>.py` with `ROWS: tuple[Walk, ...]`. One `Walk` is one way to do one act:

    Walk(Act.SEARCH, get="/listen/?q=tea")                       a page
    Walk(post="/care/rules", send={"name": "x"})  a form
    Walk(Act.EXPORT, command=("search", "tea", "--format", "csv"))  a command; `--as` is added

An act on something that must exist first gets it from `given`, which is called in a test's database and returns what
the address, the form and the command are filled with (`{case}`). Give `scoped=True` to an act of
`rules.IN_OWN_DEPARTMENTS`: `given` is then called with the department the thing is to be in, and leads and responders
are tried in their own department (let in) and with a thing of another one (refused):

    Walk(post="/care/{case}/take", command=("case", "take", "{case}"), given=a_case, scoped=True)

`refused_as=404` is for doors that do not say what is behind them. Then take your acts out of AWAITED below; a test holds
that every act is walked or awaited, and none both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from importlib import import_module
from pkgutil import iter_modules

from outlisten.app.people.acts import Act
from outlisten.app.people.models import Department

Given = Callable[[Department], Mapping[str, object]]


def nothing(_department: Department) -> Mapping[str, object]:
    """Nothing must exist first."""
    return {}


@dataclass(frozen=True, slots=True)
class Walk:
    """One act by page, form or command; see the module's docstring."""

    act: Act
    _: KW_ONLY
    get: str = ""
    post: str = ""
    send: Mapping[str, object] = field(default_factory=dict)
    command: tuple[str, ...] = ()
    given: Given = nothing
    scoped: bool = False
    refused_as: int = 403

    def __str__(self) -> str:
        return f"{self.act.value} {self.get or self.post or ' '.join(self.command)}"


# Acts that shape what a page shows and are refused nowhere: tests/app/listening/test_private_messages.py and
# test_post_page.py look at what is shown.
SHAPING = {Act.READ_PRIVATE, Act.SEE_RAW}
# Acts of rooms that are being built. Take yours out when you add its rows.
AWAITED: set[Act] = set()


def walks() -> list[Walk]:
    """The rows of every room."""
    rooms = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    return [walk for room in rooms for walk in room.ROWS]
