"""Signed links: what is reached without login takes a token with a purpose and an end (decision 15)."""

import base64
import binascii
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from django.core import signing
from django.utils.translation import gettext as _

from maillage.kernel.errors import NotFound, Refusal


class LinkEnded(Refusal):
    """The link was made here, and its time is over."""

    status = 410
    code = "link_ended"


def sign_link(purpose: str, *, ids: Sequence[UUID], ends_at: datetime) -> str:
    """Make a token that names rows for one purpose until an instant; safe in an address, about 80 letters for one id.

    `purpose` (`app.noun`) is a salt: a token made for one purpose is nothing to another.
    """
    payload = int(ends_at.timestamp()).to_bytes(5) + b"".join(id.bytes for id in ids)
    return _signer(purpose).sign(base64.urlsafe_b64encode(payload).decode().rstrip("="))


def read_link(purpose: str, token: str, *, now: datetime) -> tuple[UUID, ...]:
    """Return the ids that a token names. Raises: NotFound (`link_broken`), LinkEnded (`link_ended`)."""
    try:
        text = _signer(purpose).unsign(token)
        payload = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (signing.BadSignature, binascii.Error, ValueError):
        raise NotFound(_("This link is incomplete or was changed. Open it again from the mail."), code="link_broken") from None
    if datetime.fromtimestamp(int.from_bytes(payload[:5]), tz=UTC) < now:
        raise LinkEnded(_("This link has ended. Ask for a new one."))
    return tuple(UUID(bytes=payload[start : start + 16]) for start in range(5, len(payload), 16))


def _signer(purpose: str) -> signing.Signer:
    return signing.Signer(sep=".", salt=f"maillage.link.{purpose}")
