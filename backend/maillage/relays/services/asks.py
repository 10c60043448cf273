"""Asking people for a seat: volunteers to hold it, relays next door to stand in. One question a person at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.kernel.errors import Conflict, Invalid, NotFound
from maillage.messaging import services as messaging
from maillage.messaging.services.recipients import recipient_of
from maillage.people.selectors import ladder
from maillage.relays.domain import TermKind
from maillage.relays.domain.filling import (
    ASK_LASTS,
    ASK_LEAVES_AFTER,
    ASK_STAND_IN,
    ASK_VOLUNTEER,
    MOST_AT_ONCE,
    OPEN_ASK,
    YES_LASTS,
    AskKind,
    AskStatus,
    StepKind,
    Unasked,
    is_taken,
)
from maillage.relays.models import FillingStep, Seat, SeatAsk, SeatStanding
from maillage.relays.selectors import stand_ins, volunteers

_STEPS = {AskKind.VOLUNTEER: StepKind.ASKED_VOLUNTEERS, AskKind.STAND_IN: StepKind.ASKED_NEIGHBOURS}
PURPOSES = {AskKind.VOLUNTEER: ASK_VOLUNTEER, AskKind.STAND_IN: ASK_STAND_IN}
SEND = "relays.send_ask"


@dataclass(frozen=True)
class AskedPeople:
    """What became of a press: the questions that wait to leave, and who was not asked, with why."""

    asks: list[SeatAsk]
    unasked: dict[UUID, Unasked]
    leaves_at: datetime


def ask_people(*, seat_id: UUID, person_ids: Sequence[UUID], kind: AskKind, by: User, now: datetime) -> AskedPeople:
    """Ask people for one seat; their mails leave in a few minutes, until when `take_back_ask` undoes it.

    Who is asked already, rests, took their agreement back or is not of the asker's places is left out, and said. Of two
    organisers who ask the same person at once, one does: the database has the last word.
    Facts: seat_ask.made, each.  Raises: NotFound (seat), Invalid (people: nobody, or too many).
    """
    return ask_pairs(pairs=[(seat_id, person_id) for person_id in dict.fromkeys(person_ids)], kind=kind, by=by, now=now)


def ask_pairs(*, pairs: Sequence[tuple[UUID, UUID]], kind: AskKind, by: User, now: datetime) -> AskedPeople:
    """Ask several people, each for a seat of their own; as `ask_people`, and nobody for more than one seat in a press."""
    if not 1 <= len(pairs) <= MOST_AT_ONCE:
        raise Invalid(fields={"people": [_("Choose one to %(most)s people.") % {"most": MOST_AT_ONCE}]})
    seats = {seat.pk: seat for seat in Seat.objects.filter(pk__in={seat_id for seat_id, _person in pairs})}
    if len(seats) != len({seat_id for seat_id, _person in pairs}):
        raise NotFound(code="seat_unknown")
    asks: list[SeatAsk] = []
    unasked: dict[UUID, Unasked] = {}
    steps: dict[UUID, FillingStep] = {}
    refusals = volunteers.why_unasked if kind == AskKind.VOLUNTEER else stand_ins.why_unasked
    with transaction.atomic():
        _lapse(now=now, person_ids=[person_id for _seat, person_id in pairs])
        why = refusals(by, pairs, now=now)
        for seat_id, person_id in sorted(pairs, key=lambda pair: str(pair[1])):
            if reason := why.get((seat_id, person_id)):
                unasked[person_id] = reason
                continue
            if seat_id not in steps:
                steps[seat_id] = FillingStep.objects.create(seat_id=seat_id, kind=_STEPS[kind], count=0, by=by, at=now)
            ask = _insert(
                SeatAsk(
                    seat=seats[seat_id],
                    person_id=person_id,
                    kind=kind,
                    step=steps[seat_id],
                    asked_by=by,
                    asked_at=now,
                    leaves_at=now + ASK_LEAVES_AFTER,
                    ends_at=now + ASK_LASTS,
                )
            )
            if ask is None:
                unasked[person_id] = Unasked.ASKED_ALREADY
                continue
            asks.append(ask)
            steps[seat_id].count = (steps[seat_id].count or 0) + 1
            journal.jobs.enqueue(SEND, run_at=ask.leaves_at, ask_id=ask.pk)
            journal.record("seat_ask.made", subject=ask, at=now, actor_id=by.pk, seat_id=seat_id, person_id=person_id, kind=str(kind))
        for step in steps.values():
            if step.count:
                step.save(update_fields=["count"])
            else:
                step.delete()
    return AskedPeople(asks=asks, unasked=unasked, leaves_at=now + ASK_LEAVES_AFTER)


def send_ask(*, ask_id: UUID, now: datetime) -> None:
    """Hand one question to messaging, if it still stands and the person may still be asked; one mail, no reminder. Safe to run twice.

    Facts: seat_ask.sent, or seat_ask.retracted.
    """
    with transaction.atomic():
        ask = SeatAsk.objects.select_for_update(of=("self",)).select_related("person").filter(pk=ask_id).first()
        if ask is None or ask.status != AskStatus.WAITING or ask.sent_at is not None:
            return
        if not volunteers.may_be_asked(ask.person_id, kind=AskKind(ask.kind)):
            take_back(ask, now=now)
            return
        messaging.queue_message(PURPOSES[AskKind(ask.kind)], person=ask.person, about_id=ask.pk, now=now)
        ask.sent_at = now
        ask.save(update_fields=["sent_at"])
        journal.record("seat_ask.sent", subject=ask, at=now, seat_id=ask.seat_id)


def take_back_ask(*, ask_id: UUID, by: User, now: datetime) -> SeatAsk:
    """Take a question back before its mail left: the person never learns of it. Safe to repeat.

    Facts: seat_ask.retracted.  Raises: NotFound, Conflict (`ask_left`).
    """
    with transaction.atomic():
        ask = SeatAsk.objects.select_for_update(of=("self",)).filter(pk=ask_id).first()
        if ask is None:
            raise NotFound(code="ask_unknown")
        if ask.status == AskStatus.TAKEN_BACK:
            return ask
        if ask.sent_at is not None or ask.status != AskStatus.WAITING:
            raise Conflict(_("The mail has left; it cannot be called back."), code="ask_left")
        take_back(ask, now=now, by=by)
    return ask


def take_back_questions(person_id: UUID, now: datetime) -> None:
    """Take back what a person is asked, since they do not want to be asked any more. Facts: seat_ask.retracted, each."""
    open_asks = SeatAsk.objects.select_for_update(of=("self",)).filter(person_id=person_id, kind=AskKind.VOLUNTEER)
    for ask in open_asks.filter(status=AskStatus.WAITING):
        take_back(ask, now=now)


def take_back_asks_of_seat(*, seat_id: UUID, kind: TermKind, now: datetime, by: User | None) -> None:
    """Take back what is asked for a seat that somebody takes: all of it for a relay, what neighbours are asked for a stand-in.

    Nobody rests after that: they may be asked for another seat at once. A neighbour who had said yes to a seat that has its
    relay now is told. Whoever answers in this very moment is passed over: `answer_ask` closes theirs.
    Facts: seat_ask.retracted, each.
    """
    asks = SeatAsk.objects.filter(seat=seat_id, status__in=OPEN_ASK)
    if kind == TermKind.STAND_IN:
        asks = asks.filter(kind=AskKind.STAND_IN, status=AskStatus.WAITING)
    for ask in asks.select_for_update(of=("self",), skip_locked=True).select_related("person").order_by("pk"):
        if ask.status == AskStatus.AGREED:
            messaging.queue_message("relays.stand_in_not_needed", person=ask.person, about_id=ask.pk, now=now)
        take_back(ask, now=now, by=by)


def take_back_asks_of_neighbour(*, person_id: UUID, now: datetime, by: User | None) -> None:
    """Take back what somebody is asked as a relay next door, a yes that waits too: they hold no seat as a relay any more.

    Where an organiser ended their term, or it was handed over, the mail about that tells them (`letter_parts.asked_next_door`). The
    organisers who read of a yes are told that it counts no more; of who is forgotten nothing is said. Facts: seat_ask.retracted, each.
    """
    asks = SeatAsk.objects.filter(person=person_id, kind=AskKind.STAND_IN, status__in=OPEN_ASK)
    for ask in asks.select_for_update(of=("self",)).select_related("seat", "person", "asked_by__person").order_by("pk"):
        if ask.status == AskStatus.AGREED:
            tell_organisers("relays.stand_in_taken_back", ask, now=now)
        take_back(ask, now=now, by=by)


def tell_organisers(purpose: str, ask: SeatAsk, *, now: datetime) -> None:
    """Tell of a neighbour's yes whoever asked, while they organise the place; the nearest organisers else."""
    area_id, asker = ask.seat.area_id, ask.asked_by
    told: tuple[User, ...] = ()
    if asker is not None and asker.is_active and accounts.is_reached(asker, roles=[Role.ORGANISER], area_id=area_id, now=now):
        told = (asker,)
    elif nearest := next(iter(ladder(area_id, now=now, without=[ask.person.user_id])), None):
        told = nearest.organisers
    messaging.queue_messages(purpose, [recipient_of(user, about_id=ask.pk) for user in told], now=now)


