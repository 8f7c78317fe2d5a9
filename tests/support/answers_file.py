"""A file of answers as the player's script writes it, made apart from the reader."""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

LABEL = b"orientir-answers 1"


def letter(sitting_id: str, proof: str | None, *events: dict[str, Any], **more: Any) -> bytes:
    rows = [dict(one) if proof is None else {"proof": proof, **one} for one in events]
    made = {
        "format": "orientir-answers",
        "version": 1,
        "sitting": sitting_id,
        "made_at": "2026-11-22T16:05:09.120Z",
        "events": rows,
    }
    return json.dumps(made | more).encode()


def sealed(content: bytes, public_key: str, **instead: str) -> bytes:
    """`public_key`: as the page gives it; `instead`: parts of the envelope to put in their places."""
    point = b64decode(public_key)
    pair = ec.generate_private_key(ec.SECP256R1())
    ephemeral = pair.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = pair.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point))
    salt, iv = os.urandom(16), os.urandom(12)
    info = LABEL + ephemeral + point
    key = HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=info).derive(shared)
    parts = {
        "to": sha256(point).digest()[:8].hex(),
        "ephemeral": b64encode(ephemeral).decode(),
        "salt": b64encode(salt).decode(),
        "iv": b64encode(iv).decode(),
        "data": b64encode(AESGCM(key).encrypt(iv, content, LABEL)).decode(),
    }
    return json.dumps({"format": "orientir-answers", "version": 1, "sealed": parts | instead}).encode()
