"""A wire to a server that can be cut and mended: what is unplugged is the way to it, while the server goes on."""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Lock, Thread


class Relay:
    """Hands on what comes at `port` to a server's port, and back, while it is plugged in."""

    def __init__(self, to: int = 0, port: int = 0) -> None:
        self.to, self.port = to, port
        self._lock = Lock()
        self._listener: socket.socket | None = None
        self._open: set[socket.socket] = set()
        self.plug_in()

    def plug_in(self) -> None:
        """Listen, at the port it had before where it had one."""
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def unplug(self) -> None:
        """Break every connection, and refuse new ones."""
        with self._lock:
            listener, self._listener = self._listener, None
            held, self._open = self._open, set()
        if listener is not None:
            held.add(listener)
        for one in held:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits on it
            one.close()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                here, _ = listener.accept()
                Thread(target=self._connect, args=(listener, here), daemon=True).start()

    def _connect(self, listener: socket.socket, here: socket.socket) -> None:
        try:
            there = socket.create_connection(("127.0.0.1", self.to))
        except OSError:
            here.close()
            return
        with self._lock:
            plugged_in = self._listener is listener
            if plugged_in:
                self._open |= {here, there}
        if not plugged_in:
            here.close()
            there.close()
            return
        Thread(target=self._hand_on, args=(there, here), daemon=True).start()
        self._hand_on(here, there)

    def _hand_on(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(65_536):
                target.sendall(piece)
        with suppress(OSError):
            target.shutdown(socket.SHUT_WR)
        with self._lock:
            self._open.discard(source)
