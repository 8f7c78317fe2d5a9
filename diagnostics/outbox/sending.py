"""Letters through MAIL_URL where it is set; else they stay in the on-screen outbox.

MAIL_URL is ``smtp://user:password@host:port?from=address`` (``smtps://`` for TLS from the first byte,
``smtp+tls://`` for STARTTLS).
"""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

from diagnostics.database import session
from diagnostics.outbox import actions
from diagnostics.outbox.models import Letter, LetterState


@dataclass(frozen=True, slots=True)
class MailServer:
    host: str
    port: int
    user: str | None
    password: str | None
    sender: str
    tls: str  # none | start | wrapped

    @classmethod
    def from_url(cls, url: str) -> MailServer:
        parts = urlsplit(url)
        tls = {"smtp": "none", "smtp+tls": "start", "smtps": "wrapped"}.get(parts.scheme)
        if tls is None or not parts.hostname:
            message = "MAIL_URL: use smtp://, smtp+tls:// or smtps:// with a host"
            raise ValueError(message)
        sender = parse_qs(parts.query).get("from", [f"orientir@{parts.hostname}"])[0]
        default = 465 if tls == "wrapped" else 25
        user = unquote(parts.username) if parts.username else None
        password = unquote(parts.password) if parts.password else None
        return cls(parts.hostname, parts.port or default, user, password, sender, tls)


def deliver(letter_id: str, *, mail_url: str) -> None:
    """Send one waiting letter, or leave it on the screen when no server is set.

    The conversation with the server runs outside any write transaction.
    """
    letter = session.get(Letter, letter_id)
    if letter is None or letter.state is not LetterState.WAITING:
        return
    if not mail_url:
        session.rollback()
        actions.mark(letter_id, LetterState.SHOWN)
        return
    server = MailServer.from_url(mail_url)
    message = _message(letter, server.sender)
    session.rollback()
    _send(server, message)
    actions.mark(letter_id, LetterState.SENT)


def _message(letter: Letter, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = letter.to_address
    message["Subject"] = letter.subject
    message["Message-ID"] = f"<{letter.id}@orientir>"  # sent twice, shown once
    message.set_content(letter.text)
    return message


def _send(server: MailServer, message: EmailMessage) -> None:
    connect = smtplib.SMTP_SSL if server.tls == "wrapped" else smtplib.SMTP
    with connect(server.host, server.port, timeout=20) as connection:
        if server.tls == "start":
            connection.starttls()
        if server.user:
            connection.login(server.user, server.password or "")
        connection.send_message(message)
