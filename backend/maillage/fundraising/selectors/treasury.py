"""Whose donors somebody sees: the treasurer of a recipient, and nobody else."""

from datetime import datetime

from django.db.models import Exists, Q, QuerySet
from django.utils.translation import gettext as _

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.models import Grant, User
from maillage.accounts.selectors.grants import Actor, reaches
from maillage.fundraising.models import Fund
from maillage.kernel.errors import Forbidden, NotFound
from maillage.territories.models import AreaClosure


def as_treasurer(user: Actor, *, now: datetime) -> User:
    """Return the user, who keeps the books of a recipient somewhere. Raises: Forbidden (`treasurers_only`)."""
    if not isinstance(user, User) or not accounts.holds_role(user, roles=[Role.TREASURER], now=now):
        raise Forbidden(_("Only a treasurer sees who gave."), code="treasurers_only")
    return user


def recipients_kept(user: Actor, *, now: datetime) -> QuerySet[Fund]:
    """Return the legal recipients of which a user is the treasurer: of a place at or above theirs, of the country where they have none."""
    held = accounts.running_grants(user, now=now).filter(role=Role.TREASURER)
    of_country = Q(area__isnull=True) & Exists(held.filter(area__kind__level=0))
    of_place = Q(area__isnull=False) & Q(reaches(user, roles=[Role.TREASURER], area="area", now=now))
    return Fund.objects.filter(of_country | of_place, parent__isnull=True)


def recipient_kept(user: Actor, *, code: str, now: datetime) -> Fund:
    """Return one of them by its code. Raises: Forbidden (`treasurers_only`), NotFound (nobody else learns whether it exists)."""
    found = recipients_kept(as_treasurer(user, now=now), now=now).filter(code=code).first()
    if found is None:
        raise NotFound
    return found


def treasurers_of(fund: Fund, *, now: datetime) -> QuerySet[User]:
    """Return the active treasurers of a recipient, each once."""
    running = Grant.objects.filter(role=Role.TREASURER).running(now)
    if fund.area_id is None:
        running = running.filter(area__kind__level=0)
    else:
        running = running.filter(area__in=AreaClosure.objects.filter(descendant=fund.area_id, whole=True).values("ancestor_id"))
    return User.objects.filter(is_active=True, pk__in=running.values("user_id")).order_by("pk")


def administrators(*, now: datetime) -> QuerySet[User]:
    """Return the active administrators of this installation, each once."""
    running = Grant.objects.filter(role=Role.ADMINISTRATOR).running(now)
    return User.objects.filter(is_active=True, pk__in=running.values("user_id")).order_by("pk")


def fund_kept(user: Actor, *, code: str, now: datetime) -> Fund:
    """Return a recipient, or an envelope of one, to its treasurer. Raises: Forbidden (`treasurers_only`), NotFound."""
    kept = recipients_kept(as_treasurer(user, now=now), now=now)
    found = Fund.objects.select_related("parent").filter(Q(pk__in=kept.values("pk")) | Q(parent__in=kept.values("pk")), code=code).first()
    if found is None:
        raise NotFound
    return found
