"""Who asks for a seat and who holds it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.people.models import PaperForm, Person, Promise
from maillage.relays.domain import WAITING_APPLICATION, WHY_WITHDRAWN, ApplicationStatus, TermKind
from maillage.relays.domain.endings import TermEnding
from maillage.relays.models.seats import Seat


class Application(models.Model):
    """A person asks for a seat; the 48 hours start when their contact point is confirmed."""

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="applications")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="applications")
    status = models.CharField(max_length=16, choices=ApplicationStatus.choices, default=ApplicationStatus.UNCONFIRMED)
    motivation = models.TextField(blank=True, max_length=2000)
    consent_wording = models.CharField(max_length=64, help_text="version of the consent text on the form; recorded when confirmed")
    asking_wording = models.CharField(
        max_length=64, blank=True, help_text="version of the text under which other seats near may be offered; recorded when confirmed"
    )
    shows_given_name = models.BooleanField(default=False, help_text="chose to show their first name once they hold the seat")
    is_of_age = models.BooleanField(default=False, help_text="said on the form that they may agree alone (15 in France); no birth date")
    created_at = models.DateTimeField(default=now, editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True, help_text="the address was proved; of one that was held, it was let in")
    network = models.CharField(max_length=24, blank=True, help_text="keyed mark of the network that confirmed it, for a day; no address")
    paper = models.OneToOneField(
        PaperForm,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="application",
        help_text="the proof of one that was entered for who has no e-mail address; whoever entered it does not decide on it",
    )
    promise = models.OneToOneField(Promise, on_delete=models.SET_NULL, null=True, blank=True, related_name="application")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawal_words = models.TextField(blank=True, max_length=WHY_WITHDRAWN, help_text="why it was taken back, where it was said")
    decision_words = models.TextField(blank=True, max_length=2000, help_text="what the organiser wrote to the applicant")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "person"], condition=Q(status__in=WAITING_APPLICATION), name="relays_one_open_application"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[*WAITING_APPLICATION, ApplicationStatus.APPROVED, ApplicationStatus.DECLINED])
                | Q(confirmed_at__isnull=False),
                name="relays_application_was_confirmed",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "confirmed_at", "id"], name="relays_application_status"),
            models.Index(fields=["network", "confirmed_at"], condition=~Q(network=""), name="relays_application_network"),
        ]


class Term(models.Model):
    """A person holds a seat as its relay or stand-in, from an instant to another; one of each kind at a time."""

    erasure: ClassVar[Erasure] = Fate.PSEUDONYMISE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="terms")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="terms")
    kind = models.CharField(max_length=16, choices=TermKind.choices, default=TermKind.RELAY)
    application = models.OneToOneField(Application, on_delete=models.SET_NULL, null=True, blank=True, related_name="term")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=24, choices=TermEnding.choices, blank=True, help_text="how it ended; empty while it runs")
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateField(null=True, blank=True, help_text="the day on which it resumes by itself, in the time of the place")
    seen_at = models.DateTimeField(help_text="the holder's last sign of life in this seat: sign-in, answer or report")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seat", "kind"], condition=Q(ends_at__isnull=True), name="relays_one_holder_of_a_kind"),
            models.CheckConstraint(condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")), name="relays_term_ends_after_start"),
            models.CheckConstraint(condition=Q(ending="") | Q(ends_at__isnull=False), name="relays_term_ending_of_an_end"),
            models.CheckConstraint(condition=Q(paused_until__isnull=True) | Q(paused_at__isnull=False), name="relays_pause_has_begun"),
        ]
