"""Friendly calls to relays who were quiet: who owes one, what came of it, and when it is owed no more."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.kernel import dates
from maillage.kernel.daytime import by_day
from maillage.kernel.errors import Conflict, NotFound
from maillage.messaging import services as messaging
from maillage.people.models import Person
from maillage.people.selectors import ladder
from maillage.relays.domain import CallClosed, CallOutcome, CompanionKind, CompanionStatus
from maillage.relays.models import Companion, FriendlyCall, QuietStep, Term
from maillage.relays.selectors.welcomes import is_away

OPEN = Q(done_at=None, closed_at=None)


def open_call(*, step: QuietStep, term: Term, now: datetime) -> FriendlyCall:
    """Ask somebody to call: the buddy of a relay, else their facilitator, unless away, else the organisers above. Facts: call.asked."""
    caller = _caller(term, now=now)
    call = FriendlyCall.objects.create(step=step, term=term, caller=caller, opened_at=now)
    journal.record("call.asked", subject=call, at=now, term_id=term.pk, seat_id=term.seat_id)
    return call


def finish_call(*, call_id: UUID, outcome: CallOutcome, words: str, by: User, now: datetime) -> FriendlyCall:
    """Keep what came of a friendly call. It is no sign of life of the relay: only what they do themselves is (decision 18).

    Who needs a break or wants to hand over receives a mail in which one press does it.
    Facts: call.done.  Raises: NotFound, Conflict (`call_closed`).
    """
    with transaction.atomic():
        related = FriendlyCall.objects.select_related("term__person__user", "term__seat__area", "step")
        call = related.select_for_update(of=("self",)).filter(pk=call_id).first()
        if call is None:
            raise NotFound(code="call_unknown")
        if call.done_at or call.closed_at or _close_if_settled(call, now=now):
            raise Conflict(said_closed(call), code="call_closed")
        call.done_at, call.done_by, call.outcome, call.words = now, by, outcome, words.strip()
        call.save(update_fields=["done_at", "done_by", "outcome", "words"])
        if outcome in (CallOutcome.BREAK, CallOutcome.HAND_OVER):
            messaging.queue_message("relays.still_here", person=call.term.person, about_id=call.pk, now=now)
        journal.record("call.done", subject=call, at=now, actor_id=by.pk, term_id=call.term_id, outcome=str(outcome))
    return call


def close_settled_calls(*, now: datetime, person_id: UUID | None = None) -> int:
    """Close the open calls that nobody owes any more: the relay was back, pauses, or left; say how many. Facts: call.closed, each."""
    settled = Q(seen__gt=F("step__since")) | Q(term__paused_at__isnull=False) | Q(term__ends_at__isnull=False)
    with transaction.atomic():
        calls = FriendlyCall.objects.filter(OPEN).alias(seen=Greatest("term__seen_at", "term__person__user__seen_at")).filter(settled)
        if person_id is not None:
            calls = calls.filter(term__person=person_id)
        related = calls.select_for_update(of=("self",)).select_related("step", "term__person__user").order_by("pk")
        return sum(_close_if_settled(call, now=now) for call in related)


def pass_calls_on(*, term_id: UUID, caller_id: UUID, now: datetime) -> None:
    """A companion is one no more: the call that they owed passes to who is next, and they are told by day."""
    for call in _locked(FriendlyCall.objects.filter(OPEN, term=term_id, caller=caller_id)):
        _pass_on(call, now=now)


def pass_on_calls_of_who_is_away(*, now: datetime, person_id: UUID | None = None) -> int:
    """Who pauses, or has been silent themself for 60 days, calls nobody: what they owe passes to who is next; say how many.

    Of one person only with `person_id`. Those who are next are told by day.
    """
    with transaction.atomic():
        calls = FriendlyCall.objects.filter(OPEN, is_away("caller_id", now=now), caller__isnull=False)
        passed = list(_locked(calls.filter(caller=person_id) if person_id else calls))
        for call in passed:
            _pass_on(call, now=now)
    return len(passed)


def said_closed(call: FriendlyCall) -> str:
    """Say why a call is owed no more, with the day on which they were back."""
    if call.done_at:
        return _("Somebody has called them already. Thank you all the same.")
    if call.closed_because == CallClosed.BACK:
        zone = call.term.seat.area.time_zone
        return _("They were back on %(day)s. No call is needed any more.") % {"day": dates.day(_seen(call.term), zone)}
    return _("No call is needed any more.")


def _caller(term: Term, *, now: datetime) -> Person | None:
    """Who is next to the relay: the buddy, else the facilitator, unless they are away; None where it falls to the organisers above."""
    running = Companion.objects.filter(term=term, status=CompanionStatus.RUNNING, person__erased_at=None)
    by_kind = {each.kind: each.person for each in running.exclude(is_away("person_id", now=now)).select_related("person")}
    return by_kind.get(CompanionKind.BUDDY) or by_kind.get(CompanionKind.FACILITATOR)


def _locked(calls: QuerySet[FriendlyCall]) -> QuerySet[FriendlyCall]:
    return calls.select_for_update(of=("self",)).select_related("term__seat__area", "term__person").order_by("pk")


def _pass_on(call: FriendlyCall, *, now: datetime) -> None:
    area = call.term.seat.area
    call.caller = _caller(call.term, now=now)
    call.save(update_fields=["caller"])
    rungs = ladder(area.pk, now=now, without=[call.term.person.user_id])
    QuietStep.objects.filter(pk=call.step_id).update(
        told_at=None, tell_at=by_day(now, area.time_zone), area=rungs[0].area_id if rungs and not call.caller else None
    )


def _seen(term: Term) -> datetime:
    user = term.person.user
    return max(term.seen_at, user.seen_at) if user and user.seen_at else term.seen_at


def _close_if_settled(call: FriendlyCall, *, now: datetime) -> bool:
    term = call.term
    if term.ends_at is not None:
        because = CallClosed.ENDED
    elif term.paused_at is not None:
        because = CallClosed.PAUSED
    elif _seen(term) > call.step.since:
        because = CallClosed.BACK
    else:
        return False
    call.closed_at, call.closed_because = now, because
    call.save(update_fields=["closed_at", "closed_because"])
    journal.record("call.closed", subject=call, at=now, term_id=call.term_id, because=str(because))
    return True
