"""The books: double entry, never changed, balanced by the database."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.fundraising.domain.words import Account, EntryKind
from maillage.fundraising.models.donations import Donation
from maillage.fundraising.models.funds import Fund
from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7

_PROTECT = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


def _balanced(entry: str) -> str:
    return f"""
        IF (SELECT count(*) < 2 OR sum(amount) <> 0 FROM fundraising_ledgerline WHERE entry_id = NEW.{entry}) THEN
            RAISE EXCEPTION 'ledger entry % is not balanced', NEW.{entry} USING ERRCODE = 'check_violation';
        END IF;
        IF (SELECT count(DISTINCT xmin::text) > 1 FROM fundraising_ledgerline WHERE entry_id = NEW.{entry}) THEN
            -- its lines are written in one transaction: what comes later would change what was written
            RAISE EXCEPTION 'ledger entry % was written already', NEW.{entry} USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
    """  # noqa: S608


class ClosedYear(models.Model):
    """The books of a recipient for a year are closed: nothing is written into it any more, and it is not opened again.

    The database refuses both.
    """

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="closed_years")
    year = models.PositiveSmallIntegerField()
    closed_at = models.DateTimeField(default=now)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fund", "year"], name="fundraising_year_closed_once")]
        triggers = [
            pgtrigger.Protect(name="stays_closed", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="closed_as_it_was", fields=["fund", "year", "closed_at"]),
        ]


class LedgerEntry(models.Model):
    """Something that moved money, written down once: `key` names what it was, so that it is never written twice.

    All of it follows from what happened (the provider's object, its instant, its amounts), nothing from when or in which order we
    learnt of it: the same happenings leave the same books.
    """

    erasure: ClassVar[Erasure] = Fate.PSEUDONYMISE

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=96, unique=True, help_text="donation:ch_…, fee:txn_…, refund:re_…, payout:po_…")
    kind = models.CharField(max_length=16, choices=EntryKind.choices)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="entries", help_text="the legal recipient")
    donation = models.ForeignKey(Donation, on_delete=models.PROTECT, null=True, blank=True, related_name="entries")
    happened_at = models.DateTimeField(help_text="when the money moved")
    booked_on = models.DateField(help_text="the day in the books: that day in the recipient's time zone, or the first one still open")
    written_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["fund", "booked_on", "id"], name="fundraising_entry_day")]
        triggers = [
            _PROTECT,
            pgtrigger.Trigger(
                name="balanced", operation=pgtrigger.Insert, when=pgtrigger.After, timing=pgtrigger.Deferred, func=_balanced("id")
            ),
            pgtrigger.Trigger(
                name="year_is_open",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                    PERFORM FROM fundraising_fund WHERE id = NEW.fund_id FOR KEY SHARE;  -- whoever closes a year locks it
                    IF EXISTS (
                        SELECT FROM fundraising_closedyear
                        WHERE fund_id = NEW.fund_id AND year = extract(year FROM NEW.booked_on)
                    ) THEN
                        RAISE EXCEPTION 'the books of % are closed', extract(year FROM NEW.booked_on) USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]


class LedgerLine(models.Model):
    """One side of an entry: cents into an account (positive, a debit) or out of it (negative, a credit), for a fund or envelope."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, related_name="lines")
    account = models.CharField(max_length=16, choices=Account.choices)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+", help_text="the recipient, or an envelope of it")
    amount = models.BigIntegerField(help_text="cents; debits are positive")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="fundraising_line_is_something")]
        indexes = [models.Index(fields=["fund", "account"], name="fundraising_line_account")]
        triggers = [
            _PROTECT,
            pgtrigger.Trigger(
                name="balanced", operation=pgtrigger.Insert, when=pgtrigger.After, timing=pgtrigger.Deferred, func=_balanced("entry_id")
            ),
        ]
