"""The words of a piece of HTML as a reader sees them: paragraphs kept, everything else dropped."""

from __future__ import annotations

import re

from lxml import etree, html

LONGEST = 2_000_000  # characters of HTML; a longer one is cut
# A tag or a character reference; text without one is no HTML and stays as it is.
MARKED = re.compile(r"<[a-zA-Z/!]|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+\d*);")
LINE = frozenset({"br", "li", "tr", "dt", "dd"})
PARAGRAPH = frozenset(
    """address article aside blockquote div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p
    pre section table ul""".split()
)
DROPPED = (
    "script",
    "style",
    "template",
    "noscript",
    "iframe",
    "object",
    "svg",
    "annotation",
    "head",
    "title",
)
REFERENCE = re.compile(r"&#(?:([0-9]{1,9})|[xX]([0-9a-fA-F]{1,8}));?")
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def html_text(source: str) -> str:
    """The text of HTML, or the same text where there is no HTML in it."""
    if not MARKED.search(source):
        return source.strip()
    root = _parsed(_clean(source[:LONGEST]))
    if root is None:
        return ""
    etree.strip_elements(root, *DROPPED, with_tail=False)
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    typed = {inner for pre in root.iter("pre") for inner in pre.iter()}
    for element in root.iter():
        _on_one_line(element, typed)
    for element in root.iter():
        _set_apart(element)
    lines = [re.sub(r"[ \t\r\f\v]+", " ", line).strip() for line in str(root.text_content()).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _clean(source: str) -> str:
    """HTML without signs that no XML has, written out or as references: lxml reads them and will not write them."""
    return NOT_XML.sub("", REFERENCE.sub(_without_control, source))


def _without_control(reference: re.Match[str]) -> str:
    number = int(reference[1]) if reference[1] else int(reference[2], 16)
    return "" if number > 0x10FFFF or NOT_XML.match(chr(number)) else reference[0]


def _parsed(source: str) -> html.HtmlElement | None:
    parser = html.HTMLParser(huge_tree=True)
    try:
        return html.fragment_fromstring(source, create_parent="div", parser=parser)
    except AssertionError:  # a page with two bodies, or with frames in place of one
        return html.document_fromstring(source, parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def _on_one_line(element: html.HtmlElement, typed: set[html.HtmlElement]) -> None:
    """Line breaks of the source are blanks, except inside preformatted text (`typed`)."""
    if element.text and element not in typed:
        element.text = re.sub(r"\s+", " ", element.text)
    if element.tail and element.getparent() not in typed:
        element.tail = re.sub(r"\s+", " ", element.tail)


def _set_apart(element: html.HtmlElement) -> None:
    """Put a line break after a line, and an empty line around a paragraph; a picture is its description."""
    if element.tag == "img":
        element.tail = (element.get("alt") or "") + (element.tail or "")
    elif element.tag in LINE:
        element.tail = "\n" + (element.tail or "")
    elif element.tag in PARAGRAPH:
        element.text = "\n\n" + (element.text or "")
        element.tail = "\n\n" + (element.tail or "")
    elif element.tag in {"td", "th"}:
        element.tail = " " + (element.tail or "")


def links(source: str) -> list[str]:
    """The web addresses that a piece of HTML links to, each once."""
    if "<a" not in source.lower() or (root := _parsed(_clean(source[:LONGEST]))) is None:
        return []
    found = (str(anchor.get("href") or "").strip() for anchor in root.iter("a"))
    return list(dict.fromkeys(address for address in found if address.startswith(("http://", "https://"))))
