"""What readers are called."""

from maillage.accounts.models import User
from maillage.people.models import Person


def reader_name(reader: Person | User | None) -> str:
    """Name whose copy of a brief it is; empty where nobody is known."""
    if reader is None:
        return ""
    return reader.full_name if isinstance(reader, Person) else name_of(reader)


def name_of(user: User) -> str:
    """Name an organiser; who was only appointed has but an address."""
    return (user.person.full_name if hasattr(user, "person") else "") or user.email
