"""A mail server for tests: a real conversation over a socket, with the misfortunes of real servers."""

from __future__ import annotations

import socketserver
import ssl
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import IPv4Address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class MailServer:
    """What came, and what goes wrong.

    `unknown` addresses get 550, `busy` everything 451, `cut` breaks the line at a step, `silent` says nothing after
    the line is open, `slow` seconds pass before each answer.
    """

    port: int = 0
    certificate: Path | None = None  # of TLS from the first byte
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
        scheme = "smtps" if self.certificate else "smtp"
        return f"{scheme}://127.0.0.1:{self.port}?from=diagnostika@example.org"


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
def mail_server(port: int = 0, certificate: Path | None = None) -> Iterator[MailServer]:
    """On a free port, or on one that was named to the sender before; `certificate`: see `self_signed`."""
    mail = MailServer(certificate=certificate)
    handler = type("Handler", (_Conversation,), {"mail": mail})
    with _Server(("127.0.0.1", port), handler) as server:
        if certificate is not None:
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            tls.load_cert_chain(certificate)
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        mail.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield mail
        finally:
            server.shutdown()
            thread.join()


def self_signed(folder: Path) -> Path:
    """Key and certificate of a server at 127.0.0.1 that nobody vouches for, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    written = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    made = folder / "server.pem"
    made.write_bytes(written + certificate.public_bytes(serialization.Encoding.PEM))
    return made
