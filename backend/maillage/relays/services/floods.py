"""Many applications from one network: those beyond a rate wait until an organiser has looked, and start no clock."""

from collections.abc import Sequence
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.kernel.dates import day_in
from maillage.kernel.daytime import by_day
from maillage.kernel.errors import Invalid
from maillage.messaging import services as messaging
from maillage.messaging.domain import Recipient
from maillage.messaging.models import Message
from maillage.messaging.services.recipients import recipient_of
from maillage.people.selectors import ladders
from maillage.relays.domain import FLOOD, HELD_CLIMBS_EVERY, NETWORK_KEPT, ApplicationStatus
from maillage.relays.models import Application
from maillage.relays.selectors.promises import kept_out
from maillage.relays.services.clocks import start_clock

QUEUE = "relays.applications_held"


def comes_in_a_flood(network: str, *, now: datetime, entered_by: User | None = None) -> bool:
    """Say whether a network, or who enters papers from wherever, has brought as many applications as are let in at once.

    One query for each span.
    """
    by_paper = Q(paper__entered_by=entered_by) & ~Q(network="") if entered_by else Q()
    brought = Application.objects.filter(Q(network=network) | by_paper)
    return bool(network) and any(brought.filter(confirmed_at__gt=now - span).count() >= most for span, most in FLOOD)


def tell_held(application: Application, *, now: datetime) -> None:
    """Tell an applicant that somebody looks first, and the nearest organisers, once a day each, that a queue waits for them."""
    messaging.queue_message("relays.application_held", person=application.person, about_id=application.pk, now=now)
    _tell_organisers([application], now=now)


def remind_of_held(*, now: datetime) -> int:
    """Remind organisers, by day and once a day each, of what still waits for a look; say how many were. Safe to repeat.

    The nearest of each place, and the next ones up with each two days in which nobody looked: nobody waits for ever.
    """
    with transaction.atomic():
        held = Application.objects.filter(status=ApplicationStatus.HELD, confirmed_at__isnull=False).order_by("confirmed_at", "pk")
        rows = held.select_related("seat__area", "person", "paper")
        return _tell_organisers([each for each in rows if by_day(now, each.seat.area.time_zone) == now], now=now)


def release_applications(*, application_ids: Sequence[UUID], by: User, now: datetime) -> int:
    """Let held applications in: their 48 hours start now. Say how many; what somebody else answered meanwhile is left alone.

    They count no more for their network, so that whoever comes after them from the same stand is not held because of them.
    Facts: application.released, promise.made, application.confirmed, each.
    """
    with transaction.atomic():
        held = _held(application_ids, by=by)
        for application in held:
            application.status, application.confirmed_at, application.network = ApplicationStatus.SUBMITTED, now, ""
            application.save(update_fields=["status", "confirmed_at", "network"])
            journal.record("application.released", subject=application, at=now, actor_id=by.pk, seat_id=application.seat_id)
            start_clock(application, now=now)
    return len(held)


def decline_held(*, application_ids: Sequence[UUID], words: str, by: User, now: datetime) -> int:
    """Say no to held applications, in the organiser's own words, which each applicant reads. Say how many.

    Facts: application.declined, each.  Raises: Invalid (no words).
    """
    if not words.strip():
        raise Invalid(fields={"words": [_("Write a sentence: it is what the applicant reads.")]})
    with transaction.atomic():
        held = _held(application_ids, by=by)
        for application in held:
            application.status, application.decided_at, application.decided_by = ApplicationStatus.DECLINED, now, by
            application.decision_words = words.strip()
            application.save(update_fields=["status", "decided_at", "decided_by", "decision_words"])
            messaging.queue_message("relays.application_declined", person=application.person, about_id=application.pk, now=now)
            journal.record("application.declined", subject=application, at=now, actor_id=by.pk, seat_id=application.seat_id)
    return len(held)


def forget_networks(*, now: datetime) -> int:
    """Take the mark of its network from each application that arrived more than a day ago; say from how many."""
    return Application.objects.exclude(network="").filter(confirmed_at__lt=now - NETWORK_KEPT).update(network="")


def _tell_organisers(held: Sequence[Application], *, now: datetime) -> int:
    """Tell who is to look at these, the longest held first, and was not told on this day of the place; say how many were."""
    rungs = ladders({application.seat.area_id for application in held}, now=now)
    asked: dict[UUID, Recipient] = {}
    for application in held:
        waited = now - (application.confirmed_at or now)
        out = kept_out(application)
        reached = [left for rung in rungs[application.seat.area_id] if (left := rung.without(out)).organisers]
        today = day_in(now, application.seat.area.time_zone)
        for rung in reached[: 1 + waited // HELD_CLIMBS_EVERY]:
            for user in rung.organisers:
                a_day = uuid5(NAMESPACE_URL, f"{QUEUE}:{user.pk}:{today}")
                asked.setdefault(user.pk, recipient_of(user, about_id=a_day))
    # No row of the database keeps two mails to a bare address apart: who has but that is locked, then looked up.
    bare = [user_id for user_id, recipient in asked.items() if recipient.person_id is None]
    list(User.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=bare).order_by("pk").values_list("pk"))
    known = Message.objects.filter(purpose=QUEUE, about_id__in=[recipient.about_id for recipient in asked.values()])
    told = set(known.values_list("about_id", flat=True))
    return messaging.queue_messages(QUEUE, [each for each in asked.values() if each.about_id not in told], now=now)


def _held(application_ids: Sequence[UUID], *, by: User) -> list[Application]:
    """Lock those that are held; what somebody entered or asked for themselves is left to the others."""
    asked = Application.objects.filter(pk__in=application_ids, status=ApplicationStatus.HELD)
    asked = asked.exclude(pk__in=Application.objects.filter(Q(paper__entered_by=by) | Q(person__user=by)).values("pk"))
    return list(asked.select_for_update(of=("self",)).select_related("seat__area", "person", "paper__entered_by").order_by("pk"))
