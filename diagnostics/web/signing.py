"""Signed cookies and form tokens, checked without making their signers anew at every request.

The format is itsdangerous' own: what was signed before is read as before.
"""

from __future__ import annotations

import hmac
import json
import time
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, cast

from flask import Flask, Response, current_app, g, request, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_wtf import CSRFProtect
from flask_wtf.csrf import generate_csrf
from itsdangerous import BadData, TimestampSigner, URLSafeTimedSerializer
from itsdangerous.encoding import base64_decode, base64_encode
from itsdangerous.signer import Signer, SigningAlgorithm
from itsdangerous.url_safe import URLSafeSerializerMixin

TOKEN = "csrf_token"  # noqa: S105 - the name of the field, not a secret
TOKEN_HEADER = "X-CSRFToken"  # noqa: S105
TOKEN_SALT = "wtf-csrf-token"  # noqa: S105 - Flask-WTF's own
SHORT = 64  # bytes
MOST_KEPT = 2048  # cookies and tokens that were checked
LONGEST_KEPT = 4096  # characters: as much of a cookie as a browser keeps
UNCHECKED = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class _Hmac(SigningAlgorithm):
    """HMAC-SHA1, the algorithm of itsdangerous, in one call of OpenSSL instead of five of Python."""

    def get_signature(self, key: bytes, value: bytes) -> bytes:
        return hmac.digest(key, value, "sha1")


class _Signer(TimestampSigner):
    """Derives the key of each secret once."""

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **(keywords | {"algorithm": _Hmac()}))
        self._derived = {secret: super(_Signer, self).derive_key(secret) for secret in self.secret_keys}

    def derive_key(self, secret_key: str | bytes | None = None) -> bytes:
        found = self._derived.get(self.secret_key if secret_key is None else secret_key)  # type: ignore[arg-type]
        return found if found is not None else super().derive_key(secret_key)


class _Serializer(URLSafeTimedSerializer):
    """Makes its signer once; only for one secret and no fallbacks, as ours are made."""

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **keywords, signer=_Signer)
        self._kept = super().make_signer(self.salt)
        self._known: dict[str, tuple[str, int]] = {}

    def loads(  # type: ignore[override]  # as itsdangerous' own timed serializer
        self,
        s: str | bytes,
        max_age: int | None = None,
        return_timestamp: bool = False,  # noqa: FBT001, FBT002 - itsdangerous' signature
        salt: str | bytes | None = None,
    ) -> Any:
        """As itsdangerous reads it; the ordinary case, an untouched text in time, in a third of the time.

        Whatever the quick way does not recognise goes the long way, which alone says what is wrong.
        """
        if isinstance(s, str) and not return_timestamp and salt is None:
            payload = self._quick(s, max_age)
            if payload is not None:
                # Flask's tags are objects whose only key begins with a space; most sessions have none.
                return self.serializer.loads(payload) if '{" ' in payload else json.loads(payload)
        return super().loads(s, max_age, return_timestamp, salt)

    def _quick(self, signed: str, max_age: int | None) -> str | None:
        found = self._known.get(signed)
        if found is None:
            found = self._read(signed)
            if found is None:
                return None
            self._keep(signed, found)
        payload, signed_at = found
        if max_age is None:
            return payload
        return payload if 0 <= int(time.time()) - signed_at <= max_age else None

    def _keep(self, signed: str, found: tuple[str, int]) -> None:
        """A browser shows the same cookie and token at each page of a sitting; only what we signed is remembered."""
        if len(signed) <= LONGEST_KEPT:
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            self._known[signed] = found

    def _read(self, signed: str) -> tuple[str, int] | None:
        """What was signed and when, in seconds; None of what we did not sign."""
        value, _, signature = signed.rpartition(".")
        payload, _, stamp = value.rpartition(".")
        if not payload or not signed.isascii():
            return None
        if not hmac.compare_digest(self._kept.get_signature(value), signature.encode()):
            return None
        signed_at = int.from_bytes(base64_decode(stamp), "big")
        if payload[0] == ".":  # a dot in front: compressed, by us, for the signature is ours
            return zlib.decompress(base64_decode(payload[1:])).decode(), signed_at
        return base64_decode(payload).decode(), signed_at

    def dump_payload(self, obj: Any) -> bytes:
        """As it stands where it is short: a token would win nothing by being compressed at each page."""
        text: bytes = super(URLSafeSerializerMixin, self).dump_payload(obj)
        return super().dump_payload(obj) if len(text) > SHORT else base64_encode(text)

    def make_signer(self, salt: str | bytes | None = None) -> Signer:
        return self._kept if salt is None else super().make_signer(salt)

    def iter_unsigners(self, salt: str | bytes | None = None) -> Iterator[TimestampSigner]:
        yield cast("TimestampSigner", self.make_signer(salt))


class SignedCookies(SecureCookieSessionInterface):
    """The cookie session of Flask; its serializer lives as long as the secret stays the same."""

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        if not app.secret_key or app.config["SECRET_KEY_FALLBACKS"]:
            return super().get_signing_serializer(app)
        return _cookie_serializer(app.secret_key)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if session.modified or session.permanent or not session:
            super().save_session(app, session, response)
        elif session.accessed and "Vary" not in response.headers:
            response.headers["Vary"] = "Cookie"
        elif session.accessed:
            response.vary.add("Cookie")


@lru_cache(maxsize=4)
def _cookie_serializer(secret: str | bytes) -> _Serializer:
    kind = SecureCookieSessionInterface
    return _Serializer(
        secret,
        salt=kind.salt,
        serializer=kind.serializer,
        signer_kwargs={"key_derivation": kind.key_derivation, "digest_method": kind.digest_method},
    )


@lru_cache(maxsize=4)
def _token_serializer(secret: str | bytes) -> _Serializer:
    return _Serializer(secret, salt=TOKEN_SALT)


class Csrf(CSRFProtect):
    """Flask-WTF's check, with a short way for the ordinary case.

    The short way only ever says yes, and only where the whole check would: over plain HTTP (behind HTTPS the
    referrer is checked too) with a signed token equal to the session's own. All else goes the whole way.
    """

    def protect(self, apply_exemptions: bool = False) -> None:  # noqa: FBT001, FBT002 - Flask-WTF's signature
        if request.method in UNCHECKED:
            return
        if not request.is_secure and _is_own(request.headers.get(TOKEN_HEADER) or request.form.get(TOKEN)):
            g.csrf_valid = True
            return
        super().protect(apply_exemptions)


def token() -> str:
    """The token of this session, made at the first call of a request."""
    if TOKEN not in g:
        kept = session.get(TOKEN)
        if not isinstance(kept, str):
            return str(generate_csrf())
        g.csrf_token = _signed(current_app.config["SECRET_KEY"], kept)
    return str(g.csrf_token)


@lru_cache(maxsize=4096)
def _signed(secret: str | bytes, kept: str) -> str:
    """Once a session: it lives as long, so its moment says nothing (`WTF_CSRF_TIME_LIMIT` is None)."""
    return str(_token_serializer(secret).dumps(kept))


def _is_own(told: str | None) -> bool:
    expected = session.get(TOKEN)
    if not told or not isinstance(expected, str):
        return False
    try:
        signed = _token_serializer(current_app.config["SECRET_KEY"]).loads(
            told, max_age=current_app.config["WTF_CSRF_TIME_LIMIT"]
        )
    except BadData:
        return False
    return isinstance(signed, str) and hmac.compare_digest(expected, signed)
