"""Bytes of a file, unpacked while they are read, with what was read so far and what broke."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, Protocol

from zstandard import ZstdDecompressor, ZstdError

from outlisten.posts.files.problems import FileProblem

CHUNK = 1 << 18
# zstd cannot be told how much to unpack at once; two kilobytes of the worst input become 64 megabytes.
ZSTD_CHUNK = 1 << 11
# Text compresses 3 to 20 times, logs up to 100. gzip's ceiling is 1,032, which only a bomb comes near.
BOMB_RATIO, BOMB_FLOOR = 200, 64 << 20


class ByteSource:
    """`read` gives bytes until b"". A break (cut short, damaged, a bomb) ends the stream and is kept in
    `problem`, so that what came before it is not lost."""

    problem: FileProblem | None = None

    def __init__(self) -> None:
        self._head = b""

    @property
    def position(self) -> int:
        """Bytes of the original file consumed so far."""
        raise NotImplementedError

    def _pull(self, size: int) -> bytes:
        raise NotImplementedError

    def close(self) -> None:
        """Give the file back."""

    def read(self, size: int = CHUNK) -> bytes:
        """Up to about `size` bytes; b"" at the end or at a break."""
        if self._head:
            taken, self._head = self._head[:size], self._head[size:]
            return taken + self._pull(size - len(taken)) if len(taken) < size else taken
        return self._pull(size)

    def peek(self, size: int) -> bytes:
        """The next `size` bytes without consuming them; fewer only at the end."""
        while len(self._head) < size:
            more = self._pull(size)
            if not more:
                break
            self._head += more
        return self._head[:size]


class PlainFile(ByteSource):
    """A file as it lies on disk."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self._file = path.open("rb")

    @property
    def position(self) -> int:
        return self._file.tell()

    def _pull(self, size: int) -> bytes:
        return self._file.read(size)

    def close(self) -> None:
        self._file.close()


class _Inflater(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, /) -> bytes: ...


class Inflated(ByteSource):
    """Bytes out of a gzip or zstd stream of one or many members."""

    def __init__(self, source: ByteSource, kind: str) -> None:
        super().__init__()
        self._source, self._kind = source, kind
        self._rest = b""
        self._limited = kind == "gzip"
        self._inflater: _Inflater | None = None
        self._in, self._out = 0, 0

    @property
    def position(self) -> int:
        return self._source.position

    def close(self) -> None:
        self._source.close()

    def _start(self) -> _Inflater:
        if self._kind == "gzip":
            return zlib.decompressobj(wbits=31)
        return ZstdDecompressor(max_window_size=1 << 27).decompressobj()

    def _pull(self, size: int) -> bytes:
        while self.problem is None:
            data = self._rest or self._source.read(CHUNK if self._limited else ZSTD_CHUNK)
            self._rest = b""
            if not data:
                return self._end(size)
            out = self._unpack(data, size)
            if out:
                return out
        return b""

    def _end(self, size: int) -> bytes:
        if self._source.problem:
            self.problem = self._source.problem
        elif self._inflater is not None and not self._inflater.eof:
            pending = self._unpack(b"", size) if self._limited else b""
            if pending:
                return pending
            self.problem = FileProblem("cut-short", kind=self._kind, bytes=f"{self._in:,}")
        return b""

    def _unpack(self, data: bytes, size: int) -> bytes:
        if self._inflater is None or self._inflater.eof:
            data = data.lstrip(b"\0")  # padding after the last member is not damage
            if not data:
                return b""
            self._inflater = self._start()
        try:
            out = self._feed(data, size)
        except (zlib.error, ZstdError):
            self.problem = FileProblem("damaged", kind=self._kind, bytes=f"{self._in:,}")
            return b""
        self._out += len(out)
        if is_bomb(self._in, self._out):
            self.problem = FileProblem("bomb", ratio=BOMB_RATIO)
            return b""
        return out

    def _feed(self, data: bytes, size: int) -> bytes:
        inflater = self._inflater
        assert inflater is not None
        if self._limited:
            out = inflater.decompress(data, size)  # type: ignore[call-arg]
            self._rest = inflater.unconsumed_tail  # type: ignore[attr-defined]
        else:
            out = inflater.decompress(data)
        if inflater.eof:
            self._rest = inflater.unused_data
        self._in += len(data) - len(self._rest)
        return out


class Wrapped(ByteSource):
    """A stream another library opened, whose own errors become a problem at the place where they happened."""

    def __init__(self, stream: IO[bytes], packed_size: int, position: Callable[[], int], kind: str) -> None:
        super().__init__()
        self._stream, self._packed, self._position, self._kind = stream, packed_size, position, kind
        self._out = 0

    @property
    def position(self) -> int:
        return self._position()

    def close(self) -> None:
        self._stream.close()

    def _pull(self, size: int) -> bytes:
        if self.problem is not None:
            return b""
        try:
            out = self._stream.read(size)
        except Exception:  # noqa: BLE001 -- zipfile lets errors of eight kinds through for damaged bytes
            self.problem = FileProblem("damaged", kind=self._kind, bytes=f"{self._out:,}")
            return b""
        self._out += len(out)
        if is_bomb(self._packed, self._out):
            self.problem = FileProblem("bomb", ratio=BOMB_RATIO)
            return b""
        return out


def is_bomb(packed: int, unpacked: int) -> bool:
    """Whether so few bytes cannot honestly hold so many."""
    return unpacked > BOMB_FLOOR and unpacked > BOMB_RATIO * max(packed, 1)
