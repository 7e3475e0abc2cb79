"""What a mail's writer says, apart from the mail it answers, which mail programs put under or between the words."""

from __future__ import annotations

import re

from lxml import etree, html

from outlisten.sources.html_text import LONGEST, NOT_XML, html_text

# A line that says "on that day somebody wrote", in the languages of the mail programs our readers meet. The day has digits: a
# writer's own "the shop wrote:" has none.
WROTE = re.compile(
    r"""(?:(?:On|At)\b.{0,100}\d.{0,150}\bwrote | Am\b.{0,100}\d.{0,150}\bschrieb.{0,100} | Le\b.{0,100}\d.{0,150}\ba\ écrit
    | El\b.{0,100}\d.{0,150}\bescribió | .{0,100}\d.{0,150}(?:写道|寫道)) \s{0,3}[:：]""",
    re.VERBOSE,
)
WROTE_STARTS = re.compile(r"(?:On|At|Am|Le|El)\b|[在于於]|.{0,100}<[^<>]{3,100}>\s?[于於]")
# A line from which on everything is the older mail: Outlook, Foxmail, QQ, 163, Apple Mail.
LINE = re.compile(
    r"""-{2,}\s*(?:Original\ Message|Forwarded\ message|原始邮件|原始郵件|回复的原邮件|转发邮件信息|转发的邮件)\s*-{2,}.*
    | _{20,} | Begin\ forwarded\ message:""",
    re.IGNORECASE | re.VERBOSE,
)
# The older mail's head as Outlook writes it: two of these lines, one after the other.
HEAD = re.compile(
    r"\**(?:From|Sent|Date|To|Subject|发件人|发送时间|日期|收件人|主题|寄件者|寄件日期)\s?\**\s?[:：]\**\s?\S.*",
    re.IGNORECASE,
)
LONGEST_MARK = 400  # characters; a longer line marks nothing
QUOTES = (
    ".//blockquote[@type='cite']", ".//*[contains(concat(' ', @class, ' '), ' gmail_quote ')]",
    ".//*[contains(concat(' ', @class, ' '), ' yahoo_quoted ')]", ".//*[@id='divRplyFwdMsg']/following-sibling::*",
    ".//*[@id='divRplyFwdMsg']", ".//*[@id='isReplyContent']",
)  # fmt: skip


def parted(text: str) -> tuple[str, str]:
    """(the writer's own words, the quoted ones). A mail that only quotes keeps everything as its own words."""
    lines = text.split("\n")
    own: list[str] = []
    quoted: list[str] = []
    for place, line in enumerate(lines):
        if _starts_older(lines, place):
            quoted += lines[place:]
            break
        if _is_quoted(line):
            quoted.append(re.sub(r"^\s*[>＞]\s?", "", line))
        elif not _introduces_quote(lines, place):
            own.append(line)
    said = re.sub(r"\n{3,}", "\n\n", "\n".join(own)).strip()
    return (said, "\n".join(quoted).strip()) if said else (text.strip(), "")


def parted_html(source: str) -> tuple[str, str]:
    """The same of a mail in HTML."""
    try:
        root = html.fragment_fromstring(NOT_XML.sub("", source[:LONGEST]), create_parent="div")
    except (etree.LxmlError, ValueError, AssertionError):
        return parted(html_text(source))
    quoted = []
    for path in QUOTES:
        for element in root.xpath(path):
            if element.getparent() is not None and root in element.iterancestors():
                quoted.append(html_text(html.tostring(element, encoding="unicode", with_tail=False)))
                element.drop_tree()
    own, older = parted(html_text(html.tostring(root, encoding="unicode")))
    if not own:
        return html_text(source), ""
    return own, "\n\n".join(part for part in (older, *quoted) if part)


def _starts_older(lines: list[str], place: int) -> bool:
    following = [line for line in lines[place + 1 : place + 3] if line.strip()]
    if _is(LINE, lines[place]):
        return True
    if _is(HEAD, lines[place]) and following and _is(HEAD, following[0]):
        return True
    return _wrote(lines, place) and not any(_is_quoted(line) for line in lines[place + 1 : place + 5])


def _introduces_quote(lines: list[str], place: int) -> bool:
    """Whether a line, or the second of two broken ones, only says whose words are quoted below."""
    broken = place > 0 and not _is(WROTE, lines[place - 1]) and _wrote(lines, place - 1)
    return _wrote(lines, place) or broken


def _wrote(lines: list[str], place: int) -> bool:
    """Whether here stands "on that day somebody wrote": mail programs break the line after some 70 signs."""
    if _is(WROTE, lines[place]):
        return True
    two = " ".join(line.strip() for line in lines[place : place + 2])
    starts = len(lines[place]) < LONGEST_MARK and WROTE_STARTS.match(lines[place].strip())
    return bool(starts) and _is(WROTE, two)


def _is(mark: re.Pattern[str], line: str) -> bool:
    return len(line) < LONGEST_MARK and mark.fullmatch(line.strip()) is not None


def _is_quoted(line: str) -> bool:
    return line.lstrip().startswith((">", "＞"))
