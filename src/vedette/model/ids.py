"""Stable ids: the same content has the same id on every machine and in every run."""

import hashlib

ID_LENGTH = 20  # 80 bits: a billion ids collide with a chance below one in a million.


def stable_id(*parts: str | bytes, length: int = ID_LENGTH) -> str:
    """The first `length` hexadecimal digits of the SHA-256 of the parts, joined by zero bytes."""
    return hashlib.sha256(b"\0".join(p if isinstance(p, bytes) else p.encode() for p in parts)).hexdigest()[:length]
