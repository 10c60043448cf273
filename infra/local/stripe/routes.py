"""What can be asked of the API: each verb, what it takes, and who answers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from infra.local.stripe import (
    balance,
    browser,
    charges,
    confirmation_tokens,
    customers,
    disputes,
    events,
    mandates,
    own_account,
    payment_intents,
    payment_method_domains,
    payment_methods,
    payouts,
    refunds,
    setup_intents,
    webhook_endpoints,
)

Answerer = Callable[..., dict[str, Any]]


@dataclass(frozen=True)
class Route:
    """One verb: who answers it, and which of the SDK's parameters it takes."""

    answer: Answerer
    takes: "str | type"


SECRET = {
    "GET account": Route(own_account.retrieve, "AccountRetrieveCurrentParams"),
    "GET accounts/*": Route(own_account.retrieve, "AccountRetrieveParams"),
    "GET balance": Route(balance.retrieve_balance, "BalanceRetrieveParams"),
    "GET balance_transactions": Route(balance.list_transactions, "BalanceTransactionListParams"),
    "GET balance_transactions/*": Route(balance.retrieve, "BalanceTransactionRetrieveParams"),
    "GET charges": Route(charges.list_charges, "ChargeListParams"),
    "GET charges/*": Route(charges.retrieve, "ChargeRetrieveParams"),
    "GET charges/*/refunds": Route(refunds.list_refunds, "ChargeListRefundsParams"),
    "POST charges/*": Route(charges.update, "ChargeUpdateParams"),
    "GET confirmation_tokens/*": Route(confirmation_tokens.retrieve, "ConfirmationTokenRetrieveParams"),
    "POST test_helpers/confirmation_tokens": Route(confirmation_tokens.create_for_test, "test_helpers.ConfirmationTokenCreateParams"),
    "GET customers": Route(customers.list_customers, "CustomerListParams"),
    "POST customers": Route(customers.create, "CustomerCreateParams"),
    "GET customers/*": Route(customers.retrieve, "CustomerRetrieveParams"),
    "POST customers/*": Route(customers.update, "CustomerUpdateParams"),
    "DELETE customers/*": Route(customers.delete, "CustomerDeleteParams"),
    "GET customers/*/payment_methods": Route(payment_methods.list_methods, "CustomerPaymentMethodListParams"),
    "GET disputes": Route(disputes.list_disputes, "DisputeListParams"),
    "GET disputes/*": Route(disputes.retrieve, "DisputeRetrieveParams"),
    "POST disputes/*": Route(disputes.update, "DisputeUpdateParams"),
    "POST disputes/*/close": Route(disputes.close, "DisputeCloseParams"),
    "GET events": Route(events.list_events, "EventListParams"),
    "GET events/*": Route(events.retrieve, "EventRetrieveParams"),
    "GET mandates/*": Route(mandates.retrieve, "MandateRetrieveParams"),
    "GET payment_intents": Route(payment_intents.list_intents, "PaymentIntentListParams"),
    "POST payment_intents": Route(payment_intents.create, "PaymentIntentCreateParams"),
    "GET payment_intents/*": Route(payment_intents.retrieve, "PaymentIntentRetrieveParams"),
    "POST payment_intents/*": Route(payment_intents.update, "PaymentIntentUpdateParams"),
    "POST payment_intents/*/cancel": Route(payment_intents.cancel, "PaymentIntentCancelParams"),
    "POST payment_intents/*/capture": Route(payment_intents.capture, "PaymentIntentCaptureParams"),
    "POST payment_intents/*/confirm": Route(payment_intents.confirm, "PaymentIntentConfirmParams"),
    "GET payment_method_domains": Route(payment_method_domains.list_domains, "PaymentMethodDomainListParams"),
    "POST payment_method_domains": Route(payment_method_domains.create, "PaymentMethodDomainCreateParams"),
    "GET payment_methods": Route(payment_methods.list_methods, "PaymentMethodListParams"),
    "POST payment_methods": Route(payment_methods.create, "PaymentMethodCreateParams"),
    "GET payment_methods/*": Route(payment_methods.retrieve, "PaymentMethodRetrieveParams"),
    "POST payment_methods/*": Route(payment_methods.update, "PaymentMethodUpdateParams"),
    "POST payment_methods/*/attach": Route(payment_methods.attach, "PaymentMethodAttachParams"),
    "POST payment_methods/*/detach": Route(payment_methods.detach, "PaymentMethodDetachParams"),
    "GET payouts": Route(payouts.list_payouts, "PayoutListParams"),
    "POST payouts": Route(payouts.create, "PayoutCreateParams"),
    "GET payouts/*": Route(payouts.retrieve, "PayoutRetrieveParams"),
    "POST payouts/*": Route(payouts.update, "PayoutUpdateParams"),
    "GET refunds": Route(refunds.list_refunds, "RefundListParams"),
    "POST refunds": Route(refunds.create, "RefundCreateParams"),
    "GET refunds/*": Route(refunds.retrieve, "RefundRetrieveParams"),
    "POST refunds/*": Route(refunds.update, "RefundUpdateParams"),
    "GET setup_intents": Route(setup_intents.list_intents, "SetupIntentListParams"),
    "POST setup_intents": Route(setup_intents.create, "SetupIntentCreateParams"),
    "GET setup_intents/*": Route(setup_intents.retrieve, "SetupIntentRetrieveParams"),
    "POST setup_intents/*": Route(setup_intents.update, "SetupIntentUpdateParams"),
    "POST setup_intents/*/cancel": Route(setup_intents.cancel, "SetupIntentCancelParams"),
    "POST setup_intents/*/confirm": Route(setup_intents.confirm, "SetupIntentConfirmParams"),
    "GET webhook_endpoints": Route(webhook_endpoints.list_endpoints, "WebhookEndpointListParams"),
    "POST webhook_endpoints": Route(webhook_endpoints.create, "WebhookEndpointCreateParams"),
    "GET webhook_endpoints/*": Route(webhook_endpoints.retrieve, "WebhookEndpointRetrieveParams"),
    "POST webhook_endpoints/*": Route(webhook_endpoints.update, "WebhookEndpointUpdateParams"),
    "DELETE webhook_endpoints/*": Route(webhook_endpoints.delete, "WebhookEndpointDeleteParams"),
}
# A browser shows a publishable key, and the secret of the intent that it may see.
PUBLISHABLE = {
    "POST confirmation_tokens": Route(confirmation_tokens.create_from_browser, confirmation_tokens.FromBrowser),
    "GET payment_intents/*": Route(browser.retrieve_payment, browser.Seen),
    "POST payment_intents/*/confirm": Route(browser.confirm_payment, browser.Confirmed),
    "GET setup_intents/*": Route(browser.retrieve_setup, browser.Seen),
    "POST setup_intents/*/confirm": Route(browser.confirm_setup, browser.Confirmed),
}


def _by_parts(routes: dict[str, Route]) -> dict[tuple[str, int], list[tuple[list[str], Route]]]:
    sorted_: dict[tuple[str, int], list[tuple[list[str], Route]]] = {}
    for written, route in routes.items():
        method, path = written.split(" ")
        parts = path.split("/")
        sorted_.setdefault((method, len(parts)), []).append((parts, route))
    return sorted_


TABLES = {True: _by_parts(SECRET), False: _by_parts(PUBLISHABLE)}


def find(method: str, path: list[str], *, is_secret: bool) -> tuple[Route, list[str]] | None:
    """Find who answers a verb, and the identifiers in its path."""
    for parts, route in TABLES[is_secret].get((method, len(path)), []):
        if all(part in ("*", given) for part, given in zip(parts, path, strict=True)):
            return route, [given for part, given in zip(parts, path, strict=True) if part == "*"]
    return None
