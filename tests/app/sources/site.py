"""A web site on this machine with one feed that tests change at will."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ITEM = "<item><guid>{guid}</guid><title>{title}</title><description>{text}</description><link>https://a.example/{guid}</link></item>"


class Site:
    """A web site with one feed; `status` and `headers` are what it answers with, `asked` counts requests."""

    def __init__(self) -> None:
        self.entries: list[tuple[str, str, str]] = []
        self.status, self.headers, self.asked = 200, {}, 0
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked += 1
                body = site.feed().encode()
                self.send_response(site.status)
                for name, value in {"Content-Type": "application/rss+xml", **site.headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server.server_port}"

    @property
    def address(self) -> str:
        return f"http://{self.host}/feed"

    def feed(self) -> str:
        items = "".join(ITEM.format(guid=guid, title=title, text=text) for guid, title, text in self.entries)
        return f'<rss version="2.0"><channel><title>Shop talk 店铺</title><link>https://a.example/</link>{items}</channel></rss>'

    def say(self, guid: str, title: str, text: str = "words 文字") -> None:
        self.entries.insert(0, (guid, title, text))

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
