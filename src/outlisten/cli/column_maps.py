"""`--map field=column`: which column of a file holds which field of a post."""

from __future__ import annotations

from outlisten.cli.endings import WrongUsage
from outlisten.words import Locale, words


def column_map(given: list[str], locale: Locale) -> dict[str, str] | None:
    """{field: column}, None without any. Raises WrongUsage for what is not field=column, and for a field twice."""
    _ = words("cli", locale)
    found: dict[str, str] = {}
    for item in given:
        field, sign, column = item.partition("=")
        if not sign or not field.strip() or not column:
            raise WrongUsage(
                _(
                    "--map {item} is not understood. Write field=column, for example --map text=content."
                ).format(item=item)
            )
        if field.strip() in found:
            raise WrongUsage(_("--map names the field {field} twice.").format(field=field.strip()))
        found[field.strip()] = column
    return found or None
