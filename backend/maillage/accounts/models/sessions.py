"""Who is signed in where."""

from importlib import import_module
from typing import ClassVar

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from maillage.accounts.models.users import User
from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7


class Session(AbstractBaseSession):
    """One browser that carries our cookie: a user's once they signed in. Deleting the row ends it.

    Neither a network address nor a place is kept; `browser` and `system` are names such as Firefox and Windows.
    """

    erasure: ClassVar[Erasure] = Fate.DELETE

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False, help_text="names it in the list; the key itself is a secret")
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="sessions")
    browser = models.CharField(max_length=32, blank=True)
    system = models.CharField(max_length=32, blank=True)
    started_at = models.DateTimeField(default=now)
    seen_at = models.DateTimeField(default=now, help_text="to the nearest ten minutes")

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """Return the class that reads and writes these rows."""
        store: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
        return store
