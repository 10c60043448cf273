"""Donations, and the monthly ones that make more of them."""

from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from maillage.fundraising.domain.words import DonationState, HeldFor, Method, MonthlyState, Nature
from maillage.fundraising.models.campaign_pages import FundraisingPage
from maillage.fundraising.models.donors import KEPT, Donor
from maillage.fundraising.models.funds import Fund
from maillage.fundraising.models.standing import standing_triggers
from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7


class MonthlyDonation(models.Model):
    """Somebody gives an amount each month until they stop it. Its instalments are donations, one a due day (ADR 28)."""

    erasure: ClassVar[Erasure] = KEPT

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="monthly_donations", help_text="the legal recipient")
    donor = models.ForeignKey(Donor, on_delete=models.PROTECT, related_name="monthly_donations")
    nature = models.CharField(max_length=16, choices=Nature.choices, default=Nature.DONATION)
    amount = models.BigIntegerField(help_text="cents, each month")
    currency = models.CharField(max_length=3)
    day = models.PositiveSmallIntegerField(help_text="of the month, 1 to 28")
    method = models.CharField(max_length=16, choices=Method.choices, blank=True)
    state = models.CharField(max_length=16, choices=MonthlyState.choices, default=MonthlyState.STARTING)
    next_on = models.DateField(null=True, blank=True, help_text="day of the next instalment; empty while there is none")
    retry_on = models.DateField(null=True, blank=True, help_text="day on which what was refused is tried again")
    tries = models.PositiveSmallIntegerField(default=0, help_text="how often the present instalment was refused")
    paused_until = models.DateField(null=True, blank=True, help_text="of a paused one: when it resumes by itself; empty: never")
    customer = models.CharField(max_length=64, blank=True, help_text="at Stripe")
    payment_method = models.CharField(max_length=64, blank=True, help_text="at Stripe")
    mandate = models.CharField(max_length=64, blank=True, help_text="at Stripe, of a debit")
    mandate_reference = models.CharField(max_length=40, blank=True, help_text="of a debit, as the donor's bank shows it")
    method_label = models.CharField(max_length=40, blank=True, help_text="how the donor knows it: Visa •••• 4242")
    method_ends_on = models.DateField(null=True, blank=True, help_text="last day of a card's validity")
    created_at = models.DateTimeField(default=now, editable=False)
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="fundraising_monthly_is_something"),
            models.CheckConstraint(condition=Q(day__gte=1, day__lte=28), name="fundraising_day_of_every_month"),
            models.CheckConstraint(
                condition=~Q(state=MonthlyState.STOPPED) | Q(next_on__isnull=True, stopped_at__isnull=False),
                name="fundraising_stopped_has_no_next",
            ),
        ]
        indexes = [
            models.Index(fields=["next_on"], condition=Q(next_on__isnull=False), name="fundraising_monthly_due"),
            models.Index(fields=["fund", "-created_at", "-id"], name="fundraising_monthly_latest"),
        ]
        triggers = standing_triggers()


