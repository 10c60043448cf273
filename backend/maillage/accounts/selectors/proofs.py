"""What a session has proved, and what it must prove (ADR 15)."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.translation import gettext as _
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from maillage.accounts import policies
from maillage.accounts.domain import GUARDED, RECORDS, SecondFactor, Way
from maillage.accounts.models import Grant, User
from maillage.accounts.selectors.demo import demo_sign_in_is_open
from maillage.accounts.selectors.grants import holds_role
from maillage.kernel.clock import now as instant
from maillage.kernel.errors import Forbidden

if TYPE_CHECKING:  # rest_framework.views reads this module while it is being imported
    from rest_framework.views import APIView

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What proves something; recovery codes stand in for one of these and never alone."""


class RecentlyProved(BasePermission):
    """Open to whoever is signed in and proved lately that it is they: for what takes data out of the house.

    Otherwise 403 `step_up_required`, with the `ways` open to this user. Goes after `SignedIn` or a policy of one's own.
    """

    def has_permission(self, request: Request, view: "APIView") -> bool:
        require_recent_proof(request._request, user=request.user, now=instant())
        return True


def require_recent_proof(request: HttpRequest, *, user: User | AnonymousUser, now: datetime) -> None:
    """Refuse a session that has proved nothing for PROOF_LASTS. Raises: Forbidden (`step_up_required`, with `ways`)."""
    if isinstance(user, User) and not policies.has_proved_lately(proofs(request, user), now=now):
        raise Forbidden(
            _("Prove that it is you, then this goes on."), code="step_up_required", ways=[str(way) for way in ways_open_to(user)]
        )


def require_second_factor(request: HttpRequest, *, user: User, now: datetime) -> None:
    """Refuse a session whose user holds a guarded role and that proved no second factor. Raises: Forbidden (`second_factor_required`)."""
    if second_factor(request, user=user, now=now) in (SecondFactor.TO_SET_UP, SecondFactor.TO_PROVE):
        raise Forbidden(_("Your role asks for a second factor in each session."), code="second_factor_required")


def second_factor(request: HttpRequest, *, user: User, now: datetime) -> SecondFactor:
    """Say where this session stands; no query but for who holds a guarded role and has proved nothing."""
    if not must_prove(user, now=now):
        return SecondFactor.OPTIONAL
    if policies.has_proved_a_factor(proofs(request, user), demo_counts=demo_sign_in_is_open()):
        return SecondFactor.PROVED
    return SecondFactor.TO_PROVE if factor_types(user) else SecondFactor.TO_SET_UP


def must_prove(user: User, *, now: datetime) -> bool:
    """Say whether a role of theirs asks for a second factor; the user of a request brings the answer along."""
    known = user.holds_guarded_role
    return holds_role(user, roles=GUARDED, now=now) if known is None else known


def proofs(request: HttpRequest, user: User) -> RECORDS:
    """Return what this session proved of this user."""
    records: RECORDS = get_authentication_records(request, user)
    return records


def factor_types(user: User) -> set[str]:
    """Return which kinds of second factor somebody has set up."""
    return set(Authenticator.objects.filter(user=user, type__in=FACTORS).values_list("type", flat=True))


def is_guarded(user_id: UUID, *, now: datetime) -> bool:
    """Say whether an account guards what is its user's better than a link in a mail does, which may be passed on.

    It does where it holds a role, or has a second factor, which then is the only proof (ADR 15).
    """
    has_a_factor = Authenticator.objects.filter(user_id=user_id, type__in=FACTORS).exists()
    return has_a_factor or Grant.objects.filter(user_id=user_id).running(now).exists()


def ways_open_to(user: User) -> list[Way]:
    """Return how somebody can prove that it is they, the strongest first: who has a second factor proves that one."""
    types = factor_types(user)
    ways = [Way.PASSKEY] if Authenticator.Type.WEBAUTHN in types else []
    if Authenticator.Type.TOTP in types:
        ways.append(Way.TOTP)
    if ways:
        return ways
    return [Way.PASSWORD, Way.CODE] if user.has_usable_password() else [Way.CODE]
