"""What happens to money after a payment: given back, disputed, paid out, and held against the provider's books."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.fundraising.domain.words import (
    DifferenceKind,
    DisputeState,
    HeldFor,
    HeldOutcome,
    MovementState,
    PayoutState,
    RefundState,
)
from maillage.fundraising.models.donations import Donation
from maillage.fundraising.models.donors import KEPT
from maillage.fundraising.models.funds import Fund
from maillage.fundraising.models.ledger import LedgerEntry
from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7


class RefundAuthorisation(models.Model):
    """The agent of a recipient agreed that a donation goes back: who, when, where it is written, and how much at most.

    Several add up. Where the rules ask for one, nothing is given back beyond what they allow, and what was given back all the
    same, at the provider itself, is a difference of the reconciliation until one is recorded.
    """

    erasure: ClassVar[Erasure] = KEPT

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    donation = models.ForeignKey(Donation, on_delete=models.PROTECT, related_name="authorisations")
    amount = models.BigIntegerField(help_text="cents at most")
    authorised_by = models.CharField(max_length=200, help_text="name of the agent, or of who decides for it")
    authorised_on = models.DateField()
    reference = models.CharField(max_length=200, help_text="letter, mail or minutes in which it is written")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="fundraising_authorisation_is_something")]


class RefundRequest(models.Model):
    """The treasurer asked that cents of a donation go back. Its id is the key at the provider, so that they go back once.

    What came by hand goes back by hand: the treasurer says on which day the bank account paid it.
    """

    erasure: ClassVar[Erasure] = KEPT

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    donation = models.ForeignKey(Donation, on_delete=models.PROTECT, related_name="refund_requests")
    amount = models.BigIntegerField(help_text="cents")
    reason = models.CharField(max_length=300, help_text="for the books")
    given_on = models.DateField(null=True, blank=True, help_text="by hand: the day on which the bank account paid it back")
    state = models.CharField(max_length=16, choices=RefundState.choices, default=RefundState.ASKED)
    key = models.CharField(max_length=64, null=True, blank=True, unique=True, help_text="keyed hash of how the screen named its request")
    refund = models.CharField(max_length=64, null=True, blank=True, unique=True, help_text="refund at Stripe")
    failure = models.CharField(max_length=48, blank=True, help_text="the provider's code of why not")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="fundraising_request_is_something")]
        indexes = [models.Index(fields=["donation", "-asked_at"], name="fundraising_request_donation")]


class Dispute(models.Model):
    """A donor's bank takes a donation back, or asks about it. A debit that came back is one that is lost from the start."""

    erasure: ClassVar[Erasure] = KEPT

    id = models.CharField(primary_key=True, max_length=64, help_text="at Stripe")
    donation = models.ForeignKey(Donation, on_delete=models.PROTECT, related_name="disputes")
    amount = models.BigIntegerField(help_text="cents")
    state = models.CharField(max_length=16, choices=DisputeState.choices)
    reason = models.CharField(max_length=48, help_text="the bank's code")
    is_inquiry = models.BooleanField(default=False, help_text="the bank asks, and has taken nothing yet")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True, help_text="until when it may be answered; empty: it cannot be")
    evidence = models.TextField(blank=True, help_text="what the treasurer wrote to the bank")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True, help_text="when the bank had it")

    class Meta:
        indexes = [models.Index(fields=["donation"], name="fundraising_dispute_donation")]


class Payout(models.Model):
    """Money that the provider sent to the recipient's bank account."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.CharField(primary_key=True, max_length=64, help_text="at Stripe")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="payouts")
    amount = models.BigIntegerField(help_text="cents; below zero where the provider debits the bank account")
    state = models.CharField(max_length=16, choices=PayoutState.choices)
    is_automatic = models.BooleanField(help_text="only then the provider says which movements it holds")
    sent_at = models.DateTimeField()
    arrives_on = models.DateField()
    failure = models.CharField(max_length=64, blank=True, help_text="the provider's code")

    class Meta:
        indexes = [models.Index(fields=["fund", "-sent_at", "-id"], name="fundraising_payout_list")]


class Movement(models.Model):
    """One line of the provider's books, as a line of a bank statement: what it is in ours, and which payout holds it."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.CharField(primary_key=True, max_length=64, help_text="balance transaction at Stripe")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=48, help_text="as the provider names it")
    amount = models.BigIntegerField(help_text="cents")
    fee = models.BigIntegerField(help_text="cents, taken off the amount")
    source = models.CharField(max_length=64, blank=True, help_text="charge, refund, dispute or payout at Stripe")
    happened_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=MovementState.choices, default=MovementState.OPEN)
    entry = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="movements")
    payout = models.ForeignKey(Payout, on_delete=models.PROTECT, null=True, blank=True, related_name="movements")

    class Meta:
        indexes = [
            models.Index(fields=["fund"], condition=Q(state__in=["open", "under_way"]), name="fundraising_movement_open"),
            models.Index(fields=["source"], name="fundraising_movement_source"),
        ]


