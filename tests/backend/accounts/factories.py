"""Users as situations: signed up, relay somewhere, organiser of a department."""

from datetime import datetime, timedelta

from maillage.accounts.domain import Role
from maillage.accounts.models import Grant, User
from maillage.kernel.clock import now
from maillage.territories.models import Area


def make_user(email: str = "member@people.example", *, language: str = "fr") -> User:
    """Somebody who can sign in and holds no role."""
    return User.objects.create_user(email, language=language)


def make_granted(role: Role, area: Area, *, email: str = "", since: datetime | None = None) -> User:
    """Somebody who holds a role in an area, since yesterday."""
    user = make_user(email or f"{role}.{area.code}@people.example")
    Grant.objects.create(user=user, role=role, area=area, starts_at=since or now() - timedelta(days=1), origin="appointed:tests")
    return user
