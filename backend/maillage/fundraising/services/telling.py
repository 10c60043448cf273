"""Mail to whoever keeps the books, and the installation."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from maillage.accounts.models import User
from maillage.fundraising.models import Fund, NewCardsClosed
from maillage.fundraising.selectors.treasury import administrators, treasurers_of
from maillage.messaging import services as messaging
from maillage.messaging.domain import Recipient, RecipientKind
from maillage.messaging.models import Message


def tell_treasurers(purpose: str, fund: Fund, *, once_on: date, now: datetime) -> int:
    """Write to the treasurers of a recipient, to each of them once on a day; say to how many."""
    return tell_users(purpose, treasurers_of(fund, now=now), once_on=once_on, now=now)


def tell_users(purpose: str, users: Iterable[User], *, once_on: date, now: datetime) -> int:
    """Write to some users, to each of them once on a day; say to how many."""
    asked = [_recipient(user, about_id=uuid5(NAMESPACE_URL, f"{purpose}:{user.pk}:{once_on}")) for user in users]
    told = Message.objects.filter(purpose=purpose, about_id__in=[each.about_id for each in asked]).values_list("about_id", flat=True)
    known = set(told)
    return messaging.queue_messages(purpose, [each for each in asked if each.about_id not in known], now=now)


def tell_of_closing(closing: NewCardsClosed, *, now: datetime) -> int:
    """Write to the treasurers of a recipient and to the administrators that new cards are not taken for a while."""
    readers: dict[UUID, User] = {user.pk: user for user in _each(treasurers_of(closing.fund, now=now), administrators(now=now))}
    return messaging.queue_messages(
        "fundraising.new_cards_closed", [_recipient(user, about_id=closing.pk) for user in readers.values()], now=now
    )


def reader_of(message: Message) -> User | None:
    """Return who reads a message that was written to `_recipient`; None where nobody has that address any more."""
    if message.person is not None:
        return message.person.user
    return User.objects.filter(email=message.address).first()


def _each(*several: Iterable[User]) -> Iterable[User]:
    for users in several:
        yield from users


def _recipient(user: User, *, about_id: UUID) -> Recipient:
    if hasattr(user, "person"):
        return Recipient(person_id=user.person.pk, about_id=about_id)
    return Recipient(address=user.email, kind=RecipientKind.ADDRESS, language=user.language, about_id=about_id)
