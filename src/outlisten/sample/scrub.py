"""Takes people out of care conversations: handles and names become pseudonyms, ways to reach them go.

Rules for this one set of tweets, checked against every capitalised word in it; not a general anonymiser.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from hashlib import blake2b

HANDLE = re.compile(r"(?<![\w@])@(\w{1,20})")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
LINK = re.compile(
    r"https?:\s?//\S+|(?<![\w@.])(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:com|co|be|net|org)(?:/\S*)?", re.I
)
# Nine digits or more with the separators a telephone number may have: versions and error codes are shorter.
PHONE = re.compile(r"(?<![\w/.-])\+?\(?\d(?:[\s().-]{0,2}\d){8,}(?![\w/])")
GREETED = re.compile(
    r"\b((?:Hi|Hey|Hello|Hiya|Dear|Howdy|Thanks|Thank you|Sorry|Welcome|Hola|there|you|that),? )"
    r"(?!(?:Team|Yahoo|Unfortunately|There|Rockstar|Google|Microsoft|Mojang|Adobe|Spotify|Apple|I|The|This|We|You)\b)"
    r"([A-Z][\w'’-]+)(?=\s*[,!.:;]|\s+-)"
)
INTRODUCED = re.compile(
    r"(\b(?:my name is|my name's|i'?m|this is|name:)\s+)(?-i:([A-Z][a-z]+)|(joe\b))", re.I
)
WORD = re.compile(r"\b[A-Z][a-z]+\b")
SIGNED = re.compile(r"(?<=[\s.!?])([-–—~^*] ?)([A-Z][a-z]+[A-Z]?[a-z]*)(?=\s*(?:$|\n|https?:))")

# Names of people found among all capitalised words of the set where no rule above reaches; hashes, so that the list names nobody.
NAMES = frozenset(
    """
    085708cd04 13962e8982 19d3bcddb6 1c2e206340 23e97bed17 2b6806ecd1 3436457d48 3b13a9aef2 3b782c8b9a
    438e7a1a5c 57151ae09d 592649b5cb 5c9d12099b 5d008ba19b 64e5fc703f 73496f8fb3 7556bac989 761bfb035a
    7621fa56be 7d3846ff98 7e898702cd 83396cfb9f a7c84bd6f2 a9d06407fb ad660cccc3 b8d637385f be63d3c86a
    c211cabfe4 cb3146ba8c cbd0b4c463 cd5272ed3a d2b30fba4f d709a9b91e da1edf62d9 e1d4cc7634 e4ddc6ecea
    f18de17390 fcc15ab17b fd07b1310f feea5f1e76
    """.split()
)


@dataclass(frozen=True, slots=True)
class Scrubber:
    """Replaces people by keyed pseudonyms; the key is thrown away, so nobody can turn them back."""

    key: bytes
    companies: frozenset[str]

    def handle(self, handle: str) -> str:
        """A company's handle as it is, anybody else's as customer_ and ten hex digits, the same each time."""
        if handle.lower() in self.companies:
            return handle
        return f"customer_{self.pseudonym(handle.lower())}"

    def pseudonym(self, identifier: str) -> str:
        """Ten hex digits that stand for an identifier."""
        return hmac.digest(self.key, identifier.encode(), "sha256").hex()[:10]

    def text(self, text: str, *, by_company: bool) -> str:
        """The text without names, handles, addresses and numbers of people; a company's own links stay."""
        text = EMAIL.sub("[e-mail]", text)
        if not by_company:
            text = LINK.sub("[link]", text)
        text = "".join(
            part if part.startswith("http") else self._plain(part)
            for part in re.split(r"(https?://\S+)", text)
        )
        return text if not by_company else SIGNED.sub(r"\1[name]", text)

    def _plain(self, text: str) -> str:
        text = HANDLE.sub(lambda found: f"@{self.handle(found[1])}", text)
        text = PHONE.sub("[phone]", text)
        text = GREETED.sub(r"\1[name]", text)
        text = INTRODUCED.sub(r"\1[name]", text)
        return WORD.sub(lambda found: "[name]" if _is_name(found[0]) else found[0], text)


def _is_name(word: str) -> bool:
    return blake2b(word.encode(), digest_size=5).hexdigest() in NAMES
