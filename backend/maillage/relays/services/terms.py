"""Holding a seat: terms opened and ended together with the grant that they give (decision 10)."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts import services as accounts
from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.kernel.errors import Conflict, NotFound
from maillage.messaging import services as messaging
from maillage.messaging.services.recipients import recipient_of
from maillage.people import services as people
from maillage.people.models import Person
from maillage.people.selectors import ladder
from maillage.relays.domain import SeatState, TermKind
from maillage.relays.domain.endings import TermEnding
from maillage.relays.models import Application, Seat, SeatStanding, Term
from maillage.relays.selectors.terms import is_relay
from maillage.relays.services.answering import pass_conversations_on
from maillage.relays.services.asks import take_back_asks_of_neighbour, take_back_asks_of_seat
from maillage.relays.services.calls import close_settled_calls
from maillage.relays.services.companions import end_with_term
from maillage.relays.services.eligibility import assert_may_hold
from maillage.relays.services.endings import settle_hand_over
from maillage.relays.services.photos import end_photo_with_term

ROLES = {TermKind.RELAY: Role.RELAY, TermKind.STAND_IN: Role.STAND_IN}

LEFT = "relays.seat_left"
_UNASKED = (TermEnding.STEPPED_DOWN, TermEnding.ERASED)
"""Ended by nobody who organises: the nearest organisers hear of it."""
_TOLD = {TermEnding.ENDED_BY_ORGANISER: "relays.term_ended", TermEnding.RELAY_CAME: "relays.relay_came"}
"""Which mail tells a holder that their term has ended; of any other ending they know, or another mail says it."""


def open_term(
    *, seat: Seat, person: Person, kind: TermKind, now: datetime, by: User | None, application: Application | None = None
) -> Term:
    """Seat a person: the term, their account where they have an e-mail address, and their grant, all or nothing.

    Whoever stands in does so until somebody takes the seat: a relay's term ends theirs, and they are thanked and told.
    Who else is asked for the seat need not answer any more.
    Facts: term.opened, seat_ask.retracted, and of whoever stood in term.ended.
    Raises: Conflict (`seat_taken`) when somebody was faster, where the database has the last word; (`charter_missing`,
    `qualification_missing`) when they may not hold it yet.
    """
    with transaction.atomic():
        person = Person.objects.get(pk=people.lock_standing(person.pk).pk)
        assert_may_hold(person_id=person.pk, network_id=seat.network_id, now=now)
        term = _insert(Term(seat=seat, person=person, kind=kind, application=application, starts_at=now, seen_at=now))
        user = people.give_account(person_id=person.pk, now=now)
        if user is not None:
            accounts.grant_role(user=user, role=ROLES[kind], area=seat.area, origin=f"term:{term.pk}", now=now)
        take_back_asks_of_seat(seat_id=seat.pk, kind=kind, now=now, by=by)
        journal.record(
            "term.opened",
            subject=term,
            at=now,
            actor_id=by.pk if by else None,
            seat_id=seat.pk,
            area_id=seat.area_id,
            person_id=person.pk,
            kind=str(kind),
        )
        if kind == TermKind.RELAY:
            _end_standing_in(term, by=by, now=now)
    return term


def end_term(*, term_id: UUID, by: User | None, now: datetime, ending: TermEnding | None = None) -> Term:
    """End a term now, and the grant that it gave in the same transaction.

    Its holder is told when somebody else ended it; the nearest organisers but its holder when they left, or were forgotten.

    With the grant go the sessions of whoever held it, and what their browsers keep: what they read as its holder is not
    read on from one that was left open. Their notes go along or are forgotten; a photo goes with the last seat. What was
    written to the place and waits goes to whoever answers now, which whoever hands over does once the next person is seated. Who is
    no relay any more stands in nowhere by an earlier yes.
    `ending` is said by who hands over, and of a stand-in where a relay took the seat; else it follows from `by`: without one
    it ends because its holder is forgotten, and nobody is told.
    Safe to repeat. Facts: term.ended, seat_ask.retracted.  Raises: NotFound.
    """
    with transaction.atomic():
        term = Term.objects.select_for_update(of=("self",)).select_related("seat", "person").filter(pk=term_id).first()
        if term is None:
            raise NotFound(code="term_unknown")
        if term.ends_at is not None:
            return term
        term.ends_at, term.ending = max(now, term.starts_at), ending or _ending(term, by=by)
        term.save(update_fields=["ends_at", "ending"])
        accounts.end_grants(origin=f"term:{term.pk}", now=now)
        end_with_term(term=term, now=now)
        settle_hand_over(term, by=by, now=now)
        if term.ending != TermEnding.HANDED_OVER:
            pass_conversations_on(seat_id=term.seat_id, person_id=term.person_id, now=now)
        if not is_relay(term.person_id):
            take_back_asks_of_neighbour(person_id=term.person_id, now=now, by=by)
        end_photo_with_term(person_id=term.person_id, now=now)
        if purpose := _TOLD.get(TermEnding(term.ending)):
            messaging.queue_message(purpose, person=term.person, about_id=term.pk, now=now)
        if term.ending in _UNASKED:
            nearest = ladder(term.seat.area_id, now=now, without=[term.person.user_id])[:1]
            told = [recipient_of(user, about_id=term.pk) for rung in nearest for user in rung.organisers]
            messaging.queue_messages(LEFT, told, now=now)
        journal.record(
            "term.ended",
            subject=term,
            at=now,
            actor_id=by.pk if by else None,
            seat_id=term.seat_id,
            person_id=term.person_id,
            kind=str(term.kind),
            ending=str(term.ending),
        )
    return term


def end_outlived_stand_in(*, seat_id: UUID, now: datetime) -> None:
    """End the term of whoever stood in at a seat before its relay began, when that ended nothing yet, as `open_term` does.

    They are told, however long ago that was: what ends today is what they read, and their sessions. Whoever began later
    covers a pause or a silence of that relay and stays, as does whoever covers one now: organisers see both, and end either.
    Safe to repeat. Facts: term.ended.
    """
    with transaction.atomic():
        terms = Term.objects.select_for_update(of=("self",)).filter(seat_id=seat_id, ends_at__isnull=True).order_by("pk")
        held = {term.kind: term for term in terms}
        relay, standing_in = held.get(TermKind.RELAY), held.get(TermKind.STAND_IN)
        if relay is None or standing_in is None or standing_in.starts_at >= relay.starts_at:
            return
        if SeatStanding.objects.filter(seat_id=seat_id, state=SeatState.FILLED).exists():
            _end_standing_in(relay, by=None, now=now)


def note_sign_of_life(*, person_id: UUID, now: datetime) -> None:
    """Keep that a holder answered or reported: their seats stay filled for 60 days more (decision 18)."""
    with transaction.atomic():
        Term.objects.filter(person_id=person_id, ends_at__isnull=True, seen_at__lt=now).update(seen_at=now)
        user_id = Person.objects.filter(pk=person_id).values_list("user_id", flat=True).first()
        if user_id:
            accounts.note_sign_of_life(user_id=user_id, now=now)
        close_settled_calls(now=now, person_id=person_id)


def _ending(term: Term, *, by: User | None) -> TermEnding:
    if by is None:
        return TermEnding.ERASED
    return TermEnding.STEPPED_DOWN if term.person.user_id == by.pk else TermEnding.ENDED_BY_ORGANISER


def _end_standing_in(begun: Term, *, by: User | None, now: datetime) -> None:
    """End the term of whoever stands in where a relay's has begun: the relay themself, or somebody who is thanked."""
    standing_in = Term.objects.filter(seat_id=begun.seat_id, kind=TermKind.STAND_IN, ends_at__isnull=True).first()
    if standing_in is not None:
        is_same = standing_in.person_id == begun.person_id
        end_term(term_id=standing_in.pk, by=by, now=now, ending=TermEnding.BECAME_RELAY if is_same else TermEnding.RELAY_CAME)


def _insert(term: Term) -> Term:
    try:
        with transaction.atomic():
            term.save(force_insert=True)
    except IntegrityError:
        raise seat_taken(term.seat_id, kind=TermKind(term.kind)) from None
    return term


def seat_taken(seat_id: UUID, *, kind: TermKind) -> Conflict:
    """Say who was faster: the organiser who seated the running holder, where it is known."""
    term = Term.objects.select_related("application__decided_by__person").filter(seat_id=seat_id, kind=kind, ends_at__isnull=True).first()
    decided_by = term.application.decided_by if term and term.application else None
    return taken_by(decided_by, code="seat_taken", otherwise=_("Somebody holds this seat. End that term first."))


def taken_by(decider: User | None, *, code: str, otherwise: str) -> Conflict:
    """Make a Conflict that names the organiser who decided first."""
    person = getattr(decider, "person", None)
    name = person.full_name if person else ""
    if not name:
        return Conflict(otherwise, code=code)
    return Conflict(_("%(name)s was faster and has already decided. Nothing was changed.") % {"name": name}, code=code, decided_by=name)
