"""A relay pauses until a day: the seat counts as filled again when they are back (decision 18)."""

from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.kernel.dates import day_in
from maillage.kernel.daytime import by_day
from maillage.kernel.errors import Conflict, Invalid, NotFound
from maillage.messaging import services as messaging
from maillage.relays.domain import LONGEST_PAUSE, TermKind
from maillage.relays.models import Term
from maillage.relays.services.answering import pass_conversations_on
from maillage.relays.services.calls import pass_on_calls_of_who_is_away


def pause_term(*, term_id: UUID, until: date, by: User | None, now: datetime) -> Term:
    """Pause a relay's term until a day of the place, on which it resumes by itself; again with another day, that day holds.

    The holder keeps the seat and its grant; a stand-in covers it meanwhile, where there is one, else it shows as dormant.
    The friendly calls that they owe pass to who is next, and what was written to the place and waits to whoever answers now.
    Facts: term.paused.  Raises: NotFound, Invalid (until), Conflict (`term_ended`, `not_a_relay`).
    """
    with transaction.atomic():
        term = _running(term_id)
        if term.kind != TermKind.RELAY:
            raise Conflict(_("A stand-in does not pause: end the term, and somebody else stands in."), code="not_a_relay")
        today = _day_there(term, now=now)
        if not today < until <= today + LONGEST_PAUSE:
            raise Invalid(fields={"until": [_("Choose a day after today, within six months.")]})
        term.paused_at, term.paused_until = term.paused_at or now, until
        term.save(update_fields=["paused_at", "paused_until"])
        pass_on_calls_of_who_is_away(now=now, person_id=term.person_id)
        pass_conversations_on(seat_id=term.seat_id, person_id=term.person_id, now=now)
        journal.record("term.paused", subject=term, at=now, actor_id=by.pk if by else None, seat_id=term.seat_id, until=until)
    return term


def resume_term(*, term_id: UUID, by: User | None, now: datetime) -> Term:
    """Resume a paused term, which is a sign of life: by hand, or without `by` because the day that was said has come.

    Whom somebody else or the day brings back is told. Safe to repeat. Facts: term.resumed.  Raises: NotFound, Conflict (`term_ended`).
    """
    with transaction.atomic():
        term = _running(term_id)
        if term.paused_at is None:
            return term
        paused_at = term.paused_at
        term.paused_at, term.paused_until, term.seen_at = None, None, max(now, term.seen_at)
        term.save(update_fields=["paused_at", "paused_until", "seen_at"])
        journal.record("term.resumed", subject=term, at=now, actor_id=by.pk if by else None, seat_id=term.seat_id, paused_at=paused_at)
        if by is None or by.pk != term.person.user_id:
            about_id = uuid5(term.pk, paused_at.isoformat())  # one mail for each pause
            messaging.queue_message("relays.term_resumed", person=term.person, about_id=about_id, now=now)
    return term


def resume_terms(*, now: datetime) -> int:
    """Resume, by day, the terms whose day has come where their seat is; say how many. Facts: term.resumed, each."""
    due = Term.objects.filter(paused_until__isnull=False, ends_at__isnull=True).select_related("seat__area").order_by("pk")
    back = [term for term in due if _is_over(term, now=now) and _is_day(term, now=now)]
    return sum(_resume_by_day(term.pk, now=now) for term in back)


def _resume_by_day(term_id: UUID, *, now: datetime) -> bool:
    """Resume a term unless it was paused longer, resumed or ended in the same moment."""
    with transaction.atomic():
        term = Term.objects.select_for_update(of=("self",)).select_related("seat__area").filter(pk=term_id, ends_at__isnull=True).first()
        if term is None or not _is_over(term, now=now):
            return False
        resume_term(term_id=term_id, by=None, now=now)
    return True


def _running(term_id: UUID) -> Term:
    term = Term.objects.select_for_update(of=("self",)).select_related("seat__area", "person").filter(pk=term_id).first()
    if term is None:
        raise NotFound(code="term_unknown")
    if term.ends_at is not None:
        raise Conflict(_("This term has ended."), code="term_ended")
    return term


def _day_there(term: Term, *, now: datetime) -> date:
    return day_in(now, term.seat.area.time_zone)


def _is_over(term: Term, *, now: datetime) -> bool:
    return term.paused_until is not None and term.paused_until <= _day_there(term, now=now)


def _is_day(term: Term, *, now: datetime) -> bool:
    return by_day(now, term.seat.area.time_zone) == now
