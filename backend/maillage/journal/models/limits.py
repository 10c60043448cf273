"""Counts of what is limited."""

from typing import ClassVar

from django.db import models

from maillage.kernel.fates import Erasure, Fate


class Limit(models.Model):
    """Somebody did a limited thing at these instants lately: a line of Django's cache, in the shape that its database backend reads.

    In the database, so that a Redis that is emptied lifts no limit and one that is gone closes no form.
    """

    erasure: ClassVar[Erasure] = Fate.DELETE

    cache_key = models.CharField(primary_key=True, max_length=255, help_text="keyed hash of who and what")
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)
