"""A facilitator and a buddy for each newcomer: offered, never imposed, and both sides say yes before they know of each other.

Locks are taken in one order: the newcomer's term, the welcome of the companion, then the row between the two.
"""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.kernel.daytime import by_day
from maillage.kernel.errors import Conflict, Invalid, NotFound
from maillage.messaging import services as messaging
from maillage.people.models import ContactPoint
from maillage.relays.domain import ANSWERED_WITHIN, OPEN_COMPANION, STANDING, TAKEN_COMPANION, CompanionKind, CompanionStatus
from maillage.relays.models import Companion, Term, Welcome
from maillage.relays.selectors.welcomes import Candidate, candidates, is_away, may_welcome_as
from maillage.relays.services.calls import pass_calls_on

SCARCEST_FIRST = (CompanionKind.BUDDY, CompanionKind.FACILITATOR)
"""Few live next door, and whoever does is not spent on what others could be."""

_CLOSED = {
    CompanionStatus.PASSED: "companion.passed",
    CompanionStatus.REFUSED: "companion.refused",
    CompanionStatus.UNANSWERED: "companion.unanswered",
}
"""Which fact says how an offer or a question came to nothing."""


def offer_companions(*, term_id: UUID, now: datetime) -> list[Companion]:
    """Offer a newcomer a facilitator and a buddy where somebody agreed beforehand, and tell them by one mail; return the offers.

    Whoever held a seat for six weeks before is no newcomer. Safe to repeat. Facts: companion.offered, each.
    """
    with transaction.atomic():
        term = Term.objects.select_for_update(of=("self",)).select_related("seat__area", "person").filter(pk=term_id).first()
        if term is None or term.ends_at is not None or _knows_the_ropes(term, now=now):
            return []
        offers = [offer for kind in SCARCEST_FIRST if not _is_tried(term, kind) and (offer := _offer_next(term, kind, now=now))]
        if offers:
            messaging.queue_message("relays.companions_offered", person=term.person, about_id=term.pk, now=now)
    return offers


def ask_for_companion(*, term_id: UUID, kind: CompanionKind, now: datetime) -> Companion:
    """Look for a facilitator or a buddy because the newcomer asks for one, whatever they answered before.

    Facts: companion.offered.  Raises: NotFound, Conflict (`companion_exists`, `nobody_left`).
    """
    with transaction.atomic():
        term = _running(term_id)
        if Companion.objects.filter(term=term, kind=kind, status__in=OPEN_COMPANION).exists():
            raise Conflict(_("There is one already."), code="companion_exists")
        offer = _offer_next(term, kind, now=now)
    if offer is None:
        raise Conflict(
            _("Nobody else near you has a place left at the moment. Your organiser sees that you look for somebody."), code="nobody_left"
        )
    return offer


def propose_companion(*, term_id: UUID, kind: CompanionKind, person_id: UUID, by: User, now: datetime) -> Companion:
    """Offer a newcomer somebody whom their organiser chose among those who agreed; an offer, or a question that waits, makes room.

    Whoever was asked already is told that nothing is asked of them any more.
    Facts: companion.passed, companion.offered.  Raises: NotFound, Invalid (person), Conflict (`companion_exists`).
    """
    with transaction.atomic():
        term = _running(term_id)
        chosen = next((each for each in candidates(term, kind, now=now) if each.person_id == person_id), None)
        if chosen is None:
            raise Invalid(fields={"person": [_("They did not agree to this, or have no place left.")]})
        open_one = Companion.objects.select_for_update().filter(term=term, kind=kind, status__in=OPEN_COMPANION).first()
        if open_one is not None and open_one.status == CompanionStatus.RUNNING:
            raise Conflict(_("There is one already."), code="companion_exists")
        if open_one is not None:
            _close(open_one, CompanionStatus.PASSED, now=now)
        offer = _offer(term, kind, chosen, by=by, now=now)
        messaging.queue_message("relays.companions_offered", person=term.person, about_id=offer.pk, now=now)
    return offer