def keep_unasked(person_id: UUID, taken_at: datetime, now: datetime) -> None:
    """Ask nothing again: who agrees anew may be asked, and the questions that went with the agreement stay taken back."""


def lapse_asks(*, now: datetime) -> int:
    """Let the questions lapse that nobody answered in their time; say how many. Nobody rests after one for a seat that is taken.

    A neighbour's yes that no organiser confirmed or set aside in `YES_LASTS` is taken back, and they are told.
    Facts: seat_ask.lapsed, or seat_ask.retracted, each.
    """
    with transaction.atomic():
        return _lapse(now=now)


def _lapse(*, now: datetime, person_ids: Sequence[UUID] | None = None) -> int:
    over = SeatAsk.objects.filter(
        Q(status=AskStatus.WAITING, ends_at__lte=now) | Q(status=AskStatus.AGREED, answered_at__lte=now - YES_LASTS)
    )
    if person_ids is not None:
        over = over.filter(person_id__in=person_ids)
    found = list(over.select_for_update(of=("self",), skip_locked=True).select_related("person").order_by("pk"))
    standings = SeatStanding.objects.in_bulk([ask.seat_id for ask in found])
    for ask in found:
        standing = standings[ask.seat_id]
        taken = is_taken(AskKind(ask.kind), state=standing.state, seen_at=standing.seen_at, now=now)
        if ask.status == AskStatus.AGREED:
            purpose = "relays.stand_in_not_needed" if taken else "relays.stand_in_unconfirmed"
            messaging.queue_message(purpose, person=ask.person, about_id=ask.pk, now=now)
        if ask.status == AskStatus.AGREED or taken:  # the second: it left in the very moment in which somebody got the seat
            take_back(ask, now=now)
            continue
        ask.status, ask.answered_at = AskStatus.LAPSED, now
        ask.save(update_fields=["status", "answered_at"])
        journal.record("seat_ask.lapsed", subject=ask, at=now, seat_id=ask.seat_id)
    return len(found)


def take_back(ask: SeatAsk, *, now: datetime, by: User | None = None) -> None:
    """Close a locked question that needs no answer any more; nobody rests after it. Facts: seat_ask.retracted."""
    ask.status, ask.answered_at = AskStatus.TAKEN_BACK, now
    ask.save(update_fields=["status", "answered_at"])
    if ask.sent_at is None and ask.step_id:  # nobody was asked: the step says one fewer, or goes
        FillingStep.objects.filter(pk=ask.step_id, count__gt=0).update(count=F("count") - 1)
        FillingStep.objects.filter(pk=ask.step_id, count=0).delete()
    journal.record("seat_ask.retracted", subject=ask, at=now, actor_id=by.pk if by else None, seat_id=ask.seat_id)


def _insert(ask: SeatAsk) -> SeatAsk | None:
    """Write the question down; None when the person is asked already: the database says so."""
    try:
        with transaction.atomic():
            ask.save(force_insert=True)
    except IntegrityError:
        return None
    return ask
