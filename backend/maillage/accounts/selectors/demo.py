"""The accounts that a local demonstration offers (decision 16)."""

from django.conf import settings

from maillage.accounts.domain import demo_sign_in_trouble
from maillage.accounts.models import User


def demo_sign_in_is_open() -> bool:
    """Say whether one may sign in as a demo account here: local settings on loopback addresses, and nowhere else."""
    return bool(settings.DEMO_SIGN_IN) and not demo_trouble()


def demo_trouble() -> str:
    """Say why demo sign-in would be a danger in this process; empty when it is not."""
    return demo_sign_in_trouble(
        settings_module=settings.SETTINGS_MODULE, public_url=settings.PUBLIC_URL, allowed_hosts=settings.ALLOWED_HOSTS
    )


def demo_accounts() -> list[tuple[str, User]]:
    """Return the demo accounts that exist, with what each is (`supporter`, `relay`, …), in the order of the settings."""
    by_email = {user.email: user for user in User.objects.filter(email__in=settings.DEMO_ACCOUNTS.values(), is_active=True)}
    return [(kind, by_email[email]) for kind, email in settings.DEMO_ACCOUNTS.items() if email in by_email]
