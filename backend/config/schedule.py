"""Periodic jobs. The dispatcher inserts each due run as a job, unique on its name and instant."""

from maillage.journal.domain import Periodic

SCHEDULE: list[Periodic] = []
