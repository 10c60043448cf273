"""Whose work it is to fill a seat, and what was tried."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.kernel.dates import day_in
from maillage.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from maillage.kernel.text import typed
from maillage.relays.domain.filling import LONGEST_SNOOZE, LONGEST_WORDS, WRITTEN_STEPS, StepKind
from maillage.relays.models import Filling, FillingStep, Seat


def take_on_seat(*, seat_id: UUID, by: User, now: datetime) -> Filling:
    """Put a seat to fill on an organiser's own list. Safe to repeat.

    Facts: filling.taken.  Raises: NotFound, Conflict (`on_anothers_list`, names them: they, or anybody above, can hand it on).
    """
    with transaction.atomic():
        filling = _locked(seat_id)
        if filling.taken_by_id == by.pk:
            return filling
        if filling.taken_by is not None and _organises(filling.taken_by, filling.seat, now=now):
            person = getattr(filling.taken_by, "person", None)
            name = person.full_name if person else _("Another organiser")
            raise Conflict(_("%(name)s already looks after this seat.") % {"name": name}, code="on_anothers_list", decided_by=name)
        filling.taken_by, filling.taken_at = by, now
        filling.save(update_fields=["taken_by", "taken_at"])
        journal.record("filling.taken", subject=filling.seat, at=now, actor_id=by.pk)
    return filling


def hand_on_seat(*, seat_id: UUID, to_id: UUID, by: User, now: datetime) -> Filling:
    """Hand a seat to fill to an organiser above that place, oneself included; what was tried and planned stays.

    Facts: filling.handed.  Raises: NotFound, Invalid (`to`: nobody who organises there).
    """
    with transaction.atomic():
        filling = _locked(seat_id)
        heir = User.objects.filter(pk=to_id, is_active=True).first()
        if heir is None or not _organises(heir, filling.seat, now=now):
            raise Invalid(fields={"to": [_("Choose somebody who organises this place.")]})
        if filling.taken_by_id == heir.pk:
            return filling
        filling.taken_by, filling.taken_at = heir, now
        filling.save(update_fields=["taken_by", "taken_at"])
        FillingStep.objects.create(seat=filling.seat, kind=StepKind.HANDED_ON, by=by, at=now)
        journal.record("filling.handed", subject=filling.seat, at=now, actor_id=by.pk, to_id=heir.pk)
    return filling


def let_go_of_seat(*, seat_id: UUID, by: User, now: datetime) -> Filling:
    """Take a seat off whoever's list it is on; it is nobody's then. Safe to repeat. Facts: filling.released.  Raises: NotFound."""
    with transaction.atomic():
        filling = _locked(seat_id)
        if filling.taken_by_id is None:
            return filling
        filling.taken_by, filling.taken_at = None, None
        filling.save(update_fields=["taken_by", "taken_at"])
        journal.record("filling.released", subject=filling.seat, at=now, actor_id=by.pk)
    return filling


def snooze_seat(*, seat_id: UUID, until: date | None, by: User, now: datetime) -> Filling:
    """Put a seat to fill off until a day of the place, or with None bring it back.

    Facts: filling.snoozed.  Raises: NotFound, Invalid (until).
    """
    with transaction.atomic():
        filling = _locked(seat_id)
        today = _today(filling.seat, now=now)
        if until is not None and not today < until <= today + LONGEST_SNOOZE:
            raise Invalid(fields={"until": [_("Choose a day after today, within six months.")]})
        filling.snoozed_until = until
        filling.save(update_fields=["snoozed_until"])
        journal.record("filling.snoozed", subject=filling.seat, at=now, actor_id=by.pk, until=until)
    return filling


def plan_next_step(*, seat_id: UUID, words: str, on: date | None, by: User, now: datetime) -> Filling:
    """Keep what comes next for a seat, and on which day; empty words take the plan away.

    Facts: filling.planned.  Raises: NotFound, Invalid (words, on).
    """
    said = _words(words)
    with transaction.atomic():
        filling = _locked(seat_id)
        if on is not None and on < _today(filling.seat, now=now):
            raise Invalid(fields={"on": [_("Choose today or a later day.")]})
        filling.next_step, filling.next_step_on, filling.planned_by = said, on if said else None, by if said else None
        filling.save(update_fields=["next_step", "next_step_on", "planned_by"])
        journal.record("filling.planned", subject=filling.seat, at=now, actor_id=by.pk, on=filling.next_step_on)
    return filling


def note_step(*, seat_id: UUID, kind: StepKind, words: str, by: User, now: datetime) -> FillingStep:
    """Keep that something was tried. The words are about a place: no names of people who did not agree.

    Facts: filling.tried.  Raises: NotFound, Invalid (kind, words).
    """
    if kind not in WRITTEN_STEPS:
        raise Invalid(fields={"kind": [_("This one writes itself down.")]})
    said = _words(words)
    if kind == StepKind.OTHER and not said:
        raise Invalid(fields={"words": [_("Write in a few words what you tried.")]})
    with transaction.atomic():
        filling = _locked(seat_id)
        step = FillingStep.objects.create(seat=filling.seat, kind=kind, words=said, by=by, at=now)
        journal.record("filling.tried", subject=filling.seat, at=now, actor_id=by.pk, kind=str(kind))
    return step


def take_back_step(*, step_id: UUID, seat_id: UUID, by: User, now: datetime) -> None:
    """Take away a step that one wrote oneself. Facts: filling.corrected.  Raises: NotFound, Forbidden (`not_your_step`)."""
    with transaction.atomic():
        step = FillingStep.objects.select_for_update(of=("self",)).select_related("seat").filter(pk=step_id, seat_id=seat_id).first()
        if step is None:
            raise NotFound(code="step_unknown")
        if step.by_id != by.pk or step.kind not in WRITTEN_STEPS:
            raise Forbidden(_("Only who wrote it takes it away."), code="not_your_step")
        journal.record("filling.corrected", subject=step.seat, at=now, actor_id=by.pk)
        step.delete()


def _locked(seat_id: UUID) -> Filling:
    if not Seat.objects.filter(pk=seat_id).exists():
        raise NotFound(code="seat_unknown")
    Filling.objects.get_or_create(seat_id=seat_id)
    return Filling.objects.select_for_update(of=("self",)).select_related("seat__area", "taken_by__person").get(pk=seat_id)


def _organises(user: User, seat: Seat, *, now: datetime) -> bool:
    return accounts.is_reached(user, roles=[Role.ORGANISER], area_id=seat.area_id, now=now)


def _today(seat: Seat, *, now: datetime) -> date:
    return day_in(now, seat.area.time_zone)


def _words(words: str) -> str:
    said = " ".join(typed(words).split())
    if len(said) > LONGEST_WORDS:
        raise Invalid(fields={"words": [_("At most %(most)s letters fit here.") % {"most": LONGEST_WORDS}]})
    return said
