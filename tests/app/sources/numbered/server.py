"""The HTTP server of numbered posts."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


class Numbers:
    """Serves pages of `size` numbers up to `last`; `asked` holds after which number each request asked.

    Each answer takes `seconds`, so that a fast machine is not done before it is killed. The next answer at a place of `cut_at`
    breaks off in the middle of the body. `unplug` closes the door, `plug` opens it on the same port again.
    """

    def __init__(self, last: int, size: int, seconds: float = 0.0) -> None:
        self.last, self.size, self.seconds = last, size, seconds
        self.cut_at: set[int] = set()
        self.asked: list[int] = []
        self.came = threading.Condition()
        self._port = 0
        self.plug()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._port}"

    @property
    def address(self) -> str:
        return f"http://{self.host}/posts"

    @property
    def places(self) -> set[int]:
        """Every place from which a page begins."""
        return set(range(0, self.last, self.size))

    def plug(self) -> None:
        """Answer requests."""
        numbers = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                numbers.answer(self)

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), Handler)
        self._port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def unplug(self) -> None:
        """Answer nobody."""
        self._server.shutdown()
        self._server.server_close()

    def page(self, after: int) -> bytes:
        """The page after a number."""
        end = min(after + self.size, self.last)
        posts = [{"number": number} for number in range(after + 1, end + 1)]
        return json.dumps({"posts": posts, "last": max(after, end), "more": end < self.last}).encode()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """Send the page asked for, or the first half of it."""
        after = int(parse_qs(urlsplit(request.path).query)["after"][0])
        body = self.page(after)
        time.sleep(self.seconds)
        request.send_response(200)
        request.send_header("Content-Type", "application/json")
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body[: len(body) // 2] if after in self.cut_at else body)
        self.cut_at.discard(after)
        with self.came:
            self.asked.append(after)
            self.came.notify_all()

    def wait_for(self, requests: int, seconds: float) -> bool:
        """Whether so many requests came in all before the time was over."""
        with self.came:
            return self.came.wait_for(lambda: len(self.asked) >= requests, seconds)
