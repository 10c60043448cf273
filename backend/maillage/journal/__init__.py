"""Facts out, messages in, durable jobs.

The face that every floor above imports: `journal.record`, `journal.subscribe`, `journal.jobs`, `journal.inbox`,
`journal.idempotency`. It is read at first use, because Django imports this package before any table exists.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from maillage.journal import idempotency, inbox, jobs
    from maillage.journal.facts import record, subscribe

__all__ = ["idempotency", "inbox", "jobs", "record", "subscribe"]


def __getattr__(name: str) -> Any:
    if name in ("record", "subscribe"):
        return getattr(import_module("maillage.journal.facts"), name)
    if name in __all__:
        return import_module(f"maillage.journal.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
