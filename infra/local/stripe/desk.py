"""One account while a request, or something due, is dealt with: what it keeps, what time it is there, what it tells."""

import json
import secrets
import string
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from infra.local.stripe import days
from infra.local.stripe.errors import missing
from infra.local.stripe.store import Store
from infra.local.stripe.switches import Switches

LETTERS = string.ascii_letters + string.digits


@dataclass
class Desk:
    """What the nouns work with."""

    store: Store
    account: str
    now: int
    switches: Switches
    address: str
    request: str | None = None
    idempotency_key: str | None = None
    told: int = field(default=0, init=False)

    def new_id(self, prefix: str, length: int = 24) -> str:
        """Invent an identifier."""
        return f"{prefix}_{self.secret(length)}"

    def secret(self, length: int = 24) -> str:
        """Invent letters and digits."""
        return "".join(secrets.choice(LETTERS) for _ in range(length))

    def put(self, body: dict[str, Any]) -> dict[str, Any]:
        """Keep an object as it is now."""
        self.store.put(self.account, body)
        return body

    def get(self, kind: str, id: str, *, param: str = "id") -> dict[str, Any]:
        """Read an object.

        Raises: Refused, resource_missing.
        """
        found = self.store.get(id, account=self.account)
        if found is None or found["object"] != kind:
            raise missing(kind, id, param=param)
        return found

    def look(self, id: str | None) -> dict[str, Any] | None:
        """Read an object of any kind, if there is one."""
        return self.store.get(id, account=self.account) if id else None

    def each(self, kind: str, **equal: Any) -> Iterator[dict[str, Any]]:
        """Read the objects of a kind whose fields are so, oldest first."""
        asked = "".join(f" AND json_extract(body, '$.{name}') = ?" for name in equal)
        rows = self.store.rows(
            f"SELECT body FROM objects WHERE account = ? AND kind = ?{asked} ORDER BY place",
            self.account,
            kind,
            *equal.values(),
        )
        yield from (json.loads(row[0]) for row in rows)

    def later(self, at: float, what: str, id: str) -> None:
        """Have something done with an object when the account's clock says so."""
        self.store.change("INSERT INTO due (account, at, what, object) VALUES (?, ?, ?, ?)", self.account, at, what, id)

    def after_days(self, count: int) -> int:
        """The account's clock so many working days from now."""
        return days.after(self.now, count)
