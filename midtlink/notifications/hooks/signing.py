"""Signing what is sent to another system, so that it knows who has sent it and when."""

import hashlib
import hmac
from datetime import datetime

HEADER = "MidtLink-Signature"


def signature(secret: str, body: bytes, at: datetime) -> str:
    """Return the header's value: the moment, and the HMAC-SHA256 of the moment and the body."""
    seconds = str(int(at.timestamp()))
    signed = hmac.new(secret.encode(), seconds.encode() + b"." + body, hashlib.sha256)
    return f"t={seconds},v1={signed.hexdigest()}"
