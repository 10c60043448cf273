"""Tables of facts, work, inbound messages and stored answers. No foreign key leaves this floor."""

from maillage.journal.models.answers import IdempotencyKey
from maillage.journal.models.facts import Delivery, Entry
from maillage.journal.models.inbound import Inbound
from maillage.journal.models.work import Job, Work

__all__ = ["Delivery", "Entry", "IdempotencyKey", "Inbound", "Job", "Work"]
