"""Codes of an authenticator application: RFC 4226 and RFC 6238 (SHA-1, six digits, thirty seconds)."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime
from urllib.parse import quote

PERIOD = 30  # seconds
DIGITS = 6
DRIFT = 1  # periods that a phone's clock may be early or late
SECRET_BYTES = 20


def derived(key: str, person_id: str, salt: str) -> bytes:
    """A person's secret from the server's key: it lies neither in the base nor in a backup."""
    context = f"orientir second step\x00{person_id}\x00{salt}".encode()
    return hmac.new(key.encode(), context, hashlib.sha256).digest()[:SECRET_BYTES]


def counter_at(moment: datetime) -> int:
    return int(moment.timestamp()) // PERIOD


def code(secret: bytes, counter: int, *, digits: int = DIGITS) -> str:
    """RFC 4226, 5.3: the dynamically cut number of HMAC-SHA-1, with leading zeros."""
    mark = hmac.new(secret, counter.to_bytes(8, "big"), hashlib.sha1).digest()
    start = mark[-1] & 0x0F
    number = int.from_bytes(mark[start : start + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**digits:0{digits}d}"


def matching(secret: bytes, typed: str, moment: datetime) -> int | None:
    """The counter of the typed code (spaces are left aside), or None. Every candidate is compared in full."""
    digits = "".join(typed.split())
    if len(digits) != DIGITS or not digits.isascii() or not digits.isdigit():
        return None
    now, found = counter_at(moment), None
    for counter in range(max(0, now - DRIFT), now + DRIFT + 1):
        if hmac.compare_digest(code(secret, counter), digits):
            found = counter
    return found


def spelled(secret: bytes) -> str:
    """Base 32 in groups of four, for typing by hand."""
    text = base64.b32encode(secret).decode().rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def address(secret: bytes, *, login: str, issuer: str) -> str:
    """What the QR code holds: the otpauth address that every authenticator reads."""
    label = f"{quote(issuer)}:{quote(login)}"
    text = base64.b32encode(secret).decode().rstrip("=")
    return f"otpauth://totp/{label}?secret={text}&issuer={quote(issuer)}&digits={DIGITS}&period={PERIOD}"
