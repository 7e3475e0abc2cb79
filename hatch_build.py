"""Compiles every .po beside it to .mo when the package is built or installed; `python hatch_build.py` does it now."""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = Path(__file__).parent / "src"


def compile_words() -> list[str]:
    """The .mo files made, one beside each .po."""
    made = []
    for po in sorted(SOURCES.glob("**/LC_MESSAGES/*.po")):
        with po.open("rb") as source:
            catalogue = read_po(source, locale="zh_Hans", abort_invalid=True)
        mo = po.with_suffix(".mo")
        with mo.open("wb") as target:
            write_mo(target, catalogue)
        made.append(str(mo))
    return made


class CompileWords(BuildHookInterface):  # type: ignore[type-arg]
    """Hatch calls this before it packs the files."""

    def initialize(self, version: str, build_data: dict[str, object]) -> None:
        """Compile, and tell hatch to pack what git ignores."""
        artifacts = build_data["artifacts"]
        assert isinstance(artifacts, list)
        artifacts.extend(str(Path(mo).relative_to(SOURCES.parent)) for mo in compile_words())


if __name__ == "__main__":
    print(f"compiled {len(compile_words())} catalogues")
