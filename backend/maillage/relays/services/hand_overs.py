"""A seat passes from one person to the next: begun by its holder, done by an organiser, or by the day that was chosen."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.kernel.dates import day_in
from maillage.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from maillage.messaging import services as messaging
from maillage.messaging.domain import Recipient
from maillage.messaging.services.recipients import recipient_of
from maillage.people.selectors import ladder
from maillage.relays.domain import TermKind
from maillage.relays.domain.endings import TermEnding
from maillage.relays.domain.handing_over import LONGEST_AHEAD, HandOverStatus
from maillage.relays.models import HandOver, Term
from maillage.relays.selectors.successors import Successor, successors
from maillage.relays.services.answering import pass_conversations_on
from maillage.relays.services.decisions import approve_application
from maillage.relays.services.terms import end_term, open_term, taken_by

WORDS_MOST = 1000


def begin_hand_over(
    *,
    term_id: UUID,
    ends_on: date,
    by: User | None,
    now: datetime,
    successor_id: UUID | None = None,
    words: str = "",
    gives_notes: bool = False,
    by_link: bool = False,
) -> HandOver:
    """Say on which day a term is to end, and perhaps to whom the seat should pass; the nearest organisers are told.

    Begun by the holder (`by` is None where they have no account and answer from a mail), or by an organiser for one who
    asked by telephone; only the holder lets their notes go along. Whom somebody else may have done it for is told by a mail:
    an organiser, or whoever the mail with the link was forwarded to (`by_link`).
    Facts: hand_over.begun.
    Raises: NotFound, Invalid (ends_on, successor, words), Conflict (`term_ended`, `hand_over_under_way`).
    """
    with transaction.atomic():
        term = _locked_term(term_id)
        if term.ends_at is not None:
            raise Conflict(_("This term has ended."), code="term_ended")
        if HandOver.objects.filter(term=term, status=HandOverStatus.BEGUN).exists():
            raise Conflict(_("A hand-over of this seat is under way already. Take it back first."), code="hand_over_under_way")
        today = day_there(term, now=now)
        if not today <= ends_on <= today + LONGEST_AHEAD:
            raise Invalid(fields={"ends_on": [_("Choose today or a day within three months.")]})
        if len(words.strip()) > WORDS_MOST:
            raise Invalid(fields={"words": [_("At most 1,000 letters fit here.")]})
        is_own = by is None or term.person.user_id == by.pk
        found = HandOver.objects.create(
            term=term,
            ends_on=ends_on,
            gives_notes=gives_notes and is_own,
            successor_id=_chosen(term, successor_id).person_id if successor_id else None,
            words=words.strip(),
            begun_at=now,
            begun_by=by,
        )
        _tell_organisers("relays.hand_over_asked", found, but=by, now=now)
        if by_link or not is_own:
            messaging.queue_message("relays.hand_over_begun", person=term.person, about_id=found.pk, now=now)
        journal.record("hand_over.begun", subject=found, at=now, actor_id=by.pk if by else None, term_id=term.pk, seat_id=term.seat_id)
    return found


def take_back_hand_over(*, hand_over_id: UUID, by: User | None, now: datetime) -> HandOver:
    """Leave everything as it was; whoever did not do it is told. `by` is None as in `begin_hand_over`. Safe to repeat.

    Facts: hand_over.taken_back.  Raises: NotFound, Conflict (`hand_over_settled`).
    """
    with transaction.atomic():
        found = _locked(hand_over_id)
        if found.status == HandOverStatus.TAKEN_BACK:
            return found
        _must_be_under_way(found)
        found.status, found.settled_at, found.settled_by = HandOverStatus.TAKEN_BACK, now, by
        found.save(update_fields=["status", "settled_at", "settled_by"])
        _tell_organisers("relays.hand_over_taken_back", found, but=by, now=now)
        if by is not None and found.term.person.user_id != by.pk:
            messaging.queue_message("relays.hand_over_taken_back", person=found.term.person, about_id=found.pk, now=now)
        journal.record(
            "hand_over.taken_back",
            subject=found,
            at=now,
            actor_id=by.pk if by else None,
            term_id=found.term_id,
            seat_id=found.term.seat_id,
        )
    return found


def let_notes_go_along(*, hand_over_id: UUID, by: User, gives_notes: bool) -> HandOver:
    """Let one's notes of the seat go along to the next person, or keep them: only their author says it.

    Raises: NotFound, Forbidden (`not_your_notes`), Conflict (`hand_over_settled`).
    """
    with transaction.atomic():
        found = _locked(hand_over_id)
        if found.term.person.user_id != by.pk:
            raise Forbidden(_("Only who wrote the notes lets them go along."), code="not_your_notes")
        _must_be_under_way(found)
        found.gives_notes = gives_notes
        found.save(update_fields=["gives_notes"])
    return found


def complete_hand_over(*, hand_over_id: UUID, by: User, now: datetime, successor_id: UUID | None = None) -> Term | None:
    """End the term as handed over and seat who comes next, all or nothing; return their term, None where nobody does.

    The next person is the running stand-in, whose own term ends with it, or an applicant, who is appointed by it: account
    and grant open as with any term. Without one the seat is open, and the notes wait for whoever comes. What was written to the
    place and waits goes to whoever answers for it then.
    Of two organisers at once one succeeds, and the other reads who was faster.
    Facts: hand_over.completed, term.ended, and of the next person term.opened, application.approved.
    Raises: NotFound, Invalid (successor), Conflict (`hand_over_settled`, and what keeps the next person from a term).
    """
    with transaction.atomic():
        found = _locked(hand_over_id)
        _must_be_under_way(found)
        term = found.term
        successor = _chosen(term, successor_id) if successor_id else None
        end_term(term_id=term.pk, by=by, now=now, ending=TermEnding.HANDED_OVER)
        begun = _seat(successor, term=term, by=by, now=now) if successor else None
        pass_conversations_on(seat_id=term.seat_id, person_id=term.person_id, now=now)
        messaging.queue_message("relays.handed_over", person=term.person, about_id=found.pk, now=now)
        journal.record(
            "hand_over.completed",
            subject=found,
            at=now,
            actor_id=by.pk,
            term_id=term.pk,
            seat_id=term.seat_id,
            next_term_id=begun.pk if begun else None,
        )
    return begun


def end_handed_over(*, now: datetime) -> int:
    """End the terms whose last day is over where their seat is and nobody completed the hand-over; say how many.

    The seat is open then, and the notes wait for whoever comes. Facts: hand_over.completed, term.ended, each.
    """
    under_way = HandOver.objects.filter(status=HandOverStatus.BEGUN).select_related("term__seat__area").order_by("pk")
    due = [found.pk for found in under_way if found.ends_on < day_there(found.term, now=now)]
    return sum(_end_by_day(hand_over_id, now=now) for hand_over_id in due)


def day_there(term: Term, *, now: datetime) -> date:
    """The day that it is in the place of a term."""
    return day_in(now, term.seat.area.time_zone)


def _end_by_day(hand_over_id: UUID, *, now: datetime) -> bool:
    with transaction.atomic():
        found = _locked(hand_over_id)
        if found.status != HandOverStatus.BEGUN:
            return False
        end_term(term_id=found.term_id, by=None, now=now, ending=TermEnding.HANDED_OVER)
        pass_conversations_on(seat_id=found.term.seat_id, person_id=found.term.person_id, now=now)
        messaging.queue_message("relays.handed_over", person=found.term.person, about_id=found.pk, now=now)
        _tell_organisers("relays.seat_open", found, but=None, now=now)
        journal.record("hand_over.completed", subject=found, at=now, term_id=found.term_id, seat_id=found.term.seat_id)
    return True


def _seat(successor: Successor, *, term: Term, by: User, now: datetime) -> Term:
    """Open the next term in the place of one that has just ended."""
    kind = TermKind(term.kind)
    if successor.application_id is not None:
        return approve_application(application_id=successor.application_id, by=by, now=now, kind=kind)
    if successor.term_id is None:
        raise LookupError("who comes next stands in here or asked for the seat")
    standing_in = Term.objects.select_related("person").get(pk=successor.term_id)
    begun = open_term(seat=term.seat, person=standing_in.person, kind=kind, now=now, by=by)
    messaging.queue_message("relays.welcome", person=begun.person, about_id=begun.pk, now=now)
    return begun


def _chosen(term: Term, person_id: UUID) -> Successor:
    found = next((one for one in successors(term) if one.person_id == person_id), None)
    if found is None:
        raise Invalid(fields={"successor": [_("This person neither stands in here nor waits for an answer about this seat any more.")]})
    return found


def _locked_term(term_id: UUID) -> Term:
    """Lock the term before its hand-over, as whatever ends a term does."""
    term = Term.objects.select_for_update(of=("self",)).select_related("seat__area", "person").filter(pk=term_id).first()
    if term is None:
        raise NotFound(code="term_unknown")
    return term


def _locked(hand_over_id: UUID) -> HandOver:
    term_id = HandOver.objects.filter(pk=hand_over_id).values_list("term_id", flat=True).first()
    if term_id is None:
        raise NotFound(code="hand_over_unknown")
    term = _locked_term(term_id)
    found = HandOver.objects.select_for_update(of=("self",)).get(pk=hand_over_id)
    found.term = term
    return found


def _must_be_under_way(found: HandOver) -> None:
    if found.status == HandOverStatus.TAKEN_BACK:
        raise Conflict(_("This hand-over was taken back. Nothing was changed."), code="hand_over_settled")
    if found.status == HandOverStatus.DONE:
        raise taken_by(found.settled_by, code="hand_over_settled", otherwise=_("This hand-over is done. Nothing was changed."))


def _tell_organisers(purpose: str, found: HandOver, *, but: User | None, now: datetime) -> None:
    nearest = next(iter(ladder(found.term.seat.area_id, now=now)), None)
    told = nearest.organisers if nearest else ()
    to: list[Recipient] = [recipient_of(user, about_id=found.pk) for user in told if but is None or user.pk != but.pk]
    messaging.queue_messages(purpose, to, now=now)