class Reconciliation(models.Model):
    """One run that read the provider back and held its books against ours, under way or ended."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="reconciliations")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", help_text="empty: by night"
    )
    began_at = models.DateTimeField(default=now, editable=False)
    seen = models.PositiveIntegerField(default=0, help_text="payments and movements read so far")
    applied = models.PositiveIntegerField(default=0, help_text="what had happened and we had not heard of")
    opening = models.BigIntegerField(default=0, help_text="cents at the provider that were there before we began to read")
    balance = models.BigIntegerField(null=True, blank=True, help_text="cents, as the provider says it")
    ended_at = models.DateTimeField(null=True, blank=True)
    is_whole = models.BooleanField(default=False, help_text="ended, and not given up")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fund"], condition=Q(ended_at__isnull=True), name="fundraising_one_reconciliation_at_once")
        ]
        indexes = [models.Index(fields=["fund", "-began_at"], name="fundraising_reconciliation_run")]


class Difference(models.Model):
    """Something on which our books and the provider do not agree. It closes by itself once it is gone; until then it may be explained."""

    erasure: ClassVar[Erasure] = KEPT

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="differences")
    kind = models.CharField(max_length=24, choices=DifferenceKind.choices)
    reference = models.CharField(max_length=96, blank=True, help_text="what it is about: an id at Stripe, a key of the ledger")
    donation = models.ForeignKey(Donation, on_delete=models.PROTECT, null=True, blank=True, related_name="differences")
    ours = models.BigIntegerField(null=True, blank=True, help_text="cents by our books")
    theirs = models.BigIntegerField(null=True, blank=True, help_text="cents at the provider")
    opened_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True, blank=True)
    words = models.TextField(blank=True, help_text="the treasurer's explanation")
    explained_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    explained_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fund", "kind", "reference"], condition=Q(closed_at__isnull=True), name="fundraising_one_open_difference"
            )
        ]
        indexes = [models.Index(fields=["fund", "-opened_at", "-id"], name="fundraising_difference_list")]


class HeldCard(models.Model):
    """A card whose bank said yes and from which nothing was taken: it waits for the treasurer, who takes it or refuses it.

    What the bank grants ends after a week; a day before it is given up, so that no donor believes to have given.
    """

    erasure: ClassVar[Erasure] = KEPT

    donation = models.OneToOneField(Donation, on_delete=models.PROTECT, primary_key=True, related_name="held_card")
    reason = models.CharField(max_length=16, choices=HeldFor.choices)
    held_at = models.DateTimeField()
    given_up_at = models.DateTimeField(help_text="when it is given up unless somebody decides")
    outcome = models.CharField(max_length=16, choices=HeldOutcome.choices, default=HeldOutcome.WAITING)
    words = models.TextField(blank=True, help_text="why it was refused; the donor reads it")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["given_up_at"], condition=Q(outcome="waiting"), name="fundraising_held_waiting")]


class NewCardsClosed(models.Model):
    """Somebody tries stolen cards at a recipient: cards that nobody knows are not taken for a while. It opens again by itself."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="closings_of_new_cards")
    closed_at = models.DateTimeField()
    until = models.DateTimeField(help_text="when it opens again by itself")
    tries = models.PositiveIntegerField(help_text="with new cards in the minutes before it closed")
    declined = models.PositiveIntegerField(help_text="of these")
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", help_text="empty: by itself"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fund"], condition=Q(opened_at__isnull=True), name="fundraising_closed_once")]
