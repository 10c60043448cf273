"""The words of names: what a typing error is compared with."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from maillage.kernel.fates import Erasure, Fate


class NameWord(models.Model):
    """A word of somebody's folded names, once, however many bear it.

    Among a million people are some hundred thousand words: a mistyped one is compared with these, not with everybody. The
    database keeps the table itself (triggers on `people_person`), for imports write names by statements of their own. A word
    goes at once when its last bearer changes their name or is erased; one whose bearers were taken back, by night
    (`people.compare_name_words`; ADR 25).
    """

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    word = models.TextField(primary_key=True)

    class Meta:
        indexes: ClassVar = [GinIndex(fields=["word"], name="people_nameword_search", opclasses=["gin_trgm_ops"])]

    def __str__(self) -> str:
        return self.word
