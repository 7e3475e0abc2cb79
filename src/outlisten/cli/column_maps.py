"""`--map field=column`: which column of a file holds which field of a post."""

from __future__ import annotations

from collections.abc import Sequence

from outlisten.cli.endings import WrongUsage
from outlisten.words import Locale, words


def column_map(given: Sequence[str] | None, locale: Locale) -> dict[str, str] | None:
    """{field: column}, None without any. Raises WrongUsage for what is not field=column or one twice."""
    _ = words("cli", locale)
    found: dict[str, str] = {}
    for item in given or ():
        field, sign, column = item.partition("=")
        if not sign or not field.strip() or not column:
            raise WrongUsage(
                _("--map {item} is not understood. Write field=column: --map text=content.").format(item=item)
            )
        if field.strip() in found:
            raise WrongUsage(_("--map names the field {field} twice.").format(field=field.strip()))
        found[field.strip()] = column
    return found or None
