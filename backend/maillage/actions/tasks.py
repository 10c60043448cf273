"""Jobs of actions."""

from datetime import timedelta
from uuid import UUID

from maillage import journal
from maillage.actions import services
from maillage.kernel.clock import now
from maillage.relays.models import Term


@journal.jobs.job("actions.close_ended")
def close_ended() -> None:
    """Close nightly the actions that ended two weeks ago."""
    services.close_ended(now=now())


@journal.jobs.job("actions.forget_photos")
def forget_photos() -> None:
    """Delete nightly the photos of reports of actions that ended a year ago."""
    services.forget_photos(now=now())


@journal.jobs.job("actions.hand_over_seat")
def hand_over_seat(*, subject_id: UUID, **_: object) -> None:
    """A term began or ended: its seat's open assignments follow whoever holds the seat now."""
    term = Term.objects.filter(pk=subject_id).first()
    if term is not None:
        services.hand_over_seat(seat_id=term.seat_id, now=now())


@journal.jobs.job("actions.release_neighbour")
def release_neighbour(*, subject_id: UUID, **_: object) -> None:
    """A term ended: what its person had taken over next door falls back."""
    term = Term.objects.filter(pk=subject_id).first()
    if term is not None:
        services.release_neighbour(person_id=term.person_id, now=now())


@journal.jobs.job("actions.remind_by_clock", lease=timedelta(minutes=10), atomic=False)
def remind_by_clock() -> None:
    """Remind whoever owes an answer or a report and is due: one action after the other, each in a transaction of its own."""
    services.remind_by_clock(now=now())


@journal.jobs.job("actions.relieve_vacant", lease=timedelta(minutes=10), atomic=False)
def relieve_vacant() -> None:
    """Ask neighbours for the seats on which nobody acts, where the organiser chose so, one action after the other."""
    services.relieve_vacant(now=now())


@journal.jobs.job("actions.send_step")
def send_step(*, step_id: UUID) -> None:
    """Ten minutes after an organiser's step: its mails leave, unless it was undone."""
    services.send_step(step_id=step_id, now=now())


@journal.jobs.job("actions.launch_scheduled")
def launch_scheduled(*, schedule_id: UUID) -> None:
    """The hour of a launch has come: it leaves, unless it was moved, taken back, or a second person has to say yes first."""
    services.launch_scheduled(schedule_id=schedule_id, now=now())


@journal.jobs.job("actions.launch_overdue", lease=timedelta(minutes=10), atomic=False)
def launch_overdue() -> None:
    """Ask once more for launches that still wait after their hour, and hold back what was given up."""
    services.launch_overdue(now=now())


@journal.jobs.job("actions.forget_openings")
def forget_openings() -> None:
    """Forget nightly who opened which brief more than thirteen months ago."""
    services.forget_openings(now=now())


@journal.jobs.job("actions.tell_correction")
def tell_correction(*, correction_id: UUID) -> None:
    """Ten minutes after a correction, by night in the morning: who has the old words is told, unless it was undone."""
    services.tell_correction(correction_id=correction_id, now=now())
