"""A wrong command line in one sentence, in the reader's language."""

from __future__ import annotations

from typing import Any

from outlisten.words import Locale, words


def usage_sentence(error: Exception, locale: Locale) -> str | None:
    """What is wrong with the command line and where help is; None when the error is about something else."""
    if getattr(error, "exit_code", None) is None or not hasattr(error, "format_message"):
        return None
    _ = words("cli", locale)
    path = _command_path(error)
    return _("{problem} Try: {command} --help").format(problem=_problem(error, locale), command=path)


def _command_path(error: Any) -> str:
    context = getattr(error, "ctx", None)
    return context.command_path if context is not None else "outlisten"


def _problem(error: Any, locale: Locale) -> str:
    _ = words("cli", locale)
    parameter = getattr(error, "param", None)
    message = str(getattr(error, "message", error)).removeprefix("Value error, ").rstrip(".。")
    match type(error).__name__:
        case "NoSuchOption":
            return _no_such_option(error.option_name, error.possibilities or (), locale)
        case "MissingParameter" if parameter is not None:
            return _("{name} is missing.").format(name=_name(parameter))
        case "BadParameter" if parameter is not None:
            return _("{name} cannot be used: {reason}.").format(name=_name(parameter), reason=message)
    # Typer adds its suggestion to the sentence in English.
    sentence, _sign, near = message.partition(" Did you mean ")
    end = " " + _("Did you mean {near}?").format(near=near.rstrip("?")) if near else ""
    return sentence.rstrip(".。") + _(".") + end


def _name(parameter: Any) -> str:
    """`--limit` for an option, `QUERY` for an argument: as the help writes them."""
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name).upper()
    return str(max(parameter.opts, key=len))


def _no_such_option(name: str, near: Any, locale: Locale) -> str:
    _ = words("cli", locale)
    if " " in name or not name.isascii():
        return _("{name} is not an option. A query that begins with - goes after --.").format(name=name)
    sentence = _("There is no option {name}.").format(name=name)
    if near:
        sentence += " " + _("Did you mean {near}?").format(near=", ".join(sorted(near)))
    return sentence
