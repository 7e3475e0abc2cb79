"""What a file is: its packing and, inside it, its content."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from outlisten.posts.files.byte_source import PlainFile
from outlisten.posts.files.contents import inspect_stream, inspect_workbook
from outlisten.posts.files.layouts import Layout
from outlisten.posts.files.problems import FileProblem
from outlisten.posts.files.zips import data_members, is_workbook, open_archive

X_ARCHIVE_PARTS = ("tweets", "tweet")


def inspect(path: Path, encoding: str | None = None) -> Layout:
    """The layout of a file. `encoding` overrides what the bytes suggest. Raises FileProblem."""
    if path.is_dir():
        raise FileProblem("folder", name=path.name)
    try:
        source = PlainFile(path)
    except OSError as error:
        raise FileProblem("unreadable", name=path.name, reason=error.strerror or str(error)) from error
    head = source.peek(4)
    if not head:
        raise FileProblem("empty", name=path.name)
    source.close()
    if head == b"PK\3\4":
        return _inspect_zip(path, encoding)
    if head == b"PK\5\6":
        raise FileProblem("no-rows")
    return inspect_stream(Layout(path, "text"), encoding)


def _inspect_zip(path: Path, encoding: str | None) -> Layout:
    archive = open_archive(path)
    if archive is None:
        return inspect_stream(Layout(path, "text", ("zip",), salvaged=True), encoding)
    with archive:
        if is_workbook(archive):
            return inspect_workbook(Layout(path, "xlsx"))
        names, unsafe = data_members(archive)
        sizes = {name: archive.getinfo(name).file_size for name in names}
    if not names:
        raise FileProblem("zip-unsafe" if unsafe else "no-rows", name=unsafe[0] if unsafe else "")
    tweets = sorted(name for name in names if _is_tweets(name))
    if tweets:
        left_out = tuple(name for name in names if name not in tweets)
        layout = Layout(path, "json", ("zip",), parts=tuple(tweets), left_out=left_out, unsafe=tuple(unsafe))
        return inspect_stream(layout, encoding)
    return replace(_largest_group(path, names, sizes, encoding), unsafe=tuple(unsafe))


def _is_tweets(name: str) -> bool:
    """Whether a member is a part of an X archive's posts: data/tweets.js, data/tweets-part1.js."""
    stem = Path(name).name.removesuffix(".js").split("-part")[0]
    return name.endswith(".js") and stem in X_ARCHIVE_PARTS


def _largest_group(path: Path, names: list[str], sizes: dict[str, int], encoding: str | None) -> Layout:
    """Members with the same format and columns are read as one file; the group with the most bytes wins."""
    groups: dict[object, list[Layout]] = {}
    failed: list[str] = []
    problem = FileProblem("no-rows")
    for name in sorted(names):
        try:
            layout = inspect_stream(Layout(path, "text", ("zip",), parts=(name,)), encoding)
        except FileProblem as error:
            failed.append(name)
            problem = error
            continue
        same = (layout.format, layout.compression, layout.dialect, layout.key, layout.encoding.name)
        groups.setdefault(same, []).append(layout)
    if not groups:
        raise problem
    chosen = max(groups.values(), key=lambda group: sum(sizes[layout.first_part] for layout in group))
    parts = tuple(layout.first_part for layout in chosen)
    return replace(chosen[0], parts=parts, left_out=tuple(name for name in names if name not in parts))
