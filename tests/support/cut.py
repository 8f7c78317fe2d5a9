"""A network that can be cut: a TCP proxy between the clients and the server."""

from __future__ import annotations

import random
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

CHUNK = 65536


@dataclass
class Network:
    """`before`: of requests, the share that never reaches the server; `between`: of answers, the share that is
    thrown away when the server has given it, that is, between the commit and the answer. `down`: nothing passes."""

    target: int
    before: float = 0.0
    between: float = 0.0
    down: bool = False
    chance: random.Random = field(default_factory=lambda: random.Random(1))
    cut_before: int = 0
    cut_between: int = 0
    port: int = 0


class _Carrier(socketserver.BaseRequestHandler):
    """One connection carries one request, as the clients of the faults send it."""

    def handle(self) -> None:
        network: Network = self.server.network  # type: ignore[attr-defined]
        request: socket.socket = self.request
        if network.down:
            return
        first = self._whole(request)
        if not first:
            return
        if network.chance.random() < network.before:
            network.cut_before += 1
            return
        with suppress(OSError), socket.create_connection(("127.0.0.1", network.target), timeout=5) as server:
            server.sendall(first)
            answer = self._whole(server)
            if network.down or network.chance.random() < network.between:
                network.cut_between += bool(answer)
                return
            request.sendall(answer)

    def _whole(self, side: socket.socket) -> bytes:
        """Head and body of one message."""
        side.settimeout(10)
        data = b""
        with suppress(OSError):
            while b"\r\n\r\n" not in data and (more := side.recv(CHUNK)):
                data += more
            head, _, body = data.partition(b"\r\n\r\n")
            wanted = next(
                (
                    int(line[15:])
                    for line in head.split(b"\r\n")
                    if line.lower().startswith(b"content-length:")
                ),
                0,
            )
            while len(body) < wanted and (more := side.recv(CHUNK)):
                data, body = data + more, body + more
        return data


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64


@contextmanager
def network(target: int, seed: int = 1) -> Iterator[Network]:
    """A proxy on a port of its own in front of `target`."""
    found = Network(target, chance=random.Random(seed))
    with _Server(("127.0.0.1", 0), _Carrier) as server:
        server.network = found  # type: ignore[attr-defined]
        found.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield found
        finally:
            server.shutdown()
            thread.join(5)
