"""Zip archives: which members hold data, each member as a stream, and what can be saved from one cut
short."""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO

from outlisten.posts.files.byte_source import BOMB_RATIO, ByteSource, Inflated, PlainFile, Wrapped, is_bomb
from outlisten.posts.files.problems import FileProblem

# What the standard library lets through for damaged archives, of its own and of what it calls.
ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    ValueError,
)
LOCAL_HEADER = struct.Struct("<4s5H3I2H")
LEFT_OUT_ENDINGS = frozenset(
    [
        "png",
        "jpg",
        "jpeg",
        "gif",
        "webp",
        "heic",
        "mp4",
        "mov",
        "webm",
        "mp3",
        "wav",
        "pdf",
        "html",
        "htm",
        "css",
        "md",
        "xml",
        "rels",
        "svg",
        "woff",
        "woff2",
        "ttf",
        "ico",
        "license",
    ]
)


def is_unsafe(name: str) -> bool:
    """Whether a member's name would leave the folder it is unpacked in. Nothing is unpacked here, yet such an
    archive was made to harm somebody."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name[:3]


def is_data(name: str) -> bool:
    """Whether a member may hold posts, by its name: not a folder, a hidden file, a licence or a picture."""
    path = PurePosixPath(name)
    if name.endswith("/") or "__MACOSX" in path.parts or path.name.startswith("."):
        return False
    stem = path.stem.lower()
    return path.suffix.lower().lstrip(".") not in LEFT_OUT_ENDINGS and not stem.startswith(
        ("readme", "license")
    )


def open_archive(path: Path) -> zipfile.ZipFile | None:
    """The archive, or None when its directory, which stands at the end, is missing."""
    try:
        return zipfile.ZipFile(path)
    except ZIP_ERRORS:
        return None


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """Whether the archive is an Excel workbook."""
    names = archive.namelist()
    return "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names)


def data_members(archive: zipfile.ZipFile) -> tuple[list[str], list[str]]:
    """(names to read, unsafe names left out). Raises FileProblem when every member is encrypted."""
    infos = [info for info in archive.infolist() if is_data(info.filename) and info.file_size]
    unsafe = [info.filename for info in infos if is_unsafe(info.filename)]
    infos = [info for info in infos if info.filename not in unsafe]
    if infos and all(info.flag_bits & 1 for info in infos):
        raise FileProblem("encrypted")
    return [info.filename for info in infos if not info.flag_bits & 1], unsafe


def check_unpacked_size(archive: zipfile.ZipFile) -> None:
    """Unpack into nothing, so that a workbook that lies about its size is found before a library trusts it.
    Raises FileProblem for a bomb or for damage."""
    for info in archive.infolist():
        unpacked = 0
        try:
            with archive.open(info) as stream:
                while block := stream.read(1 << 20):
                    unpacked += len(block)
                    if is_bomb(info.compress_size, unpacked):
                        raise FileProblem("bomb", ratio=BOMB_RATIO)
        except ZIP_ERRORS as error:
            raise FileProblem("damaged", kind="zip", bytes=f"{unpacked:,}") from error


def open_member(archive: zipfile.ZipFile, name: str, start: int = 0) -> ByteSource:
    """A member as a stream; `start` is how many packed bytes of the archive came before it. Raises
    FileProblem."""
    info = archive.getinfo(name)
    try:
        stream: IO[bytes] = archive.open(info)
    except ZIP_ERRORS as error:
        raise FileProblem("damaged", kind="zip", bytes=f"{start:,}") from error
    fraction = info.compress_size / max(info.file_size, 1)
    return Wrapped(stream, info.compress_size, lambda: start + int(stream.tell() * fraction), "zip")


class Salvaged(ByteSource):
    """The first data member of an archive whose directory is missing, as far as its bytes go."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._file = PlainFile(path)
        self.name = self._find_member()
        self._inflater = zlib.decompressobj(wbits=-15) if self._method == zipfile.ZIP_DEFLATED else None
        self._out = 0

    @property
    def position(self) -> int:
        return self._file.position

    def close(self) -> None:
        self._file.close()

    def _find_member(self) -> str:
        while len(header := self._file.read(LOCAL_HEADER.size)) == LOCAL_HEADER.size:
            magic, _, flags, self._method, _, _, _, packed, _, name_size, extra_size = LOCAL_HEADER.unpack(
                header
            )
            if (
                magic != b"PK\3\4"
                or flags & 1
                or self._method not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
            ):
                break
            name = self._file.read(name_size).decode("utf-8", "replace")
            self._file.read(extra_size)
            if is_data(name) and not is_unsafe(name):
                self._left = packed if packed else 1 << 62
                return name
            if flags & 8:  # its size stands behind it, so the next header cannot be found
                break
            self._file.read(packed)
        raise FileProblem("damaged", kind="zip", bytes="0")

    def _pull(self, size: int) -> bytes:
        while self.problem is None:
            data = self._file.read(min(size, 1 << 14, self._left))
            self._left -= len(data)
            if not data or (self._inflater is not None and self._inflater.eof):
                self.problem = FileProblem("cut-short", kind="zip", bytes=f"{self._file.position:,}")
                return b""
            out = self._unpack(data)
            if out:
                return out
        return b""

    def _unpack(self, data: bytes) -> bytes:
        if self._inflater is None:
            return data
        try:
            out = self._inflater.decompress(data)
        except zlib.error:
            self.problem = FileProblem("damaged", kind="zip", bytes=f"{self._file.position:,}")
            return b""
        self._out += len(out)
        if is_bomb(self._file.position, self._out):
            self.problem = FileProblem("bomb", ratio=BOMB_RATIO)
        return out


def unpacked(source: ByteSource, depth: int = 3) -> tuple[ByteSource, tuple[str, ...]]:
    """(stream with gzip and zstd layers taken off, the layers' names from the outside in)."""
    layers: list[str] = []
    while len(layers) < depth:
        head = source.peek(4)
        kind = "gzip" if head[:2] == b"\x1f\x8b" else "zstd" if head == b"\x28\xb5\x2f\xfd" else None
        if kind is None:
            break
        source = Inflated(source, kind)
        layers.append(kind)
    return source, tuple(layers)
