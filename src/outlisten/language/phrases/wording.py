"""How the patterns of the tables are written: short signs for what nearly every pattern needs.

They are matched in folded text: small letters, simplified characters, full-width signs as half-width ones (。 stays).
"""

from __future__ import annotations

from outlisten.language.phrases.tables import Language
from outlisten.query.folding import SIMPLIFIED

# …  a few words of the same clause;  ……  more of the same sentence;  ’  an apostrophe of any kind, or none
_SIGNS: dict[Language, tuple[tuple[str, str], ...]] = {
    "zh": (("……", "[^!?。\\n]{0,24}"), ("…", "[^,.;:!?。\\s]{0,8}"), ("’", "['’]?")),
    "en": (("……", "[^.!?\\n]{0,60}"), ("…", "[^,.;:!?\\n]{0,24}"), ("’", "['’]?")),
}
# The beginning of a clause, and its end.
_EDGES: dict[Language, tuple[tuple[str, str], ...]] = {
    "zh": (("<start>", r"(?:(?<=[^\w])|^)"), ("<end>", r"(?!\w)")),
    "en": (
        ("<start>", r"(?:(?<=[,.;:!?\n()-] )|(?<=[\n(\"“])|^)"),
        ("<end>", r"(?=\s*(?:[,.;:!?\n)\"”]|$)|\s+[^\w\s])"),
    ),
}
_TO_SIMPLIFIED = str.maketrans(SIMPLIFIED)


def written_out(pattern: str, language: Language) -> str:
    """The regular expression that a pattern of the tables stands for."""
    for sign, meaning in (*_SIGNS[language], *_EDGES[language]):
        pattern = pattern.replace(sign, meaning)
    pattern = pattern.translate(_TO_SIMPLIFIED)
    return rf"(?<![a-z0-9])(?:{pattern})(?!(?<=[a-z0-9])[a-z0-9])" if language == "en" else f"(?:{pattern})"
