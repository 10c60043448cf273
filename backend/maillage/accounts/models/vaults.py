"""What browsers keep."""

from typing import ClassVar

from django.db import models

from maillage.accounts.models.users import User
from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate


class Vault(models.Model):
    """The store in which one browser keeps drafts and what waits to be sent, for the user who signed in there (ADR 18).

    Known by a keyed hash of the name that the browser drew for it, which nobody can guess and nobody can read here.
    Once it is over it stays so: whatever brings that name, signed in or not, is told to wipe.
    """

    erasure: ClassVar[Erasure] = Fate.DELETE

    mark = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="vaults")
    session = models.UUIDField(null=True, help_text="public id of the session that last used it")
    made_at = models.DateTimeField(default=now)
    seen_on = models.DateField()
    is_over = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["seen_on"], name="accounts_vault_seen")]
