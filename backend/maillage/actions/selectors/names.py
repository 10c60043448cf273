"""What organisers are called."""

from maillage.accounts.models import User


def name_of(user: User) -> str:
    """Name an organiser; who was only appointed has but an address."""
    return (user.person.full_name if hasattr(user, "person") else "") or user.email
