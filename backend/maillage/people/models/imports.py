"""People brought in from a file: the file's lines, what each was read as, and what it did to whom."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.people.domain.imports import IMPORT_LINES_KEPT, ImportAct, ImportField, ImportKey, ImportStatus, Outcome
from maillage.people.models.persons import Person
from maillage.territories.models import Area


class Import(models.Model):
    """An organiser brings people in from one file: how it is read, where that stands, and what it did.

    `cursor` is the last line that the work under way has done or undone. The row outlives the lines
    of its file: `origin` says to people where their data came from, and `consents` quotes what they agreed to.
    """

    erasure: ClassVar[Erasure] = Fate.PSEUDONYMISE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="imports", db_index=False)
    file_name = models.CharField(max_length=200, blank=True, help_text="emptied with the lines: it can name somebody")
    origin = models.CharField(max_length=200, blank=True, help_text="where the data come from, as people are told")
    encoding = models.CharField(max_length=16)
    separator = models.CharField(max_length=1)
    has_headings = models.BooleanField()
    headings = ArrayField(models.TextField(), help_text="the first line, whatever it holds; emptied with the lines")
    lines = models.PositiveIntegerField(help_text="people in the file, the line of headings left out")
    fields = models.JSONField(default=dict, help_text="column by ImportField")
    consents = models.JSONField(default=list, help_text="ConsentColumns")
    key = models.CharField(max_length=16, choices=ImportKey.choices, default=ImportKey.EMAIL)
    language = models.CharField(max_length=8, help_text="of a line that says none")
    status = models.CharField(max_length=16, choices=ImportStatus.choices, default=ImportStatus.UPLOADED)
    cursor = models.BigIntegerField(default=0)
    areas = ArrayField(
        models.UUIDField(), default=list, help_text="constituencies of the lines that are taken: who organises them all may take it over"
    )
    counts = models.JSONField(default=dict, help_text="lines by outcome, reason and remark; people by act")
    created_at = models.DateTimeField(default=now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True, help_text="when the file's lines were erased")

    class Meta:
        indexes = [
            models.Index(fields=["by", "-id"], name="people_import_by"),
            models.Index(fields=["created_at"], condition=Q(forgotten_at__isnull=True), name="people_import_kept"),
        ]

    @property
    def kept_until(self) -> datetime:
        """When the file's lines are erased, and with them the way back."""
        return self.created_at + IMPORT_LINES_KEPT

    def can_be_undone(self, now: datetime) -> bool:
        """Say whether what it wrote can be taken back."""
        has_written = self.status in (ImportStatus.DONE, ImportStatus.STOPPED)
        return has_written and self.forgotten_at is None and now < self.kept_until


class ImportLine(models.Model):
    """A line of a file, as it came: kept 30 days, written once by COPY.

    Its key is not checked by the database: a million checks of one row that the same transaction wrote.
    """

    erasure: ClassVar[Erasure] = Fate.DELETE

    pk = models.CompositePrimaryKey("batch_id", "number")
    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    number = models.PositiveIntegerField(help_text="place in the file, from 1, empty lines left out")
    cells = ArrayField(models.TextField())


class ImportReading(models.Model):
    """What a line was read as, and what is to become of it; goes with the line.

    `new_id` is the id of whoever it would create, given beforehand; `person_id` whom it was recognised as. No foreign keys: a
    person who goes takes their readings along (`erase_person`), and a million checks would cost as much as the writing.
    """

    erasure: ClassVar[Erasure] = Fate.DELETE

    pk = models.CompositePrimaryKey("batch_id", "number")
    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    refused = ArrayField(models.CharField(max_length=24), default=list, help_text="domain.Refused")
    remarks = ArrayField(models.CharField(max_length=16), default=list, help_text="domain.Remark")
    known_by = models.CharField(max_length=16, choices=ImportKey.choices)
    identity = models.TextField(help_text="what lines of the same person share, by known_by")
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    folded_name = models.TextField()
    email = models.CharField(max_length=254)
    phone = models.CharField(max_length=254)
    language = models.CharField(max_length=8)
    locality = models.ForeignKey(Area, on_delete=models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False)
    area = models.ForeignKey(Area, on_delete=models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False)
    placed_by = models.CharField(max_length=16)
    placed_with = models.CharField(max_length=64)
    consents = models.JSONField(default=list)
    new_id = models.UUIDField()
    person_id = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["batch", "identity"], condition=~Q(outcome=Outcome.REFUSED), name="people_reading_identity"),
            models.Index(fields=["person_id", "batch"], condition=Q(person_id__isnull=False), name="people_reading_person"),
        ]


class ImportedPerson(models.Model):
    """An import created, completed or met a person, with the proof of what they had agreed to; the person's origin.

    `filled` holds what was written where nothing stood, so that undoing takes away that and no more. The key of the import is not
    checked by the database: a million checks of one row.
    """

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="people", db_constraint=False, db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="origins", db_index=False)  # one below begins with it
    number = models.PositiveIntegerField(help_text="line of the file")
    act = models.CharField(max_length=8, choices=ImportAct.choices)
    filled = models.JSONField(default=dict)
    proofs = models.JSONField(default=list, help_text="of each agreement: its column, day and paper")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "batch"], name="people_imported_once")]
        indexes = [models.Index(fields=["batch", "number"], name="people_imported_line")]


class ImportHeading(models.Model):
    """What a column of this name was chosen to hold last time; empty: left out."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    heading = models.CharField(primary_key=True, max_length=100, help_text="folded")
    field = models.CharField(max_length=16, choices=ImportField.choices, blank=True)
