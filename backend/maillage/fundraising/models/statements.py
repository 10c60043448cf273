"""What the bank says, and which entry of the books each line of it is."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.fundraising.domain.words import SetAside, StatementFormat
from maillage.fundraising.models.donors import KEPT
from maillage.fundraising.models.funds import Fund
from maillage.fundraising.models.ledger import LedgerEntry
from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7


class BankStatement(models.Model):
    """A statement of a recipient's bank account, as one file brought it. The same file is brought in once."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="statements", help_text="the legal recipient")
    format = models.CharField(max_length=16, choices=StatementFormat.choices)
    number = models.CharField(max_length=64, blank=True, help_text="how the bank names it")
    file_name = models.CharField(max_length=120, blank=True)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file, and which statement of it this is")
    from_on = models.DateField()
    to_on = models.DateField()
    opening = models.BigIntegerField(null=True, blank=True, help_text="cents; empty where the file does not say")
    closing = models.BigIntegerField(null=True, blank=True, help_text="cents; empty where the file does not say")
    moved = models.BigIntegerField(help_text="cents: the sum of all its lines, also of those that an earlier statement brought")
    lines_told = models.PositiveIntegerField(help_text="how many lines the file has")
    imported_at = models.DateTimeField(default=now, editable=False)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fund", "digest"], name="fundraising_one_statement")]
        indexes = [models.Index(fields=["fund", "-to_on", "-id"], name="fundraising_statement_list")]

    @property
    def difference(self) -> int:
        """Cents by which opening and lines miss the closing balance; 0 where it adds up or the file does not say."""
        return 0 if self.opening is None or self.closing is None else self.closing - self.opening - self.moved


class StatementLine(models.Model):
    """One movement of the bank account. `mark` tells it from every other, so that statements that overlap bring it once."""

    erasure: ClassVar[Erasure] = KEPT

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="statement_lines", help_text="the legal recipient")
    statement = models.ForeignKey(BankStatement, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    mark = models.CharField(max_length=64)
    booked_on = models.DateField()
    value_on = models.DateField(null=True, blank=True)
    amount = models.BigIntegerField(help_text="cents; what came is positive")
    reference = models.CharField(max_length=140, blank=True)
    label = models.CharField(max_length=500, blank=True)
    party = models.CharField(max_length=140, blank=True, help_text="who sent it or got it, as the bank names them")
    set_aside = models.CharField(max_length=16, choices=SetAside.choices, blank=True, help_text="why no entry of these books is meant")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fund", "mark"], name="fundraising_one_statement_line"),
            models.CheckConstraint(condition=~Q(amount=0), name="fundraising_statement_line_moves"),
        ]
        indexes = [models.Index(fields=["fund", "booked_on", "id"], name="fundraising_statement_day")]


class LineMatch(models.Model):
    """An entry of the books is seen at the bank, in this line: a payout, a slip, a transfer. A line may be several entries."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    line = models.ForeignKey(StatementLine, on_delete=models.PROTECT, related_name="matches")
    entry = models.OneToOneField(LedgerEntry, on_delete=models.PROTECT, related_name="bank_match")
    matched_at = models.DateTimeField(default=now, editable=False)
    matched_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
