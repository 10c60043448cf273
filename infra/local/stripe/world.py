"""All accounts: their clocks, their switches, and what falls due at them."""

import json
import time
from dataclasses import asdict
from threading import Event
from typing import Any

from infra.local.stripe import due, webhook_endpoints
from infra.local.stripe.desk import Desk
from infra.local.stripe.store import Store
from infra.local.stripe.switches import Switches, read_switches


class World:
    """What the server, the deliverer and the clockwork share."""

    def __init__(self, store: Store, *, address: str, webhook: str) -> None:
        self.store, self.address, self.webhook = store, address, webhook
        self.something_to_deliver = Event()
        self._ahead: dict[str, float] = {}
        self._switches: dict[str, Switches] = {}
        self._faults_left: dict[str, int] = {}
        for (name,) in store.rows("SELECT name FROM accounts"):
            self._open(name)

    @property
    def accounts(self) -> list[str]:
        """The accounts that were named so far."""
        return sorted(self._ahead.copy())  # another thread may name one meanwhile

    def now(self, account: str) -> float:
        """Read an account's clock."""
        return time.time() + self._ahead[account]

    def switches(self, account: str) -> Switches:
        """Read an account's switches."""
        return self._switches[account]

    def desk(self, account: str, *, request: str | None = None, idempotency_key: str | None = None) -> Desk:
        """Sit down at an account, which comes to be when it is first named."""
        if account not in self._ahead:
            with self.store.transaction():
                self.store.change("INSERT OR IGNORE INTO accounts VALUES (?, 0, '{}')", account)
                self._open(account)
        return Desk(self.store, account, int(self.now(account)), self._switches[account], self.address, request, idempotency_key)

    def turn(self, account: str, group: str, change: dict[str, Any] | None) -> Switches:
        """Turn switches of an account; None turns its group off again.

        Raises: WrongSwitch.
        """
        self.desk(account)
        if change is None:
            switches = read_switches({name: kept for name, kept in asdict(self._switches[account]).items() if name != group})
        else:
            switches = self._switches[account].with_change(group, change)
        self.store.change("UPDATE accounts SET switches = ? WHERE name = ?", json.dumps(asdict(switches)), account)
        self._switches[account] = switches
        if group == "api":
            self._faults_left[account] = switches.api.times
        self.something_to_deliver.set()
        return switches

    def takes_fault(self, account: str) -> bool:
        """Count one of the times that an outage was asked for."""
        with self.store.transaction():
            if not self._switches[account].api.times:
                return True
            left = self._faults_left.get(account, 0)
            self._faults_left[account] = max(0, left - 1)
            return left > 0

    def move(self, account: str, to: float) -> list[str]:
        """Move an account's clock forwards, and let happen in its order what falls due; tells what did."""
        self.desk(account)
        happened: list[str] = []
        with self.store.transaction():  # nobody sees the clock on its way
            while rows := self._next_due(account, to):
                self._set(account, max(rows[0][1], self.now(account)))
                happened.append(self._happen(account, *rows[0]))
            self._set(account, max(to, self.now(account)))
        self.something_to_deliver.set()
        return happened

    def tick(self) -> None:
        """Let happen what fell due while nobody moved a clock."""
        due_now = "SELECT DISTINCT account FROM due JOIN accounts ON name = account WHERE at <= ? + ahead"
        for (account,) in self.store.rows(due_now, time.time()):
            while rows := self._next_due(account, self.now(account)):
                with self.store.transaction():
                    self._happen(account, *rows[0])
                self.something_to_deliver.set()

    def _next_due(self, account: str, until: float) -> list[Any]:
        return self.store.rows("SELECT id, at, what, object FROM due WHERE account = ? AND at <= ? ORDER BY at, id LIMIT 1", account, until)

    def _happen(self, account: str, id: int, at: float, what: str, id_of: str) -> str:
        if self.store.change("DELETE FROM due WHERE id = ?", id):
            due.happen(self.desk(account), what, id_of)
        return f"{what} {id_of}"

    def _set(self, account: str, now: float) -> None:
        ahead = now - time.time()
        self.store.change("UPDATE accounts SET ahead = ? WHERE name = ?", ahead, account)
        self._ahead[account] = ahead

    def _open(self, account: str) -> None:
        ahead, switches = self.store.rows("SELECT ahead, switches FROM accounts WHERE name = ?", account)[0]
        self._switches[account] = read_switches(json.loads(switches))
        self._faults_left[account] = self._switches[account].api.times
        self._ahead[account] = ahead
        if self.webhook:
            webhook_endpoints.see_to(self.desk(account), self.webhook)