def say_yes(*, companion_id: UUID, contact_id: UUID, now: datetime) -> Companion:
    """The newcomer says yes, and by which contact they may be reached; the companion is asked by mail and on their page.

    Of two who want the last place at once, one has it; the other is offered somebody else. Safe to repeat.
    Facts: companion.asked, or companion.refused and companion.offered.
    Raises: NotFound, Invalid (contact), Conflict (`companion_closed`, `place_taken`).
    """
    with transaction.atomic():
        companion, welcome = _locked(companion_id)
        if companion.status in TAKEN_COMPANION:
            return companion
        _must_be(companion, CompanionStatus.OFFERED)
        contact = ContactPoint.objects.filter(pk=contact_id, person_id=companion.term.person_id, verified_at__isnull=False).first()
        if contact is None:
            raise Invalid(fields={"contact": [_("Choose one of your confirmed contacts.")]})
        has_place = welcome is not None and welcome.places > _taken(welcome)
        if has_place:
            companion.status, companion.asked_at, companion.newcomer_contact = CompanionStatus.ASKED, now, contact
            companion.save(update_fields=["status", "asked_at", "newcomer_contact"])
            messaging.queue_message("relays.companion_asked", person=companion.person, about_id=companion.pk, now=now)
            _record("companion.asked", companion, now=now)
        else:
            _close(companion, CompanionStatus.REFUSED, now=now)
            _offer_next(companion.term, CompanionKind(companion.kind), now=now)
    if not has_place:
        raise Conflict(_("Their last place has just been taken. Where somebody else has one, you see them here."), code="place_taken")
    return companion


def accept_newcomer(*, companion_id: UUID, now: datetime) -> Companion:
    """The companion says yes too: from now on both see each other's first name and chosen contact, and are told by mail.

    Safe to repeat. Facts: companion.agreed.  Raises: NotFound, Conflict (`companion_closed`).
    """
    with transaction.atomic():
        companion, welcome = _locked(companion_id)
        if companion.status == CompanionStatus.RUNNING:
            return companion
        _must_be(companion, CompanionStatus.ASKED)
        if welcome is None:
            raise closed()
        companion.status, companion.agreed_at = CompanionStatus.RUNNING, now
        companion.save(update_fields=["status", "agreed_at"])
        for person in (companion.term.person, companion.person):
            messaging.queue_message("relays.companion_agreed", person=person, about_id=companion.pk, now=now)
        _record("companion.agreed", companion, now=now)
    return companion


def pass_on(*, companion_id: UUID, wants_another: bool, now: datetime) -> Companion | None:
    """The newcomer wants somebody else, or nobody; nobody is told, since nobody knew, but for one who was asked already.

    Return who is offered next, None where nobody is. Facts: companion.passed, companion.offered.
    Raises: NotFound, Conflict (`companion_closed`).
    """
    with transaction.atomic():
        companion, _welcome = _locked(companion_id)
        _must_be(companion, CompanionStatus.OFFERED, CompanionStatus.ASKED)
        _close(companion, CompanionStatus.PASSED, now=now)
        return _offer_next(companion.term, CompanionKind(companion.kind), now=now) if wants_another else None


def refuse_newcomer(*, companion_id: UUID, now: datetime) -> None:
    """The companion says no, without a reason; the newcomer is offered somebody else, and not told who said no.

    Facts: companion.refused, companion.offered.  Raises: NotFound, Conflict (`companion_closed`).
    """
    with transaction.atomic():
        companion, _welcome = _locked(companion_id)
        _must_be(companion, CompanionStatus.ASKED)
        _close(companion, CompanionStatus.REFUSED, now=now)
        offer = _offer_next(companion.term, CompanionKind(companion.kind), now=now)
        about_id = offer.pk if offer else companion.pk
        messaging.queue_message("relays.companions_offered", person=companion.term.person, about_id=about_id, now=now)


