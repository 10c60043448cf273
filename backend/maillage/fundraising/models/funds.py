"""Where money goes."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.people.domain.law import GivingRules
from maillage.territories.models import Area, Election


class StripeAccount(models.Model):
    """The account of one legal recipient at Stripe.

    Its keys stand in the environment under its code (`STRIPE_ACCOUNTS`), never in the database: a copy of the database moves no money.
    """

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=32, unique=True)
    created_at = models.DateTimeField(default=now, editable=False)

    def __str__(self) -> str:
        return self.code


class Fund(models.Model):
    """A legal person that takes donations, or an envelope inside one.

    A fund without `parent` is one legal recipient: an association of financing, a candidate's agent, an association. It has one
    set of rules, one account at Stripe, one bank account, and the days between which it may collect. An envelope is a part of
    it (national, a department's, solidarity): donors share one payment between envelopes of one recipient, never between recipients.
    What follows the names here is printed on public pages because a law says so; it is no data of a donor. Telephone and e-mail
    address of an agent go to the authority with the file of donors, and stand on no page.
    """

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=48, unique=True, help_text="in its page's address")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="envelopes")
    area = models.ForeignKey(
        Area,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="place that it is for: treasurers there keep a recipient's books, those of the country where it has none",
    )
    rules = models.CharField(
        max_length=16, choices=GivingRules.choices, blank=True, help_text="of a recipient; an envelope has none of its own"
    )
    legal_name = models.CharField(max_length=200, blank=True)
    address = models.TextField(blank=True)
    phone = models.CharField(max_length=32, blank=True, help_text="of an agent, for the file of donors alone: no page shows it")
    email = models.EmailField(blank=True, help_text="of an agent, for the file of donors alone: no page shows it")
    registration = models.CharField(max_length=32, blank=True, help_text="SIREN or RNA number")
    purpose = models.TextField(blank=True, help_text="the object of an association, as its statutes say it")
    quality = models.CharField(max_length=200, blank=True, help_text="why an association may print receipts: of general interest, …")
    party = models.CharField(max_length=200, blank=True, help_text="for which an agent collects")
    agent_is_person = models.BooleanField(default=False, help_text="the agent is one person, and no association of financing")
    candidates = models.CharField(max_length=300, blank=True, help_text="for whom an agent collects")
    approved_on = models.DateField(null=True, blank=True, help_text="day on which the agent was approved or designated")
    signatory = models.CharField(max_length=200, blank=True, help_text="name and office printed as the signature of receipts")
    cares = models.BooleanField(default=False, help_text="feeds, houses or cares for people in difficulty: a higher reduction of tax")
    election = models.ForeignKey(Election, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="of an agent")
    allowed_expenses = models.BigIntegerField(
        null=True, blank=True, help_text="cents, of a candidate: on which the share of cash is reckoned"
    )
    opens_on = models.DateField(null=True, blank=True, help_text="first day on which it may collect")
    closes_on = models.DateField(null=True, blank=True, help_text="last day on which it may collect")
    currency = models.CharField(max_length=3, default="eur")
    time_zone = models.CharField(max_length=64, default="Europe/Paris", help_text="in which the day of a payment is told")
    stripe_account = models.OneToOneField(StripeAccount, on_delete=models.PROTECT, null=True, blank=True, related_name="fund")
    iban = models.CharField(max_length=34, blank=True, help_text="of the recipient's one bank account")
    creditor_id = models.CharField(max_length=35, blank=True, help_text="SEPA creditor identifier, shown with a mandate")
    suggested_once = ArrayField(models.BigIntegerField(), default=list, help_text="cents, rising")
    suggested_monthly = ArrayField(models.BigIntegerField(), default=list, help_text="cents, rising")
    least = models.BigIntegerField(default=100, help_text="cents: what a payment costs eats less than this")
    small_under = models.BigIntegerField(
        default=5000, help_text="cents, of a recipient: a donation under it is a small one; it begins a bin (`domain.longtail.whole`)"
    )
    goal = models.BigIntegerField(null=True, blank=True, help_text="cents")
    goal_from = models.DateField(null=True, blank=True, help_text="first day that counts towards the goal; empty: all that was ever given")
    goal_on = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True, help_text="since when its page asks for donations; empty: it does not")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(parent__isnull=True) ^ Q(rules=""), name="fundraising_rules_of_a_recipient"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | Q(stripe_account__isnull=True), name="fundraising_account_of_a_recipient"
            ),
            models.CheckConstraint(condition=Q(least__gt=0), name="fundraising_least_is_something"),
            models.CheckConstraint(condition=Q(goal__isnull=True) | Q(goal__gt=0), name="fundraising_goal_is_something"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def recipient(self) -> "Fund":
        """The legal person: itself, or what it is an envelope of."""
        return self if self.parent is None else self.parent


class FundText(models.Model):
    """What a fund's page says, in one language (decision 14)."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    fund = models.ForeignKey(Fund, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=8)
    name = models.CharField(max_length=80, help_text="short: what is chosen between envelopes, what a mail names")
    title = models.CharField(max_length=160, blank=True)
    lead = models.TextField(blank=True)
    uses = models.JSONField(default=list, help_text="[[cents, what it pays], …]")
    other_ways = models.TextField(blank=True, help_text="how to give by cheque or transfer")
    thanks = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fund", "language"], name="fundraising_one_text_a_language")]
