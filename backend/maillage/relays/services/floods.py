"""Many applications from one network: those beyond a rate wait until an organiser has looked, and start no clock."""

from collections.abc import Sequence
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.kernel.errors import Invalid
from maillage.messaging import services as messaging
from maillage.people.selectors import ladder
from maillage.relays.domain import FLOOD, NETWORK_KEPT, ApplicationStatus
from maillage.relays.models import Application
from maillage.relays.selectors.promises import kept_out
from maillage.relays.services.clocks import start_clock
from maillage.relays.services.recipients import recipient_of


def comes_in_a_flood(network: str, *, now: datetime, entered_by: User | None = None) -> bool:
    """Say whether a network, or who enters papers from wherever, has brought as many applications as are let in at once.

    One query for each span.
    """
    by_paper = Q(paper__entered_by=entered_by) & ~Q(network="") if entered_by else Q()
    brought = Application.objects.filter(Q(network=network) | by_paper)
    return bool(network) and any(brought.filter(confirmed_at__gt=now - span).count() >= most for span, most in FLOOD)


def tell_held(application: Application, *, now: datetime) -> None:
    """Tell an applicant that somebody looks first, and the nearest organisers, once a day each, that a queue waits for them.

    One who has but an address cannot be told once only, and is not told: their desk says it.
    """
    messaging.queue_message("relays.application_held", person=application.person, about_id=application.pk, now=now)
    nearest = next(iter(ladder(application.seat.area_id, now=now, without=kept_out(application))), None)
    for user in nearest.organisers if nearest else ():
        a_day = uuid5(NAMESPACE_URL, f"relays.applications_held:{user.pk}:{now.date()}")
        if hasattr(user, "person"):
            messaging.queue_messages("relays.applications_held", [recipient_of(user, about_id=a_day)], now=now)


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


def _held(application_ids: Sequence[UUID], *, by: User) -> list[Application]:
    """Lock those that are held; what somebody entered or asked for themselves is left to the others."""
    asked = Application.objects.filter(pk__in=application_ids, status=ApplicationStatus.HELD)
    asked = asked.exclude(pk__in=Application.objects.filter(Q(paper__entered_by=by) | Q(person__user=by)).values("pk"))
    return list(asked.select_for_update(of=("self",)).select_related("seat__area", "person", "paper__entered_by").order_by("pk"))
