"""Writes the table role × act into pages of the documentation, between their two marks; a test compares.

`python -m outlisten.app.people.role_page docs/reference/roles.md docs/reference/roles.zh.md`
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main(pages: list[str]) -> None:
    """Bring the pages up to date; a name that ends in .zh.md gets Chinese."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "outlisten.app.settings")
    django.setup()
    from outlisten.app.people.role_table import with_table

    for name in pages:
        page = Path(name)
        language = "zh-hans" if page.name.endswith(".zh.md") else "en"
        page.write_text(with_table(page.read_text(encoding="utf-8"), language), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
