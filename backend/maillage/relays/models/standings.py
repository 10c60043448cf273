"""Where each seat stands now: the one view that says the words of decision 18."""

from typing import ClassVar

from django.db import models

from maillage.kernel.fates import Erasure, Fate
from maillage.people.models import Person
from maillage.relays.domain import SeatState, TermKind
from maillage.relays.models.seats import RelayNetwork, Seat
from maillage.relays.models.terms import Term
from maillage.territories.models import Area


class SeatStanding(models.Model):
    """The state of a seat at the instant of the query, and who answers for it. A view: read, never written.

    `state` is what `relays.domain.seat_state` says, as of the database's clock; a test compares the two.
    `since` is when the state began: the term's start, the last sign of life and 60 days, the first open application,
    the end of the last term, or the opening of the network. `term` is the relay's where the seat is filled or dormant
    and the stand-in's where one stands in; `holder` is its person.
    """

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    seat = models.OneToOneField(Seat, primary_key=True, on_delete=models.DO_NOTHING, related_name="standing")
    network = models.ForeignKey(RelayNetwork, on_delete=models.DO_NOTHING, related_name="standings")
    area = models.ForeignKey(Area, on_delete=models.DO_NOTHING, related_name="+")
    state = models.CharField(max_length=16, choices=SeatState.choices)
    since = models.DateTimeField()
    term = models.OneToOneField(Term, null=True, on_delete=models.DO_NOTHING, related_name="+")
    holder = models.ForeignKey(Person, null=True, on_delete=models.DO_NOTHING, related_name="+")
    holder_kind = models.CharField(max_length=16, null=True, choices=TermKind.choices)
    is_paused = models.BooleanField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "relays_seat_state"
