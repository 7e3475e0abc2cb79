"""A real web server on this machine for the tests, which says what it is told and notes what it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass(frozen=True)
class Asked:
    """A request as it came; header names are lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True)
class Says:
    """An answer."""

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Site:
    """`host` is "127.0.0.1:port"; a path's answer may depend on the request; what is not known is 404."""

    host: str
    answers: dict[str, Says | Callable[[Asked], Says]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def at(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def says(self, path: str, body: bytes | str = b"", status: int = 200, **headers: str) -> None:
        """What a path answers; header names are written with underscores."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = Says(body, status, named)

    @property
    def paths(self) -> list[str]:
        """The paths asked for, in order."""
        return [one.path for one in self.asked]

    def answer(self, asked: Asked) -> Says:
        self.asked.append(asked)
        says = self.answers.get(asked.path) or self.answers.get(asked.path.partition("?")[0])
        if says is None:
            return Says("nothing here", 404)
        return says(asked) if callable(says) else says


@contextmanager
def serving() -> Iterator[Site]:
    """A server on a free port of 127.0.0.1 while it is used."""
    site = Site("")

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            says = site.answer(Asked(self.command, self.path, headers, self.rfile.read(length)))
            body = says.body.encode() if isinstance(says.body, str) else says.body
            self.send_response(says.status)
            for name, value in says.headers.items():
                self.send_header(name, value)
            if says.status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if says.status != 304:
                self.wfile.write(body)

        do_GET = do_POST = answer

        def log_message(self, *_: object) -> None:
            """Nothing: the tests' output is their own."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.host = f"127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
