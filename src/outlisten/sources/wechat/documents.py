"""The XML that WeChat sends. It comes from outside: nothing in it is looked up, expanded or declared."""

from __future__ import annotations

from lxml import etree


class NoDocument(Exception):
    """No XML as WeChat sends it."""


def fields(body: bytes) -> dict[str, str]:
    """The texts of a message by their names; what holds further elements is left out. Raises NoDocument."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(body, parser)
    except (etree.LxmlError, ValueError) as problem:
        raise NoDocument from problem
    if root.tag != "xml" or root.getroottree().docinfo.doctype:
        raise NoDocument
    return {str(one.tag): one.text or "" for one in root if isinstance(one.tag, str) and not len(one)}
