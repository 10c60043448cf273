"""What a network aims at."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from maillage import journal
from maillage.accounts.models import User
from maillage.insights.models import Target
from maillage.relays.models import RelayNetwork


def set_target(*, network: RelayNetwork, percent: Decimal, by_day: date | None, by: User, now: datetime) -> Target:
    """Say which share of its seats a network wants covered, and by which day. The former target is in the journal.

    Facts: target.set.
    """
    with transaction.atomic():
        target, _is_new = Target.objects.update_or_create(network=network, defaults={"percent": percent, "by_day": by_day})
        journal.record("target.set", subject=target, at=now, actor_id=by.pk, percent=percent, by_day=by_day)
    return target
