"""What every command shares: its four options, where it runs, and how it ends."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from outlisten.cli.endings import WRONG_USAGE, ending
from outlisten.cli.locales import help_words as _
from outlisten.cli.session import Session
from outlisten.cli.terminal import Terminal, this_terminal
from outlisten.home import Home, default_home
from outlisten.words import LOCALES, Locale, locale_named, words

# anywhere: needs no home. store: uses the home's data, in the server when one runs. here: never in a server.
Where = Literal["anywhere", "store", "here"]
Body = Callable[..., int | None]

COMMON: dict[str, tuple[Any, object]] = {
    "as_json": (
        Annotated[
            bool, typer.Option("--json", help=_("Print JSON on standard output, and nothing else there."))
        ],
        False,
    ),
    "home": (
        Annotated[
            Path | None,
            typer.Option(
                "--home", help=_("Folder in which the data lives; OUTLISTEN_HOME sets it for good.")
            ),
        ],
        None,
    ),
    "account": (
        Annotated[
            str | None,
            typer.Option("--as", metavar="EMAIL", help=_("Who acts; the owner unless you say so.")),
        ],
        None,
    ),
    "locale": (
        Annotated[
            str | None,
            typer.Option("--locale", metavar="LOCALE", help=_("Language of the answer: en or zh-hans.")),
        ],
        None,
    ),
}


def command(where: Where) -> Callable[[Body], Callable[..., int]]:
    """Make a Typer command of a function that takes a Session and its own options and returns a status.

    The command gains --json, --home, --as and --locale. Whatever the function raises ends as one sentence.
    """

    def frame(body: Body) -> Callable[..., int]:
        def framed(context: typer.Context, **given: Any) -> int:
            common = {name: given.pop(name) for name in COMMON}
            return _run(body, where, context, common, given)

        framed.__name__ = body.__name__
        framed.__doc__ = body.__doc__
        framed.__module__ = body.__module__
        _take_options(framed, body)
        return framed

    return frame


def _take_options(framed: Callable[..., int], body: Body) -> None:
    """Give the framed function the signature that Typer reads: the body's options, then the common ones."""
    context = inspect.Parameter("context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    own = list(inspect.signature(body, eval_str=True).parameters.values())[1:]
    shared = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, (annotation, default) in COMMON.items()
    ]
    parameters = [context, *(p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own), *shared]
    framed.__signature__ = inspect.Signature(parameters, return_annotation=int)  # type: ignore[attr-defined]
    framed.__annotations__ = {p.name: p.annotation for p in parameters}


def _run(
    body: Body, where: Where, context: typer.Context, common: dict[str, Any], own: dict[str, Any]
) -> int:
    terminal = context.obj if isinstance(context.obj, Terminal) else this_terminal([])
    home = terminal.serving.home if terminal.serving else Home(_folder(common["home"]))
    name = context.info_name or body.__name__
    locales = _locales(common["locale"], terminal)
    if not locales:
        _complain(terminal, terminal.locale, unknown_locale(common["locale"], terminal.locale))
        return WRONG_USAGE
    try:
        if where == "store" and terminal.serving is None:
            from outlisten.cli.remote.client import meet

            status = meet(home, terminal)
            if status is not None:
                return status
        with Session(
            terminal, home, command=name, locales=locales, json=common["as_json"], account=common["account"],
            home_given=common["home"] is not None,
        ) as session:  # fmt: skip
            return body(session, **own) or 0
    except BaseException as error:  # noqa: BLE001 -- a person sees a sentence, never a traceback
        status, sentence = ending(error, locales[0], home, name)
        _complain(terminal, locales[0], sentence)
        return status


def _complain(terminal: Terminal, locale: Locale, sentence: str) -> None:
    if sentence:
        with suppress(OSError):  # the far terminal may be gone
            Session.write_to(terminal.err, sentence + "\n")


def _folder(named: Path | None) -> Path:
    return named.expanduser().absolute() if named else default_home()


def _locales(asked: str | None, terminal: Terminal) -> tuple[Locale, ...]:
    """The languages asked for, separated by commas; none when one of them is not ours."""
    if asked is None:
        return (terminal.locale,)
    known = [name.strip().lower() for name in asked.split(",")]
    if not all(name.startswith(("en", "zh")) for name in known):
        return ()
    return tuple(dict.fromkeys(locale_named(name) for name in known))


def unknown_locale(asked: str, locale: Locale) -> str:
    """The sentence for a language we do not speak."""
    _ = words("cli", locale)
    return _("There is no language {asked} here. Choose {known}.").format(
        asked=asked, known=", ".join(LOCALES)
    )