def lapse_unanswered(*, now: datetime) -> int:
    """Close the questions that a companion left unanswered for a week, or is away from; say how many. Safe to repeat.

    By day of the newcomer, who is told, and offered somebody else where anybody has a place left.
    Facts: companion.unanswered, companion.offered, each.
    """
    due = [each for each in _unanswered(now=now).order_by("pk") if by_day(now, each.term.seat.area.time_zone) == now]
    return sum(_lapse(each, now=now) for each in due)


def end_companion(*, companion_id: UUID, by_newcomer: bool, now: datetime) -> Companion:
    """Either side ends it, without a reason; the other is told, and sees nothing of them any more. Safe to repeat.

    Facts: companion.ended.  Raises: NotFound, Conflict (`companion_closed`).
    """
    with transaction.atomic():
        companion, _welcome = _locked(companion_id)
        if companion.status == CompanionStatus.ENDED:
            return companion
        _must_be(companion, CompanionStatus.RUNNING)
        _end(companion, told_newcomer=not by_newcomer, told_companion=by_newcomer, now=now)
    return companion


def end_with_term(*, term: Term, now: datetime) -> None:
    """End what a term that ends brought: its holder's companions, and those whom they accompany and may welcome no more.

    Inside the caller's transaction. Facts: companion.ended, companion.passed, each.
    """
    own = Companion.objects.select_for_update(of=("self",)).filter(term=term, status__in=OPEN_COMPANION)
    for companion in own.select_related("term__person", "person").order_by("pk"):
        if companion.status == CompanionStatus.RUNNING:
            _end(companion, told_newcomer=False, told_companion=True, now=now)
        else:
            _close(companion, CompanionStatus.PASSED, now=now)
    if not may_welcome_as(term.person_id, now=now):
        stop_accompanying(person_id=term.person_id, now=now)


def stop_accompanying(*, person_id: UUID, now: datetime) -> None:
    """End all that a person does as a companion; newcomers who had said yes are told, those who wait for an answer too.

    Facts: companion.ended, companion.refused, companion.offered, each.
    """
    lock_newcomers(open_with(person_id))
    theirs = open_with(person_id).select_for_update(of=("self",))
    for companion in theirs.select_related("term__seat__area", "term__person", "person").order_by("pk"):
        if companion.status == CompanionStatus.RUNNING:
            _end(companion, told_newcomer=True, told_companion=False, now=now)
        else:
            was_asked = companion.status == CompanionStatus.ASKED
            _close(companion, CompanionStatus.REFUSED, now=now)
            offer = _offer_next(companion.term, CompanionKind(companion.kind), now=now)
            if was_asked:
                purpose = "relays.companions_offered" if offer else "relays.companion_unanswered"
                messaging.queue_message(purpose, person=companion.term.person, about_id=offer.pk if offer else companion.pk, now=now)


def closed() -> Conflict:
    """Say that a companion is not, or no more, what the answer supposes."""
    return Conflict(_("This has changed meanwhile. Nothing was done."), code="companion_closed")


def _knows_the_ropes(term: Term, *, now: datetime) -> bool:
    return (
        now - term.starts_at >= STANDING
        or Term.objects.filter(person=term.person_id, starts_at__lte=term.starts_at - STANDING).exclude(pk=term.pk).exists()
    )


def _is_tried(term: Term, kind: CompanionKind) -> bool:
    return Companion.objects.filter(term=term, kind=kind).exists()


def _offer_next(term: Term, kind: CompanionKind, *, now: datetime) -> Companion | None:
    best = next(iter(candidates(term, kind, now=now)), None)
    return _offer(term, kind, best, by=None, now=now) if best else None


def _offer(term: Term, kind: CompanionKind, chosen: Candidate, *, by: User | None, now: datetime) -> Companion:
    try:
        with transaction.atomic():
            companion = Companion.objects.create(
                term=term, kind=kind, person_id=chosen.person_id, place=chosen.place, proposed_by=by, offered_at=now
            )
    except IntegrityError:
        raise Conflict(_("There is one already."), code="companion_exists") from None
    _record("companion.offered", companion, now=now, by=by)
    return companion


