"""Tables of facts, work, inbound messages, stored answers and counts. No foreign key leaves this floor."""

from maillage.journal.models.answers import IdempotencyKey
from maillage.journal.models.facts import Delivery, Entry
from maillage.journal.models.inbound import Inbound
from maillage.journal.models.limits import Limit
from maillage.journal.models.work import Job, Work

__all__ = ["Delivery", "Entry", "IdempotencyKey", "Inbound", "Job", "Limit", "Work"]
