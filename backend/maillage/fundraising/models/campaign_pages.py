"""Pages on which supporters raise money among friends, and what givers say there."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from maillage.accounts.models import User
from maillage.fundraising.domain.pages import HiddenBy, PageKind, ShownAs
from maillage.fundraising.models.funds import Fund
from maillage.groups.domain import ReportOutcome, ReportReason
from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.people.models import Person
from maillage.territories.models import Area


class FundraisingPage(models.Model):
    """Somebody asks for donations to a fund in their own words: for themself, for a team, or for a place.

    Once its owner is erased nothing of theirs is left, and it is closed; what was given through it stays counted. A page belongs to
    at most one team, and a team to none: its sum is that of its pages and of what was given on itself.
    """

    erasure: ClassVar[Erasure] = Fate.PSEUDONYMISE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=64, unique=True)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="pages", help_text="the legal recipient")
    kind = models.CharField(max_length=16, choices=PageKind.choices)
    owner = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="fundraising_pages")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="of a page of a place")
    team = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="members", help_text="which it belongs to, or asked to"
    )
    joined_at = models.DateTimeField(null=True, blank=True, help_text="since when its team took it in")
    language = models.CharField(max_length=8, help_text="in which its owner wrote")
    title = models.CharField(max_length=80, blank=True)
    words = models.TextField(blank=True, help_text="plain text")
    first_name = models.CharField(max_length=60, blank=True, help_text="shown")
    goal = models.BigIntegerField(null=True, blank=True, help_text="cents")
    ends_on = models.DateField(null=True, blank=True, help_text="last day")
    created_at = models.DateTimeField(default=now, editable=False)
    opened_at = models.DateTimeField(null=True, blank=True, help_text="when its owner confirmed it")
    closed_at = models.DateTimeField(null=True, blank=True, help_text="when its owner closed it, or was erased")
    seen_at = models.DateTimeField(null=True, blank=True, help_text="when moderation found it in order as it stands: engines may list it")
    hidden_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True, help_text="of a hidden one: what its owner says to the reasons")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind=PageKind.AREA) ^ Q(area__isnull=True), name="fundraising_page_of_a_place"),
            models.CheckConstraint(condition=~Q(kind=PageKind.TEAM) | Q(team__isnull=True), name="fundraising_no_team_in_a_team"),
            models.CheckConstraint(condition=Q(team__isnull=False) | Q(joined_at__isnull=True), name="fundraising_joined_a_team"),
            models.CheckConstraint(condition=Q(goal__isnull=True) | Q(goal__gt=0), name="fundraising_page_goal_is_something"),
        ]
        indexes = [
            models.Index(fields=["created_at"], condition=Q(opened_at__isnull=True), name="fundraising_page_unconfirmed"),
            models.Index(fields=["-opened_at"], condition=Q(seen_at__isnull=True, opened_at__isnull=False), name="fundraising_page_unseen"),
        ]

    def __str__(self) -> str:
        return self.slug


class PagePhoto(models.Model):
    """The photo that the owner of a page shows on it: a JPEG drawn by us. Another photo is another row (ADR 24)."""

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    page = models.OneToOneField(FundraisingPage, on_delete=models.CASCADE, related_name="photo")
    jpeg = models.BinaryField()
    shown_since = models.DateTimeField()


class PageMessage(models.Model):
    """What somebody who gave on a page said with it, and what its owner may know of them: nothing, unless they chose it.

    It is shown while the donation is settled and not given back whole. One row for each donation of a page, also without words: so
    its owner can thank also whoever wants to stay unknown.
    """

    erasure: ClassVar[Erasure] = Fate.PSEUDONYMISE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    page = models.ForeignKey(FundraisingPage, on_delete=models.PROTECT, related_name="messages")
    donation = models.OneToOneField("fundraising.Donation", on_delete=models.CASCADE, related_name="message")
    words = models.CharField(max_length=280, blank=True)
    shown_as = models.CharField(max_length=16, choices=ShownAs.choices, default=ShownAs.NOT)
    tells_name = models.BooleanField(default=False, help_text="the owner of the page may read their names")
    tells_amount = models.BooleanField(default=False, help_text="and how much they gave")
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.CharField(max_length=16, choices=HiddenBy.choices, blank=True)
    thanks = models.CharField(max_length=500, blank=True)
    thanked_at = models.DateTimeField(null=True, blank=True)
    no_notes = models.BooleanField(default=False, help_text="wants no more notes of this page's owner")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(tells_name=True) | Q(tells_amount=False), name="fundraising_amount_beside_a_name"),
            models.CheckConstraint(condition=Q(hidden_at__isnull=True) | ~Q(hidden_by=""), name="fundraising_message_hidden_by"),
        ]
        indexes = [models.Index(fields=["page", "-id"], name="fundraising_page_messages")]

    @property
    def name_shown(self) -> str:
        """The name that stands beside it, as the giver chose; empty: none.

        Until they proved their address anybody may have typed it: then their family name is shown to nobody.
        """
        donor = self.donation.donor
        if self.shown_as == ShownAs.NAMES and donor.proved_at is not None:
            return donor.full_name
        return donor.given_name if self.shown_as in (ShownAs.FIRST_NAME, ShownAs.NAMES) else ""


class PageReport(models.Model):
    """What a report of the floor below is about: a page, or one giver's message on it."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    report = models.OneToOneField("groups.ContentReport", on_delete=models.CASCADE, primary_key=True, related_name="page_report")
    page = models.ForeignKey(FundraisingPage, on_delete=models.CASCADE, related_name="reports")
    message = models.ForeignKey(PageMessage, on_delete=models.CASCADE, null=True, blank=True, related_name="reports")


class PageDecision(models.Model):
    """What a moderator decided about a page or a giver's message, with the reasons that were told to whom it concerns."""

    erasure: ClassVar[Erasure] = Fate.PSEUDONYMISE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    page = models.ForeignKey(FundraisingPage, on_delete=models.CASCADE, related_name="decisions")
    message = models.ForeignKey(PageMessage, on_delete=models.CASCADE, null=True, blank=True, related_name="decisions")
    outcome = models.CharField(max_length=8, choices=ReportOutcome.choices)
    reason = models.CharField(max_length=16, choices=ReportReason.choices, blank=True, help_text="of what is hidden")
    words = models.TextField(help_text="the reasons")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)
