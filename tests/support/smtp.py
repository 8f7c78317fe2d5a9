"""A mail server for tests: a real conversation over a socket, with the misfortunes of real servers."""

from __future__ import annotations

import socketserver
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class MailServer:
    """What came, and what goes wrong.

    `unknown` addresses get 550, `busy` everything 451, `cut` breaks the line at a step, `silent` says nothing after
    the line is open, `slow` seconds pass before each answer.
    """

    port: int = 0
    unknown: set[str] = field(default_factory=set)
    busy: bool = False
    cut: str = ""  # MAIL: before anything; DATA: after the whole letter, without an answer
    silent: bool = False
    slow: float = 0.0
    tried: list[float] = field(default_factory=list)  # moments at which somebody connected
    letters: list[tuple[str, EmailMessage]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}?from=diagnostika@example.org"


class _Conversation(socketserver.StreamRequestHandler):
    mail: MailServer

    def handle(self) -> None:
        self.mail.tried.append(time.monotonic())
        if self.mail.silent:
            self.rfile.read(1)  # until the other side has waited long enough
            return
        self._say("220 test")
        to = ""
        while line := self.rfile.readline().decode().strip():
            verb = line.split(":")[0].split()[0].upper()
            self.mail.said.append(verb)
            if self.mail.cut == verb == "MAIL":
                return
            if verb == "QUIT":
                self._say("221 bye")
                return
            if verb == "RCPT":
                to = line.partition("<")[2].rstrip(">")
            if verb == "DATA":
                self._say("354 go on")
                content = self._letter()
                message = message_from_bytes(content, policy=policy.default)
                assert isinstance(message, EmailMessage)
                self.mail.letters.append((to, message))
                if self.mail.cut == verb:
                    return
            self._say(self._answer(verb, to))

    def _answer(self, verb: str, to: str) -> str:
        if verb == "MAIL" and self.mail.busy:
            return "451 come later"
        if verb == "RCPT" and to in self.mail.unknown:
            return "550 no such user"
        return "250 ok"

    def _letter(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def _say(self, words: str) -> None:
        time.sleep(self.mail.slow)
        self.wfile.write(f"{words}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A sender that was killed in the middle of a conversation is nothing to shout about."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def mail_server(port: int = 0) -> Iterator[MailServer]:
    """On a free port, or on one that was named to the sender before."""
    mail = MailServer()
    handler = type("Handler", (_Conversation,), {"mail": mail})
    with _Server(("127.0.0.1", port), handler) as server:
        mail.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield mail
        finally:
            server.shutdown()
            thread.join()
