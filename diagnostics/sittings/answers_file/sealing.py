"""The envelope of a file of answers: sealed in the browser for this installation, opened here.

ECDH on P-256 with a pair made for the file, HKDF-SHA-256, AES-256-GCM; the bytes are fixed in
docs/formats-answers-file.md. The installation's pair is derived from its secret, so that every machine of it has
the same one and nothing more has to be kept. A secret that was replaced still opens what was sealed for it.
"""

from __future__ import annotations

import binascii
import hashlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from diagnostics.sittings.answers_file.errors import FileRefused

LABEL = b"orientir-answers 1"
PAIR = b"orientir answers file pair 1"
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256
LENGTHS = {"ephemeral": 65, "salt": 16, "iv": 12}
FIELDS = frozenset({"to", "data", *LENGTHS})
SHORTEST = 17  # one byte and the tag


@lru_cache(maxsize=4)
def public_key(secret: str) -> str:
    """Of the installation: standard base64 of the raw point, as the page gives it to the player."""
    return b64encode(_raw(_pair(secret).public_key())).decode()


def opened(sealed: Mapping[str, object], secrets: Iterable[str]) -> bytes:
    """The letter inside.

    Raises
    ------
    FileRefused
        `answers_file_elsewhere`: sealed for another installation, or for a secret that is gone;
        `answers_file_damaged`: it was changed on its way, or is not whole.
    """
    if set(sealed) != FIELDS or not all(isinstance(one, str) for one in sealed.values()):
        raise FileRefused("answers_file_format")
    pair = next((one for one in map(_pair, secrets) if name_of(one.public_key()) == sealed["to"]), None)
    if pair is None:
        raise FileRefused("answers_file_elsewhere")
    parts = {name: _bytes(str(sealed[name])) for name in (*LENGTHS, "data")}
    if any(len(parts[name]) != length for name, length in LENGTHS.items()) or len(parts["data"]) < SHORTEST:
        raise FileRefused("answers_file_damaged")
    try:
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), parts["ephemeral"])
        shared = pair.exchange(ec.ECDH(), theirs)
        info = LABEL + parts["ephemeral"] + _raw(pair.public_key())
        key = HKDF(algorithm=hashes.SHA256(), length=32, salt=parts["salt"], info=info).derive(shared)
        return AESGCM(key).decrypt(parts["iv"], parts["data"], LABEL)
    except (ValueError, InvalidTag) as wrong:
        raise FileRefused("answers_file_damaged") from wrong


def name_of(key: ec.EllipticCurvePublicKey) -> str:
    """What a file says about whom it is for: 16 hex digits."""
    return hashlib.sha256(_raw(key)).hexdigest()[:16]


@lru_cache(maxsize=4)
def _pair(secret: str) -> ec.EllipticCurvePrivateKey:
    # Sixteen bytes more than the order has: the remainder is even to one part in 2¹²⁸.
    drawn = HKDF(algorithm=hashes.SHA256(), length=48, salt=None, info=PAIR).derive(secret.encode())
    return ec.derive_private_key(int.from_bytes(drawn) % (ORDER - 1) + 1, ec.SECP256R1())


def _raw(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _bytes(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except (ValueError, binascii.Error) as wrong:
        raise FileRefused("answers_file_damaged") from wrong
