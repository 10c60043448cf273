"""Keys of the accounts at Stripe, as the environment holds them."""

from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings

STRIPE = "api.stripe.com"
STRIPE_JS = "js.stripe.com"
_LIVE = ("sk_live_", "rk_live_")


class BadKeys(Exception):
    """`STRIPE_ACCOUNTS` cannot be used as it is; the message says why and repeats no key."""


@dataclass(frozen=True)
class Keys:
    """The keys of one account. Without `webhook` no message of it is taken in."""

    code: str
    secret: str = field(repr=False)
    publishable: str
    webhook: str = field(repr=False)

    @property
    def is_live(self) -> bool:
        """Say whether real money moves with them."""
        return self.secret.startswith(_LIVE)


def keys_of(code: str) -> Keys | None:
    """Return the keys of an account by its code; None where the environment names none. Raises: BadKeys."""
    return _read(settings.STRIPE_ACCOUNTS, settings.STRIPE_API_URL, settings.STRIPE_JS_URL).get(code)


def every_account() -> list[Keys]:
    """Return the keys of every account that the environment names. Raises: BadKeys."""
    return list(_read(settings.STRIPE_ACCOUNTS, settings.STRIPE_API_URL, settings.STRIPE_JS_URL).values())


def modes() -> dict[str, str]:
    """Say of every account that the environment names what its keys do: `live` with real money, `test` without. Raises: BadKeys."""
    return {keys.code: "live" if keys.is_live else "test" for keys in every_account()}


@lru_cache(maxsize=8)
def _read(text: str, api_url: str, js_url: str) -> dict[str, Keys]:
    known: dict[str, Keys] = {}
    for line in filter(None, (part.strip() for part in text.split(";"))):
        code, _, rest = line.partition("=")
        keys = [key.strip() for key in rest.split(",")]
        if not code.strip() or len(keys) != 3 or not keys[0] or not keys[1]:
            raise BadKeys("STRIPE_ACCOUNTS is read as code=secret key,publishable key,webhook secret; several are parted by ;")
        found = Keys(code=code.strip(), secret=keys[0], publishable=keys[1], webhook=keys[2])
        if found.is_live != keys[1].startswith("pk_live_"):
            raise BadKeys(f"the account {found.code} has a live key beside a test key")
        if found.is_live and not _is_at(api_url, STRIPE):
            raise BadKeys(f"the account {found.code} has live keys, which are sent to Stripe alone: STRIPE_API_URL names something else")
        if found.is_live and not _is_at(js_url, STRIPE_JS):
            raise BadKeys(
                f"the account {found.code} has live keys, and cards are typed into Stripe's script alone: STRIPE_JS_URL is another"
            )
        if found.code in known:
            raise BadKeys(f"the account {found.code} is named twice")
        known[found.code] = found
    return known


def _is_at(url: str, host: str) -> bool:
    return (urlsplit(url).scheme, urlsplit(url).hostname) == ("https", host)
