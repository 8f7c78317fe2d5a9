"""Letters through MAIL_URL where it is set; else they stay in the on-screen outbox.

MAIL_URL is ``smtp://user:password@host:port?from=address`` (``smtps://`` for TLS from the first byte,
``smtp+tls://`` for STARTTLS).
"""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import parse_qs, unquote, urlsplit

from diagnostics.database import session
from diagnostics.outbox import actions
from diagnostics.outbox.models import Letter, LetterState

TIMEOUT = 20.0  # seconds of silence
ACCEPTED, FORWARDED, NEVER = 250, 251, 500  # answers of a mail server (RFC 5321)


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


class AddressRefused(Exception):  # noqa: N818 - reads as what happened
    """The server will never take a letter to this address."""


class Unknown(Exception):  # noqa: N818 - reads as what happened
    """The whole letter was given away and no answer came: it may have left."""


def deliver(letter_id: str, *, mail_url: str, last_try: bool) -> None:
    """Send one waiting letter, or leave it on the screen when no server is set. Never twice.

    The conversation with the server runs outside any write transaction. A server that is away is an exception,
    so that the job is tried again after a pause; at the last try the letter is listed as not sent. A letter
    whose sender was stopped in the middle may have left: it is listed too, and not sent again by itself.
    """
    letter = session.get(Letter, letter_id, populate_existing=True)
    if letter is None or letter.state not in actions.UNDER_WAY:
        return
    if letter.state is LetterState.SENDING:
        session.rollback()
        actions.mark(letter_id, LetterState.FAILED, error="mail_unknown")
        return
    if not mail_url:
        session.rollback()
        actions.mark(letter_id, LetterState.SHOWN)
        return
    server = MailServer.from_url(mail_url)
    message, address = _message(letter, server.sender), letter.to_address
    session.rollback()
    if not actions.begin(letter_id):
        return
    session.commit()
    try:
        _send(server, message, address)
    except AddressRefused:
        actions.mark(letter_id, LetterState.FAILED, error="mail_address")
    except Unknown:
        actions.mark(letter_id, LetterState.FAILED, error="mail_unknown")
    except (OSError, smtplib.SMTPException):
        if last_try:
            actions.mark(letter_id, LetterState.FAILED, error="mail_away")
            return
        actions.wait(letter_id)
        session.commit()
        raise
    else:
        actions.mark(letter_id, LetterState.SENT)


def _message(letter: Letter, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = letter.to_address
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.created_at)
    message["Message-ID"] = f"<{letter.id}@orientir>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message


def _send(server: MailServer, message: EmailMessage, address: str) -> None:
    with _connected(server) as connection:
        if server.tls == "start":
            connection.starttls(context=ssl.create_default_context())
        if server.user:
            connection.login(server.user, server.password or "")
        connection.ehlo_or_helo_if_needed()
        code, answer = connection.mail(server.sender)
        if code != ACCEPTED:
            raise smtplib.SMTPSenderRefused(code, answer, server.sender)
        _name(connection, address)
        _give(connection, message.as_bytes(policy=message.policy.clone(linesep="\r\n")))


def _connected(server: MailServer) -> smtplib.SMTP:
    """The line to the server; with TLS only to one that proves its name (by itself SMTP_SSL asks for no proof)."""
    if server.tls != "wrapped":
        return smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
    proof = ssl.create_default_context()
    return smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=proof)


def _name(connection: smtplib.SMTP, address: str) -> None:
    local, _, domain = address.rpartition("@")
    try:
        code, answer = connection.rcpt(f"{local}@{domain.encode('idna').decode()}")
    except UnicodeError as wrong:
        raise AddressRefused from wrong
    if code >= NEVER:
        raise AddressRefused
    if code not in (ACCEPTED, FORWARDED):
        raise smtplib.SMTPRecipientsRefused({address: (code, answer)})


def _give(connection: smtplib.SMTP, content: bytes) -> None:
    try:
        code, answer = connection.data(content)
    except smtplib.SMTPDataError:  # it did not ask for the letter at all
        raise
    except (OSError, smtplib.SMTPException) as lost:
        raise Unknown from lost
    if code >= NEVER:
        raise AddressRefused
    if code != ACCEPTED:
        raise smtplib.SMTPDataError(code, answer)