class MonthlyShare(models.Model):
    """How much of each instalment goes to an envelope."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    monthly = models.ForeignKey(MonthlyDonation, on_delete=models.CASCADE, related_name="shares")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField(help_text="cents")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["monthly", "fund"], name="fundraising_one_monthly_share"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="fundraising_monthly_share_is_something"),
        ]


class DonationQuerySet(models.QuerySet["Donation"]):
    """Donations, by what is done with them."""

    def locked(self, donation_id: UUID) -> "Donation":
        """Lock one. Raises: Donation.DoesNotExist."""
        return self.select_for_update(of=("self",)).get(pk=donation_id)

    def of_recipient(self, fund: Fund) -> Self:
        """Keep those to one legal recipient."""
        return self.filter(fund=fund.recipient)


class Donation(models.Model):
    """One payment that somebody means to make, or made, to one legal recipient.

    At the provider it is one payment intent, which succeeds at most once, however often it is tried: that is why nobody is
    charged twice. `key` is what the browser named its attempt, so that a second click, a reload or a second tab find this row.
    """

    erasure: ClassVar[Erasure] = KEPT

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="donations", help_text="the legal recipient")
    donor = models.ForeignKey(Donor, on_delete=models.PROTECT, related_name="donations")
    monthly = models.ForeignKey(MonthlyDonation, on_delete=models.PROTECT, null=True, blank=True, related_name="donations")
    due_on = models.DateField(null=True, blank=True, help_text="of an instalment: the day it was due")
    page = models.ForeignKey(
        FundraisingPage, on_delete=models.PROTECT, null=True, blank=True, related_name="donations", help_text="on which it was given"
    )
    nature = models.CharField(max_length=16, choices=Nature.choices, default=Nature.DONATION)
    method = models.CharField(max_length=16, choices=Method.choices, blank=True)
    amount = models.BigIntegerField(help_text="cents")
    refunded = models.BigIntegerField(default=0, help_text="cents given back, or taken back by a bank")
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=16, choices=DonationState.choices, default=DonationState.STARTED)
    held_for = models.CharField(max_length=16, choices=HeldFor.choices, blank=True)
    failure = models.CharField(max_length=48, blank=True, help_text="the provider's code of why it was not paid")
    key = models.CharField(max_length=64, null=True, blank=True, unique=True, help_text="keyed hash of the browser's name of its attempt")
    intent = models.CharField(max_length=64, null=True, blank=True, unique=True, help_text="payment intent at Stripe")
    charge = models.CharField(max_length=64, null=True, blank=True, unique=True, help_text="charge at Stripe that took the money")
    version = models.PositiveIntegerField(default=0, help_text="how often it changed: what was read before is not applied after")
    mandate_reference = models.CharField(max_length=40, blank=True, help_text="of a debit made once, as the donor's bank shows it")
    debit_on = models.DateField(null=True, blank=True, help_text="of a debit made once: the day on which the donor's bank is to pay it")
    source = models.CharField(max_length=64, blank=True, help_text="utm_source or ref of the link that led here")
    declaration = models.CharField(max_length=64, blank=True, help_text="version of what the donor declared")
    started_at = models.DateTimeField(default=now, editable=False)
    settled_at = models.DateTimeField(null=True, blank=True)
    counted_on = models.DateField(help_text="day of payment in the rules' time zone; until it is paid, the day it was started")

    objects: ClassVar[models.Manager["Donation"]] = DonationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="fundraising_donation_is_something"),
            models.CheckConstraint(condition=Q(refunded__gte=0, refunded__lte=F("amount")), name="fundraising_refund_within_donation"),
            models.CheckConstraint(
                condition=~Q(state=DonationState.SETTLED) | Q(settled_at__isnull=False), name="fundraising_settled_has_an_instant"
            ),
            models.UniqueConstraint(fields=["monthly", "due_on"], condition=Q(monthly__isnull=False), name="fundraising_one_instalment"),
        ]
        indexes = [
            models.Index(fields=["donor", "counted_on"], name="fundraising_donation_donor"),
            models.Index(fields=["fund", "-started_at", "-id"], name="fundraising_donation_list"),
            models.Index(fields=["fund", "-amount", "-id"], name="fundraising_donation_large"),
            models.Index(
                fields=["fund", "state", "-started_at", "-id"],
                condition=~Q(state=DonationState.SETTLED),
                name="fundraising_donation_unsettled",
            ),
            models.Index(fields=["fund", "source", "-started_at", "-id"], condition=~Q(source=""), name="fundraising_donation_source"),
            models.Index(
                fields=["started_at"],
                condition=Q(state__in=["started", "confirming", "processing", "held"]),
                name="fundraising_donation_pending",
            ),
        ]


class DonationShare(models.Model):
    """How much of a donation goes to an envelope; what no share names stays with the recipient."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    donation = models.ForeignKey(Donation, on_delete=models.CASCADE, related_name="shares")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField(help_text="cents")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["donation", "fund"], name="fundraising_one_share"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="fundraising_share_is_something"),
        ]


class PaymentAttempt(models.Model):
    """One try to pay a donation, and what the provider said: for the donor's words, and to see cards being tested.

    `fingerprint` is the provider's mark of a card, not its number; `network` and `device` are keyed hashes, emptied after a day.
    Forgotten after 90 days.
    """

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    donation = models.ForeignKey(Donation, on_delete=models.CASCADE, related_name="attempts")
    token = models.CharField(max_length=64, help_text="the provider's confirmation token, or the saved way to pay")
    fingerprint = models.CharField(max_length=64, blank=True)
    network = models.CharField(max_length=24, blank=True, help_text="keyed hash")
    device = models.CharField(max_length=24, blank=True, help_text="keyed hash of network and browser")
    held_for = models.CharField(max_length=16, choices=HeldFor.choices, blank=True, help_text="why its card waits for the treasurer")
    was_declined = models.BooleanField(default=False)
    outcome = models.CharField(max_length=48, blank=True, help_text="state that it left, or the provider's code of why not")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["donation", "token"], name="fundraising_one_attempt_a_token")]
        indexes = [
            models.Index(fields=["fingerprint", "-at"], name="fundraising_attempt_card"),
            models.Index(fields=["at"], name="fundraising_attempt_lately"),
        ]
