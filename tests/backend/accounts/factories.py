"""Users as situations: signed up, relay somewhere, organiser of a department."""

from datetime import datetime

from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest
from django.test import Client

from maillage.accounts.domain import Role
from maillage.accounts.models import Grant, User
from maillage.territories.models import Area

LONG_SINCE = datetime.fromisoformat("2026-01-01T00:00:00+00:00")
"""Before the day of any test: some fix one, and a role that began yesterday by the real clock would not run on it."""


def make_user(email: str = "member@people.example", *, language: str = "fr") -> User:
    """Somebody who can sign in and holds no role."""
    return User.objects.create_user(email, language=language)


def make_granted(role: Role, area: Area, *, email: str = "", since: datetime | None = None) -> User:
    """Somebody who holds a role in an area, for long."""
    user = make_user(email or f"{role}.{area.code}@people.example")
    Grant.objects.create(user=user, role=role, area=area, starts_at=since or LONG_SINCE, origin="appointed:tests")
    return user


def sign_in(client: Client, user: User) -> None:
    """Sign somebody in as who proved a second factor just now, whatever their roles ask for.

    `client.force_login` alone is a session that proved nothing: to who holds a guarded role it opens nothing (ADR 15).
    """
    client.force_login(user)
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, user, "mfa", type="totp")
    request.session.save()
