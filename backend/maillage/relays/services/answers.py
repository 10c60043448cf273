"""What people answer who were asked for a seat, and what an organiser makes of a yes."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.kernel.errors import Conflict, Invalid, NotFound
from maillage.messaging import services as messaging
from maillage.people import services as people
from maillage.people.domain import Channel, words_changed
from maillage.people.models import ConsentState
from maillage.people.selectors import wording_in_force
from maillage.relays.domain import APPLICANT_CONTACT, SIGN_OF_LIFE, WAITING_APPLICATION, ApplicationStatus, SeatState, TermKind
from maillage.relays.domain.endings import TermEnding
from maillage.relays.domain.filling import ASKED_SOURCE, Answer, AskKind, AskStatus, is_taken
from maillage.relays.models import Application, SeatAsk, SeatStanding, Term
from maillage.relays.selectors.quiet import with_seen
from maillage.relays.selectors.terms import is_relay
from maillage.relays.services.applications import check_open
from maillage.relays.services.asks import PURPOSES, take_back, tell_organisers
from maillage.relays.services.clocks import start_clock
from maillage.relays.services.terms import end_term, note_sign_of_life, open_term

_NOES = {Answer.NO: AskStatus.DECLINED, Answer.NEVER: AskStatus.DECLINED, Answer.NOT_ME: AskStatus.PASSED_ON}


def answer_ask(
    *, ask_id: UUID, answer: Answer, now: datetime, agrees_to_contact: bool = False, read: Mapping[str, str] | None = None
) -> SeatAsk:
    """Keep what somebody answers, by the link of the mail or signed in. Safe to repeat with the same answer.

    A volunteer's yes becomes an application for that seat, with its consent and its 48 hours; a neighbour's yes waits for
    an organiser's confirmation, and whoever asked is told, or the nearest organisers where they organise the place no more.
    No: nobody asks again for 60 days; never: nobody asks again.
    A yes to a seat that somebody else got takes the question back, and they may be asked for another one at once; one to a
    network that takes no applications any more changes nothing, nor does that of a neighbour who is no relay any more.
    `read`: by box, the version of the wording that the page showed.
    Facts: seat_ask.answered, and those of the application; or seat_ask.retracted.
    Raises: NotFound, Invalid (`agrees_to_contact`), Conflict (`ask_over`, `network_closed`, `no_relay`).
    """
    with transaction.atomic():
        ask = _locked(ask_id)
        kind = AskKind(ask.kind)
        agreed = AskStatus.CONFIRMED if kind == AskKind.VOLUNTEER else AskStatus.AGREED
        wanted = agreed if answer == Answer.YES else _NOES[answer]
        if ask.status == wanted or (ask.status == AskStatus.TAKEN_BACK and answer == Answer.YES and _is_taken(ask, now=now)):
            return ask
        if ask.status != AskStatus.WAITING or ask.ends_at <= now:
            raise Conflict(_("This question was already answered, or is over. Nothing was changed."), code="ask_over")
        if answer == Answer.YES:
            if _is_taken(ask, now=now):
                take_back(ask, now=now)
                return ask
            if kind == AskKind.VOLUNTEER:
                _apply(ask, agrees_to_contact=agrees_to_contact, read=read, now=now)
            elif not is_relay(ask.person_id):
                raise Conflict(_("You hold no seat as a relay any more, so you stand in for nobody. Nothing was changed."), code="no_relay")
            else:
                tell_organisers("relays.stand_in_agreed", ask, now=now)
        if answer == Answer.NEVER:
            _never_again(ask, now=now)
        ask.status, ask.answered_at = wanted, now
        ask.save(update_fields=["status", "answered_at"])
        if kind == AskKind.STAND_IN:
            note_sign_of_life(person_id=ask.person_id, now=now)
        journal.record("seat_ask.answered", subject=ask, at=now, seat_id=ask.seat_id, person_id=ask.person_id, answer=str(answer))
    return ask


def confirm_stand_in(*, ask_id: UUID, by: User, now: datetime) -> Term | None:
    """Let a neighbour who said yes stand in: their term for this seat opens beside their own. Safe to repeat.

    Whoever stood in there and gave no sign of life for 60 days stands in no more, and is told. The other neighbours who
    are asked for this seat need not answer any more. Of two organisers who confirm two neighbours
    at once, one does. Where the relay of the place is back meanwhile, nobody stands in: the question is taken back, its
    neighbour is told, and who stands in already goes on. Returns None when it was done already.
    Facts: term.opened, seat_ask.confirmed, and of who was silent term.ended; or seat_ask.retracted.
    Raises: NotFound, Conflict (`ask_over`, `no_relay`: they hold no seat of their own any more, `seat_filled`, `seat_taken`).
    """
    with transaction.atomic():
        ask = _locked(ask_id)
        if ask.kind != AskKind.STAND_IN:
            raise NotFound(code="ask_unknown")
        if ask.status == AskStatus.CONFIRMED:
            return None
        if ask.status != AskStatus.AGREED:
            raise Conflict(_("They have not said yes, or it is over."), code="ask_over")
        if not is_relay(ask.person_id):
            raise Conflict(_("They hold no seat as a relay any more, so they stand in for nobody. Ask somebody else."), code="no_relay")
        is_filled = SeatStanding.objects.filter(seat_id=ask.seat_id, state=SeatState.FILLED).exists()
        if is_filled:
            messaging.queue_message("relays.stand_in_not_needed", person=ask.person, about_id=ask.pk, now=now)
            take_back(ask, now=now, by=by)
        else:
            term = _let_stand_in(ask, by=by, now=now)
    if is_filled:
        raise Conflict(_("The relay of this place is back: nobody needs to stand in, and the neighbour is told so."), code="seat_filled")
    return term


def set_aside_stand_in(*, ask_id: UUID, by: User, now: datetime) -> SeatAsk:
    """Thank a neighbour who said yes, and do without; they are told. Safe to repeat.

    Facts: seat_ask.retracted.  Raises: NotFound, Conflict (`ask_over`).
    """
    with transaction.atomic():
        ask = _locked(ask_id)
        if ask.kind != AskKind.STAND_IN:
            raise NotFound(code="ask_unknown")
        if ask.status == AskStatus.TAKEN_BACK:
            return ask
        if ask.status != AskStatus.AGREED:
            raise Conflict(_("They have not said yes, or it is over."), code="ask_over")
        ask.status = AskStatus.TAKEN_BACK
        ask.save(update_fields=["status"])
        messaging.queue_message("relays.stand_in_not_needed", person=ask.person, about_id=ask.pk, now=now)
        journal.record("seat_ask.retracted", subject=ask, at=now, actor_id=by.pk, seat_id=ask.seat_id)
    return ask


def _is_taken(ask: SeatAsk, *, now: datetime) -> bool:
    standing = SeatStanding.objects.get(seat_id=ask.seat_id)
    return is_taken(AskKind(ask.kind), state=standing.state, seen_at=standing.seen_at, now=now)


def _let_stand_in(ask: SeatAsk, *, by: User, now: datetime) -> Term:
    """Open the term of a neighbour who said yes, in the place of whoever stands in and is silent."""
    _end_silent_stand_in(ask.seat_id, by=by, now=now)
    term = open_term(seat=ask.seat, person=ask.person, kind=TermKind.STAND_IN, now=now, by=by)
    ask.status = AskStatus.CONFIRMED
    ask.save(update_fields=["status"])
    messaging.queue_message("relays.welcome", person=ask.person, about_id=term.pk, now=now)
    journal.record("seat_ask.confirmed", subject=ask, at=now, actor_id=by.pk, seat_id=ask.seat_id, person_id=ask.person_id)
    return term


def _end_silent_stand_in(seat_id: UUID, *, by: User, now: datetime) -> None:
    """End the term of whoever stands in and gave no sign of life for 60 days; the row is locked before it is judged."""
    running = with_seen(Term.objects.filter(seat=seat_id, kind=TermKind.STAND_IN, ends_at=None))
    silent = running.filter(Q(("seen__lt", now - SIGN_OF_LIFE))).select_for_update(of=("self",)).first()
    if silent is not None:
        end_term(term_id=silent.pk, by=by, now=now, ending=TermEnding.ENDED_BY_ORGANISER)


def _apply(ask: SeatAsk, *, agrees_to_contact: bool, read: Mapping[str, str] | None, now: datetime) -> None:
    check_open(SeatStanding.objects.select_related("network").get(seat_id=ask.seat_id), now=now)
    if not agrees_to_contact:
        raise Invalid(fields={"agrees_to_contact": [_("We can only call you if you agree to it.")]})
    wording = wording_in_force(APPLICANT_CONTACT.purpose)
    if changed := words_changed(read, {"agrees_to_contact": wording}):
        raise Invalid(fields=changed)
    if Application.objects.filter(seat=ask.seat_id, person=ask.person_id, status__in=WAITING_APPLICATION).exists():
        return
    application = Application(
        seat=ask.seat,
        person=ask.person,
        status=ApplicationStatus.SUBMITTED,
        consent_wording=wording.version,
        created_at=now,
        confirmed_at=now,
    )
    try:
        with transaction.atomic():
            application.save(force_insert=True)
    except IntegrityError:
        return  # they asked for it by the form in the same moment: that one waits
    people.record_consent(
        person_id=ask.person_id,
        purpose=APPLICANT_CONTACT.purpose,
        channel=Channel.EMAIL,
        wording=wording.version,
        source=ASKED_SOURCE,
        now=now,
    )
    start_clock(application, now=now)


def _never_again(ask: SeatAsk, *, now: datetime) -> None:
    purpose = PURPOSES[AskKind(ask.kind)]
    given = set(ConsentState.objects.filter(person=ask.person_id, purpose=purpose, is_given=True).values_list("channel", flat=True))
    for channel in sorted(given | {Channel.EMAIL}):
        people.withdraw_consent(person_id=ask.person_id, purpose=purpose, channel=Channel(channel), source=ASKED_SOURCE, now=now)


def _locked(ask_id: UUID) -> SeatAsk:
    """Lock who is asked, then the seats that they hold, before what they are asked, as an erasure and whatever ends a term do."""
    person_id = SeatAsk.objects.filter(pk=ask_id).values_list("person_id", flat=True).first()
    if person_id is None:
        raise NotFound(code="ask_unknown")
    people.lock_standing(person_id)
    held = Term.objects.filter(person__seat_asks=ask_id, kind=TermKind.RELAY, ends_at__isnull=True)
    list(held.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    asks = SeatAsk.objects.select_for_update(of=("self",)).select_related("seat__area", "person", "asked_by__person")
    ask = asks.filter(pk=ask_id).first()
    if ask is None:
        raise NotFound(code="ask_unknown")
    return ask
