"""The accounts that a local demonstration offers (decision 16)."""

from dataclasses import asdict, dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from maillage.accounts.domain import ABOUT_ME, DEMO_KINDS, demo_sign_in_trouble
from maillage.accounts.models import Grant, User
from maillage.kernel.errors import NotFound


@dataclass(frozen=True)
class DemoAccount:
    """An invented person in whose name one may sign in."""

    key: str
    name: str
    role: str
    place: str

    def as_dict(self) -> dict[str, str]:
        """Write it as the API does."""
        return asdict(self)


def demo_sign_in_is_open() -> bool:
    """Say whether one may sign in as a demo account here: local settings on loopback addresses, and nowhere else."""
    return bool(settings.DEMO_SIGN_IN) and not demo_trouble()


def demo_trouble() -> str:
    """Say why demo sign-in would be a danger in this process; empty when it is not."""
    return demo_sign_in_trouble(
        settings_module=settings.SETTINGS_MODULE or "", public_url=settings.PUBLIC_URL, allowed_hosts=settings.ALLOWED_HOSTS
    )


def demo_accounts() -> list[DemoAccount]:
    """Return the demo accounts that exist, in the order of the settings. Raises: NotFound where demo sign-in is closed."""
    _refuse_unless_open()
    users = {user.email: user for user in User.objects.filter(email__in=settings.DEMO_ACCOUNTS.values(), is_active=True)}
    return [_account(key, users[email]) for key, email in settings.DEMO_ACCOUNTS.items() if email in users]


def demo_user(key: str) -> User:
    """Return the user of one demo account. Raises: NotFound, where demo sign-in is closed too."""
    _refuse_unless_open()
    user = User.objects.filter(email=settings.DEMO_ACCOUNTS.get(key, ""), is_active=True).first()
    if user is None:
        raise NotFound(_("There is no such demo account."))
    return user


def _account(key: str, user: User) -> DemoAccount:
    person = (ABOUT_ME["person"](user) if "person" in ABOUT_ME else None) or {}
    grant = Grant.objects.filter(user=user).select_related("area").order_by("starts_at", "pk").first()
    name = f"{person.get('given_name', '')} {person.get('family_name', '')}".strip()
    return DemoAccount(
        key=key, name=name or user.email, role=str(DEMO_KINDS.get(key, key)), place=grant.area.called if grant else person.get("place", "")
    )


def _refuse_unless_open() -> None:
    if not demo_sign_in_is_open():
        raise NotFound(_("There is nothing at this address."))
