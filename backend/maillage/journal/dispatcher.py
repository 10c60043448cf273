"""The dispatcher: from rows that are due to ids in the broker, and from the schedule to rows (decision 7).

It holds no state. Several may run; killed anywhere, it leaves rows that are due, or handed under a lease that passes.
The database or the broker away, it waits and tries again, and what is enqueued meanwhile lies safe in its table.
"""

import logging
import os
import select
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from types import FrameType
from typing import Any

from django.conf import settings
from django.db import Error as DatabaseTrouble
from django.db import connection

from maillage.journal import handing, jobs
from maillage.journal.domain import CHANNEL, JOBS, Periodic
from maillage.journal.leases import TABLES

log = logging.getLogger(__name__)

APPLICATION_NAME = "maillage dispatcher"
"""What the database calls our connection: readiness looks for it."""

BROKER_BACKOFF_MOST = timedelta(seconds=10)
BUSY_PAUSE = timedelta(milliseconds=50)


class BrokerAway(Exception):
    """The broker did not take an id."""


class Stop:
    """A wish to end, which interrupts every wait at once."""

    def __init__(self) -> None:
        self.reader, self._writer = os.pipe()
        os.set_blocking(self._writer, False)
        self.is_wanted = False

    def want(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """Ask to end after the batch in hand."""
        self.is_wanted = True
        with suppress(BlockingIOError):
            os.write(self._writer, b".")

    def listen_to_signals(self) -> None:
        """End on SIGTERM and SIGINT."""
        signal.signal(signal.SIGTERM, self.want)
        signal.signal(signal.SIGINT, self.want)

    def wait(self, pause: timedelta, *descriptors: int) -> None:
        """Wait until the pause is over, a descriptor can be read or the end is wanted."""
        select.select([self.reader, *descriptors], [], [], pause.total_seconds())


class Dispatcher:
    """One dispatcher's loop over one database connection."""

    def __init__(
        self, *, schedule: Sequence[Periodic], clock: Callable[[], datetime], stop: Stop | None = None, send: handing.Send = handing.send
    ) -> None:
        """Raises: LookupError when the schedule names a job that does not exist."""
        if unknown := [periodic.job for periodic in schedule if periodic.job not in JOBS]:
            raise LookupError(f"the schedule names unknown jobs: {', '.join(unknown)}")
        self.stop = stop or Stop()
        self._schedule = schedule
        self._clock = clock
        self._send = send
        self._last_due: dict[int, datetime] = {}
        self._listening: Any = None
        self._was_told = False
        self._broker_pause = timedelta(0)
        self._was_lost = False

    def run(self) -> None:
        """Dispatch until asked to stop."""
        log.info("dispatcher started")
        while not self.stop.is_wanted:
            try:
                self._listen()
                self._was_told = False
                is_full = self.tick()
                self._broker_pause = timedelta(0)
                self._pause(is_full)
            except BrokerAway as away:
                self._broker_pause = min(self._broker_pause * 2 or timedelta(milliseconds=250), BROKER_BACKOFF_MOST)
                log.warning("the broker is away (%s), again in %.2f s", away, self._broker_pause.total_seconds())
                self.stop.wait(self._broker_pause)
            except DatabaseTrouble as trouble:
                self._lose(trouble)
        self._listening = None
        with suppress(DatabaseTrouble):
            connection.close()
        log.info("dispatcher stopped")

    def tick(self) -> bool:
        """Insert the periodic runs that are due, then hand out one batch of each queue and table.

        Returns whether some queue may have more at once. Raises: BrokerAway, with the rows waiting again.
        """
        self._insert_due_runs()
        is_full = False
        for queue in settings.JOBS_QUEUES:
            for table in TABLES:
                ids = handing.hand_out(table=table, queue=queue)
                is_full |= len(ids) == handing.BATCH
                if ids:
                    self._give(table, queue, ids)
        return is_full

    def _give(self, table: str, queue: str, ids: Sequence[Any]) -> None:
        try:
            self._send(table, queue, ids)
        except Exception as error:
            handing.take_back(table=table, ids=ids)
            raise BrokerAway(type(error).__name__) from error

    def _insert_due_runs(self) -> None:
        now = self._clock()
        for place, periodic in enumerate(self._schedule):
            due_at = periodic.due_at(now)
            if self._last_due.get(place) != due_at:
                jobs.enqueue(periodic.job, run_at=due_at, unique_key=f"due:{due_at.isoformat()}")
                self._last_due[place] = due_at

    def _listen(self) -> None:
        """Ask to be told of new work, once for each connection; behind a transaction pooler only the poll remains."""
        connection.ensure_connection()
        if connection.connection is self._listening:
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('application_name', %s, false)", [APPLICATION_NAME])
            cursor.execute(f"LISTEN {CHANNEL}")
        self._listening = connection.connection
        self._listening.add_notify_handler(self._hear)
        if self._was_lost:
            log.info("the database is back")
            self._was_lost = False

    def _hear(self, _notification: object) -> None:
        self._was_told = True

    def _pause(self, is_full: bool) -> None:
        """Wait for news or the poll; news that came with the answers of this tick's queries is not waited for again."""
        if is_full or self._was_told:
            self.stop.wait(BUSY_PAUSE)
        else:
            self.stop.wait(settings.JOBS_POLL, self._listening.fileno())

    def _lose(self, trouble: Exception) -> None:
        if not self._was_lost:
            log.warning("the database is away (%s), trying again", type(trouble).__name__)
            self._was_lost = True
        self._listening = None
        with suppress(Exception):
            connection.close()
        self.stop.wait(settings.JOBS_POLL)
