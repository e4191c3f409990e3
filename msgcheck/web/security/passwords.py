"""Passwords as scrypt hashes (RFC 7914): `scrypt$LOG2N$R$P$SALT$HASH`, salt and hash in base64."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os

#: 32 MB and about a tenth of a second a try: what OWASP's password storage cheat sheet (2024) names for scrypt.
_LOG2N, _R, _P = 15, 8, 3
_LENGTH = 32
#: A hash from elsewhere may not make the server use more than this.
_MOST_MEMORY = 256 * 1024 * 1024
_MOST_LOG2N, _MOST_R, _MOST_P = 17, 8, 10


def hash_password(password: str) -> str:
    """A hash of its own for each call."""
    salt = os.urandom(16)
    return "$".join(("scrypt", str(_LOG2N), str(_R), str(_P), _text(salt), _text(_derive(password, salt))))


def is_hash(text: str) -> bool:
    """Whether a text is a hash that `verify` can check."""
    try:
        _parsed(text)
    except ValueError:
        return False
    return True


def verify(password: str, hashed: str) -> bool:
    """Whether a password belongs to a hash; takes the same time whether it does or not."""
    log2n, r, p, salt, expected = _parsed(hashed)
    return hmac.compare_digest(_derive(password, salt, log2n, r, p), expected)


def _derive(password: str, salt: bytes, log2n: int = _LOG2N, r: int = _R, p: int = _P) -> bytes:
    secret = password.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(secret, salt=salt, n=2**log2n, r=r, p=p, maxmem=_MOST_MEMORY, dklen=_LENGTH)


def _parsed(text: str) -> tuple[int, int, int, bytes, bytes]:
    parts = text.split("$")
    if len(parts) != 6 or parts[0] != "scrypt":
        raise ValueError("not a scrypt hash")
    log2n, r, p = (int(part) for part in parts[1:4])
    if not (1 <= log2n <= _MOST_LOG2N and 1 <= r <= _MOST_R and 1 <= p <= _MOST_P):
        raise ValueError("a scrypt hash of unusual cost")
    try:
        salt, expected = (base64.b64decode(part, validate=True) for part in parts[4:])
    except binascii.Error as error:
        raise ValueError("not base64") from error
    if len(salt) < 8 or len(expected) != _LENGTH:
        raise ValueError("a salt or hash of unusual length")
    return log2n, r, p, salt, expected


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")
