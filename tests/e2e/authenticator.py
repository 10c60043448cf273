"""An authenticator app, as somebody holds it in their hand (RFC 6238)."""

import base64
import hmac
import struct
import time


def figures(key: str) -> str:
    """Return the six figures that the app shows for a key, as typed; those about to change are left to pass, as people do."""
    while time.time() % 30 > 25:
        time.sleep(0.2)
    secret = base64.b32decode(key.replace(" ", ""))
    digest = hmac.digest(secret, struct.pack(">Q", int(time.time()) // 30), "sha1")
    start = digest[-1] & 15
    number: int = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
