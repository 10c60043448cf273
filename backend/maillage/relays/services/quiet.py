"""The friendly ladder: a call after 21 quiet days, a mail after 45, and at 60 the organiser is told (decision 18)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from maillage import journal
from maillage.accounts.models import User
from maillage.kernel.daytime import by_day
from maillage.messaging import services as messaging
from maillage.messaging.services.recipients import recipient_of
from maillage.people.selectors import ladder, ladders
from maillage.relays.domain import CALL_AFTER, MAIL_AFTER, SIGN_OF_LIFE, QuietStepKind, TermKind, quiet_step
from maillage.relays.models import QuietStep, Term
from maillage.relays.selectors.quiet import own_seat_asks, terms_counted
from maillage.relays.services.answering import pass_conversations_on
from maillage.relays.services.calls import close_settled_calls, open_call, pass_on_calls_of_who_is_away

CLOCKS_CHANGE = timedelta(hours=1)
"""By how much days on the wall clock of a place may be shorter than days of 24 hours."""

LAPSED = {TermKind.RELAY: "relays.fell_asleep", TermKind.STAND_IN: "relays.stand_in_silent"}
"""Which mail tells organisers of 60 days of silence: the seat of a relay is dormant then, that of a stand-in stays theirs."""

TAKEN_AT_ONCE = 200
"""How many terms one run moves; the next one takes the rest."""


def climb_quiet_terms(*, now: datetime) -> int:
    """Take, for each holder who was quiet for long enough, the rung of the ladder that is due, and tell whom it concerns.

    All of it in one transaction: what was killed half way was never begun, and the database knows each rung once for each
    sign of life. What falls into the night of the place is told at 8:00. Whoever was back is asked nothing more.
    Say how many rungs were taken. Facts: call.asked, term.reminded, term.lapsed, call.closed, each.
    """
    with transaction.atomic():
        close_settled_calls(now=now)
        pass_on_calls_of_who_is_away(now=now)
        taken = [step for term in _due(now=now) if (step := _take(term, now=now))]
        _tell(now=now)
    return len(taken)


def _due(*, now: datetime) -> Sequence[Term]:
    """Lock the terms for which a rung may be due: each kind's time has nearly come, and neither it nor a later one was taken.

    Who stands in and holds a seat of their own is asked once, there; only that the stand-in was silent for 60 days is told apart.
    """
    taken = QuietStep.objects.filter(term=OuterRef("pk"), since=OuterRef("seen"))
    lapsed = taken.filter(kind=QuietStepKind.DORMANT)
    mailed = taken.filter(kind__in=[QuietStepKind.MAIL, QuietStepKind.DORMANT])
    is_asked_here = Q(kind=TermKind.RELAY) | ~own_seat_asks()
    due = (
        Q(("seen__lte", now - CALL_AFTER + CLOCKS_CHANGE)) & is_asked_here & ~Exists(taken)
        | Q(("seen__lte", now - MAIL_AFTER + CLOCKS_CHANGE)) & is_asked_here & ~Exists(mailed)
        | Q(("seen__lt", now - SIGN_OF_LIFE)) & ~Exists(lapsed)
    )
    terms = terms_counted(now=now).filter(due).select_for_update(of=("self",), skip_locked=True)
    return list(terms.select_related("seat__area", "person").order_by(F("seen"), "pk")[:TAKEN_AT_ONCE])


def _take(term: Term, *, now: datetime) -> QuietStep | None:
    since: datetime = term.seen  # type: ignore[attr-defined]  # with_seen adds it
    zone = term.seat.area.time_zone
    taken = [QuietStepKind(kind) for kind in QuietStep.objects.filter(term=term, since=since).values_list("kind", flat=True)]
    kind = quiet_step(seen_at=since, is_paused=term.paused_at is not None, taken=taken, now=now, zone=zone)
    if kind is None:
        return None
    step = QuietStep.objects.create(term=term, kind=kind, since=since, at=now, tell_at=by_day(now, zone))
    is_told_to_organisers = kind == QuietStepKind.DORMANT
    if kind == QuietStepKind.CALL:
        is_told_to_organisers = open_call(step=step, term=term, now=now).caller_id is None
    elif kind == QuietStepKind.MAIL:
        journal.record("term.reminded", subject=term, at=now, seat_id=term.seat_id)
    else:
        journal.record("term.lapsed", subject=term, at=now, seat_id=term.seat_id, area_id=term.seat.area_id)
    if is_told_to_organisers:
        nearest = next(iter(ladder(term.seat.area_id, now=now, without=[term.person.user_id])), None)
        step.area_id = nearest.area_id if nearest else None
        step.save(update_fields=["area"])
    return step


def _tell(*, now: datetime) -> None:
    """Write the mails of the rungs whose hour to be told has come, where they still concern somebody; one a run to an organiser.

    Whoever was quiet, where they organise the place too, is told nothing of themself: the nearest others are. After 60 days what was
    written to the place and waits goes to whoever answers now.
    """
    waiting = QuietStep.objects.filter(told_at__isnull=True, tell_at__lte=now).select_for_update(of=("self",), skip_locked=True)
    steps = list(waiting.select_related("term__person", "term__seat__area", "call__caller").order_by("tell_at", "pk"))
    QuietStep.objects.filter(pk__in=[step.pk for step in steps]).update(told_at=now)
    still_quiet = set(
        terms_counted(now=now)
        .filter(Q(("seen__lte", F("quiet_steps__since"))), quiet_steps__in=steps)
        .values_list("quiet_steps", flat=True)
    )
    steps = [step for step in steps if step.pk in still_quiet]
    rungs = ladders({step.term.seat.area_id for step in steps}, now=now)
    told: dict[tuple[str, User], UUID] = {}
    for step in steps:
        others = (rung.without([step.term.person.user_id]) for rung in rungs[step.term.seat.area_id])
        organisers: tuple[User, ...] = next((rung.organisers for rung in others if rung.organisers), ())
        if step.kind == QuietStepKind.MAIL:
            messaging.queue_message("relays.still_here", person=step.term.person, about_id=step.pk, now=now)
        elif step.kind == QuietStepKind.DORMANT:
            pass_conversations_on(seat_id=step.term.seat_id, person_id=step.term.person_id, now=now)
            for user in organisers:
                told.setdefault((LAPSED[TermKind(step.term.kind)], user), step.pk)
        elif step.call.done_at is None and step.call.closed_at is None:
            if step.call.caller is not None:
                messaging.queue_message("relays.friendly_call", person=step.call.caller, about_id=step.call.pk, now=now)
            for user in () if step.call.caller is not None else organisers:
                told.setdefault(("relays.friendly_call", user), step.call.pk)
    for (purpose, user), about_id in told.items():
        messaging.queue_messages(purpose, [recipient_of(user, about_id=about_id)], now=now)