def _unanswered(*, now: datetime) -> QuerySet[Companion]:
    """The questions whose companion has had a week, or pauses, or was silent themself for 60 days."""
    late = Q(asked_at__lte=now - ANSWERED_WITHIN) | is_away("person_id", now=now)
    return Companion.objects.filter(late, status=CompanionStatus.ASKED, term__ends_at=None).select_related("term__seat__area")


def _lapse(found: Companion, *, now: datetime) -> bool:
    with transaction.atomic():
        companion, _welcome = _locked(found.pk)
        if not _unanswered(now=now).filter(pk=companion.pk).exists():
            return False
        _close(companion, CompanionStatus.UNANSWERED, now=now)
        _offer_next(companion.term, CompanionKind(companion.kind), now=now)
        messaging.queue_message("relays.companion_unanswered", person=companion.term.person, about_id=companion.pk, now=now)
    return True


def lock_newcomers(companions: QuerySet[Companion]) -> None:
    """Lock the newcomers' terms before all else, as whatever ends them does: the next offers are written for them."""
    terms = Term.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=companions.values("term_id"))
    list(terms.order_by("pk").values_list("pk"))


def open_with(person_id: UUID) -> QuerySet[Companion]:
    """Whom a person accompanies, is asked for or offered to."""
    return Companion.objects.filter(person=person_id, status__in=OPEN_COMPANION)


def _locked(companion_id: UUID) -> tuple[Companion, Welcome | None]:
    """Lock the newcomer's term, the companion's welcome, then the row between the two; the welcome is None where it was taken back."""
    person_id = Companion.objects.filter(pk=companion_id).values_list("person_id", flat=True).first()
    if person_id is None:
        raise NotFound(code="companion_unknown")
    lock_newcomers(Companion.objects.filter(pk=companion_id))
    welcome = Welcome.objects.select_for_update().filter(person_id=person_id, ended_at=None).first()
    rows = Companion.objects.select_for_update(of=("self",)).select_related("term__seat__area", "term__person", "person")
    return rows.get(pk=companion_id), welcome


def _taken(welcome: Welcome) -> int:
    return Companion.objects.filter(person=welcome.person_id, status__in=TAKEN_COMPANION).count()


def _must_be(companion: Companion, *statuses: CompanionStatus) -> None:
    if companion.status not in statuses or companion.term.ends_at is not None:
        raise closed()


def _running(term_id: UUID) -> Term:
    term = Term.objects.select_for_update(of=("self",)).select_related("seat__area", "person").filter(pk=term_id, ends_at=None).first()
    if term is None:
        raise NotFound(code="term_unknown")
    return term


def _close(companion: Companion, status: CompanionStatus, *, now: datetime) -> None:
    was_asked = companion.status == CompanionStatus.ASKED and status == CompanionStatus.PASSED
    companion.status, companion.ended_at = status, now
    companion.save(update_fields=["status", "ended_at"])
    if was_asked:
        messaging.queue_message("relays.companion_ended", person=companion.person, about_id=companion.pk, now=now)
    _record(_CLOSED[status], companion, now=now)


def _end(companion: Companion, *, told_newcomer: bool, told_companion: bool, now: datetime) -> None:
    companion.status, companion.ended_at = CompanionStatus.ENDED, now
    companion.save(update_fields=["status", "ended_at"])
    pass_calls_on(term_id=companion.term_id, caller_id=companion.person_id, now=now)
    for is_told, person in ((told_newcomer, companion.term.person), (told_companion, companion.person)):
        if is_told and person.erased_at is None:
            messaging.queue_message("relays.companion_ended", person=person, about_id=companion.pk, now=now)
    _record("companion.ended", companion, now=now)


def _record(fact: str, companion: Companion, *, now: datetime, by: User | None = None) -> None:
    journal.record(fact, subject=companion, at=now, actor_id=by.pk if by else None, term_id=companion.term_id, kind=str(companion.kind))
