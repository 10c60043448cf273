"""Something is wrong: told to a named person the same day, and read by nobody else."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.people.models import Person
from maillage.relays.models.conversations import Conversation
from maillage.territories.models import Area


class SafetyContact(models.Model):
    """The person whom the organisation names to whoever says that something is wrong: the first, or the second."""

    erasure: ClassVar[Erasure] = Fate.DELETE

    position = models.PositiveSmallIntegerField(primary_key=True, help_text="1: whom it goes to; 2: whom it climbs to")
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200, blank=True, help_text="that people are told, of whom no person is known here")
    named_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(position__in=[1, 2]), name="relays_two_safety_contacts")]


class Concern(models.Model):
    """Somebody says that something is wrong. It climbs from the first named person to the second to the administrators until
    one takes it up; from then on that one alone reads it.

    Told by a member (`reporter`), by whoever wrote to a seat (`from_writer` of a conversation), or by anybody from the public
    page of a place (`from_visitor`), who may leave an address to be answered at. None is shown to anybody but who takes it up,
    and that address to nobody.
    """

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reporter = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="concerns")
    conversation = models.ForeignKey(Conversation, on_delete=models.SET_NULL, null=True, blank=True, related_name="concerns")
    from_writer = models.BooleanField(default=False, help_text="told by whoever wrote to the seat, from their own link")
    from_visitor = models.BooleanField(default=False, help_text="told by anybody, from the public page of a place")
    answer_to = models.EmailField(blank=True, help_text="that a visitor left; written to once its owner said that it is theirs")
    answer_confirmed_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(max_length=8, blank=True, help_text="in which a visitor is answered")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="whose clock counts")
    what = models.TextField(max_length=4000)
    who = models.CharField(max_length=200, blank=True)
    happened = models.CharField(max_length=200, blank=True, help_text="when, in their words")
    quoted = models.TextField(blank=True, help_text="the conversation as it stood, so that nobody takes it away meanwhile")
    made_at = models.DateTimeField(default=now, editable=False)
    first_rung = models.PositiveSmallIntegerField(help_text="where it began: past the first person, where the reporter asked so")
    passed_over = ArrayField(
        models.UUIDField(), default=list, blank=True, help_text="users whom it is said to concern: it never reaches them"
    )
    rung = models.PositiveSmallIntegerField(help_text="1, 2: the safety contact of that position; 3: the administrators")
    due_at = models.DateTimeField(help_text="by when whom it stands with takes it up")
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    given_back_at = models.DateTimeField(null=True, blank=True, help_text="since when it waits again, after somebody had taken it up")
    outcome = models.TextField(blank=True, max_length=4000, help_text="what the reporter reads")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(rung__in=[1, 2, 3]), name="relays_concern_stands_somewhere"),
            models.CheckConstraint(condition=Q(closed_at__isnull=True) | Q(taken_at__isnull=False), name="relays_concern_taken_first"),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(taken_at__isnull=True), name="relays_concern_waiting"),
            models.Index(fields=["answer_to"], condition=~Q(answer_to=""), name="relays_concern_answer_to"),
        ]
