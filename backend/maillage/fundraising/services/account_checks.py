"""Whether an account at the payment provider is ready, in the words of whoever runs the installation."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings

from maillage.fundraising.gateways import own_door, stripe
from maillage.fundraising.gateways.accounts import Keys
from maillage.fundraising.models import Fund

EVENTS = (
    "payment_intent.succeeded",
    "payment_intent.payment_failed",
    "payment_intent.processing",
    "payment_intent.amount_capturable_updated",
    "payment_intent.canceled",
    "charge.updated",
    "charge.refunded",
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
    "refund.created",
    "refund.updated",
    "refund.failed",
    "payout.created",
    "payout.updated",
    "payout.paid",
    "payout.failed",
    "payout.canceled",
    "payout.reconciliation_completed",
)
"""What the provider is to tell: others do no harm, and what it does not tell is found by night."""

CAPABILITIES = {"card_payments": "cards", "sepa_debit_payments": "SEPA direct debits"}


@dataclass(frozen=True)
class Said:
    """One thing that was looked at: whether it is as it should be, and what to do where it is not."""

    is_well: bool
    words: str


def check_account(keys: Keys, *, now: datetime, registers: bool = False) -> Iterator[Said]:
    """Look at everything that an account needs, and say it line by line; no money moves.

    Nothing is changed, but that with `registers` our host is made known to Stripe.
    """
    yield Said(True, f"{keys.code}: {'LIVE keys, real money moves' if keys.is_live else 'test keys, no real money moves'}")
    fund = Fund.objects.filter(stripe_account__code=keys.code, parent__isnull=True).first()
    if fund is None:
        yield Said(False, f"No fund has the account {keys.code}: choose it in the settings of the recipient.")
    else:
        yield Said(True, f"It takes money for {fund.legal_name or fund.code}.")
    try:
        yield from _of_account(keys)
        yield from _of_endpoints(keys)
        yield from _of_wallets(keys, registers=registers)
    except stripe.ProviderAway as away:
        if str(away) in ("AuthenticationError", "PermissionError"):
            yield Said(False, "Stripe refuses the secret key, or it may not do enough: copy it anew from Developers, API keys.")
        else:
            yield Said(False, f"{settings.STRIPE_API_URL} does not answer: look at the network and try again.")
    yield from _of_door(keys, now=now)


def address_of(code: str) -> str:
    """Return where the messages of an account are taken in."""
    return f"{settings.PUBLIC_URL}/webhooks/stripe/{code}/"


def _of_account(keys: Keys) -> Iterator[Said]:
    account = stripe.standing(keys)
    yield Said(True, f"Stripe knows the secret key as {account.name} ({account.id}).")
    if account.takes:
        yield Said(True, "The account may take payments.")
    else:
        yield Said(False, "The account may not take payments yet: finish it in the dashboard of Stripe.")
    if account.pays_out:
        yield Said(True, "The account pays out to its bank account.")
    else:
        yield Said(False, "The account does not pay out: give Stripe the bank account of the recipient.")
    for name, called in CAPABILITIES.items():
        state = account.capabilities.get(name, "off")
        if state == "active":
            yield Said(True, f"It takes {called}.")
        else:
            yield Said(False, f"It takes no {called} ({state}): turn them on in Settings, Payment methods.")
    yield Said(
        True,
        "Cards of companies wait for the treasurer only where Stripe describes cards, which it seldom does: see docs/limits.md.",
    )
    if account.missing:
        yield Said(
            False, f"Stripe still asks for {len(account.missing)} things ({', '.join(account.missing[:3])}): answer in its dashboard."
        )


def _of_endpoints(keys: Keys) -> Iterator[Said]:
    wanted = address_of(keys.code)
    ours = [endpoint for endpoint in stripe.endpoints(keys) if endpoint.url == wanted and endpoint.is_enabled]
    if not ours:
        yield Said(False, f"Stripe sends no messages to {wanted}: add this address in Developers, Webhooks.")
        return
    yield Said(True, f"Stripe sends messages to {wanted}.")
    if len(ours) > 1:
        yield Said(False, "It does so from several endpoints, each with a secret of its own: keep one.")
    for endpoint in ours:
        lacking = [] if "*" in endpoint.events else [event for event in EVENTS if event not in endpoint.events]
        if lacking:
            yield Said(False, f"It does not tell {', '.join(lacking)}: choose these events too.")
        if endpoint.version and endpoint.version != settings.STRIPE_VERSION:
            yield Said(False, f"It writes in version {endpoint.version}, where {settings.STRIPE_VERSION} is read: make the endpoint anew.")


def _of_wallets(keys: Keys, *, registers: bool) -> Iterator[Said]:
    address = urlsplit(settings.PUBLIC_URL)
    host = address.hostname or ""
    if address.scheme != "https":  # browsers offer wallets over https alone
        return
    offered = stripe.wallets_at(keys, host)
    if offered is None and registers:
        try:
            stripe.offer_wallets_at(keys, host)
        except stripe.Refused as refused:
            yield Said(False, f"Stripe does not take {host} as a domain of ours ({refused.code}).")
            return
        offered = stripe.wallets_at(keys, host)
    if offered is None:
        yield Said(False, f"Stripe does not know {host}, so its pages offer no wallet: run this again with --register-domain.")
        return
    for wallet, is_offered in offered.items():
        if is_offered:
            yield Said(True, f"Pages at {host} may offer {wallet}.")
        else:
            yield Said(False, f"Pages at {host} may not offer {wallet}: look at Settings, Payment method domains.")


def _of_door(keys: Keys, *, now: datetime) -> Iterator[Said]:
    if not keys.webhook:
        yield Said(False, "No webhook secret is set, so no message is taken in: copy it (whsec_…) from the endpoint to STRIPE_ACCOUNTS.")
        return
    url = address_of(keys.code)
    status = own_door.knock(url, secret=keys.webhook, event_id=f"evt_check_{now:%Y%m%d%H%M%S%f}")
    if status == 200:
        yield Said(True, "A message that we signed ourselves was taken in at that address.")
    elif status is None:
        yield Said(False, f"{url} does not answer from here: look at PUBLIC_URL, the name and the certificate.")
    else:
        yield Said(
            False,
            f"{url} answered {status} to a message that we signed ourselves: the web processes were started with other "
            "STRIPE_ACCOUNTS, or something before them changes what it hands on.",
        )
