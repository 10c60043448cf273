"""Django's sessions on a table of our own, which knows whose each is (SESSION_ENGINE)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from maillage.accounts.domain import DEVICE
from maillage.accounts.models import Session
from maillage.kernel.clock import now

SEEN_EVERY = timedelta(minutes=10)
"""How old the last sign of use may be before it is written anew: one statement in ten minutes, not one a request."""


class SessionStore(DatabaseStore):
    """A session whose row says whose it is, on what it runs, since when, and when it was last used."""

    _row: Session | None = None

    @property
    def public_id(self) -> UUID | None:
        """The name of the session that was read, None of a new one."""
        return self._row.public_id if self._row is not None else None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Name the table."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        row: Session | None = super()._get_session_from_db()  # type: ignore[misc]
        if row is not None and row.user_id and now() - row.seen_at > SEEN_EVERY:
            row.seen_at = now()
            Session.objects.filter(pk=row.pk).update(seen_at=row.seen_at)
        self._row = row
        return row

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Make the row to be written: an old one keeps its name and its instants."""
        row = Session(session_key=self._get_or_create_session_key(), session_data=self.encode(data), expire_date=self.get_expiry_date())  # type: ignore[attr-defined]
        row.user_id = data.get(SESSION_KEY)
        row.browser, row.system = data.get(DEVICE) or ("", "")
        if self._row is not None and self._row.pk == row.pk:
            row.public_id, row.started_at, row.seen_at = self._row.public_id, self._row.started_at, self._row.seen_at
        self._row = row
        return row
