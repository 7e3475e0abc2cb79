"""Keys and passwords for a command: typed without echo, from standard input, or from a variable; never from its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from outlisten.cli.endings import Refused, WrongUsage
from outlisten.cli.session import Session

LONGEST = 64 * 1024  # bytes of standard input: a key, and no file given by mistake
STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One secret and where it comes from: blank is the terminal, - standard input, @VAR a variable."""

    name: str
    place: str


def wanted_secrets(
    session: Session, given: Sequence[str], known: Iterable[str], connector: str
) -> list[Wanted]:
    """What `--secret` names. Raises WrongUsage, quoting nothing that may be a secret itself."""
    _ = session.words
    there = list(known)
    found = []
    for word in given:
        name, _equals, place = word.partition("=")
        if name not in there:
            known_ones = ", ".join(there) or _("none")
            raise WrongUsage(
                _("{connector} asks for no secret of that name. It knows: {known}.").format(
                    connector=connector, known=known_ones
                )
            )
        if "=" in word and place != STANDARD_INPUT and not (place.startswith("@") and len(place) > 1):
            raise WrongUsage(
                _(
                    "A secret never stands in the command line, where others can read it. Give --secret {name} to type it, "
                    "--secret {name}=- to send it on standard input, or --secret {name}=@VAR."
                ).format(name=name)
            )
        found.append(Wanted(name, place))
    if sum(one.place == STANDARD_INPUT for one in found) > 1:
        raise WrongUsage(_("Only one secret can come from standard input."))
    return found


def asked_for(session: Session, wanted: Sequence[Wanted], titles: Callable[[str], str]) -> dict[str, str]:
    """Each secret from its place. Raises Refused where nothing is there."""
    return {one.name: _from_place(session, one, titles(one.name)) for one in wanted}


def _from_place(session: Session, one: Wanted, title: str) -> str:
    _ = session.words
    if one.place == STANDARD_INPUT:
        return _filled(_from_input(session), _("Nothing usable came on standard input for {name}."), one.name)
    if one.place:
        said = _("The environment has no variable {name}.")
        return _filled(session.terminal.variable(one.place[1:]), said, one.place[1:])
    typed = session.terminal.secret(f"{title}: ")
    if typed is None:
        raise Refused(
            _(
                "There is no terminal to type {name} on. Give --secret {name}=- or --secret {name}=@VAR."
            ).format(name=one.name)
        )
    return _filled(typed, _("Nothing was typed for {name}."), one.name)


def _from_input(session: Session) -> str | None:
    read = b""
    while len(read) <= LONGEST and (chunk := session.terminal.stdin.read1(LONGEST)):
        session.check_stop()
        read += chunk
    if len(read) <= LONGEST:
        with suppress(UnicodeDecodeError):
            return read.decode("utf-8-sig")
    return None


def _filled(text: str | None, sentence: str, name: str) -> str:
    found = (text or "").strip("\r\n")
    if not found.strip():
        raise Refused(sentence.format(name=name))
    return found
