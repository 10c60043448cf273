"""Jobs of actions."""

from uuid import UUID

from maillage import journal
from maillage.actions import services
from maillage.kernel.clock import now
from maillage.relays.models import Term


@journal.jobs.job("actions.close_ended")
def close_ended() -> None:
    """Close nightly the actions that ended two weeks ago."""
    services.close_ended(now=now())


@journal.jobs.job("actions.hand_over_seat")
def hand_over_seat(*, subject_id: UUID, **_: object) -> None:
    """A term began or ended: its seat's open assignments follow whoever holds the seat now."""
    term = Term.objects.filter(pk=subject_id).first()
    if term is not None:
        services.hand_over_seat(seat_id=term.seat_id, now=now())
