"""Another address with which to sign in, asked for and not confirmed yet."""

from typing import ClassVar

from django.db import models

from maillage.accounts.models.sessions import Session
from maillage.accounts.models.users import User
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7


class AddressChange(models.Model):
    """Somebody who signs in asked that another e-mail address do so; nothing changes before it is confirmed from that mailbox.

    Deleted once confirmed, stopped or ended. Asked anew, the former one is gone, and with it its links.
    """

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="address_change")
    email = models.EmailField()
    asked_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)
    asked_in = models.ForeignKey(
        Session,
        to_field="public_id",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        help_text="the session that asked, which goes on when the others end",
    )
