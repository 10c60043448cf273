"""Parameters that Stripe knows and the stand-in does nothing with: they are refused rather than passed over."""

from typing import Any

from infra.local.stripe.errors import Refused

OF_INTENTS = ("amount_details", "application_fee_amount", "hooks", "payment_details", "transfer_data")
NOT_TAKEN: dict[str, tuple[str, ...]] = {
    "ChargeUpdateParams": ("customer", "fraud_details", "shipping"),
    "CustomerCreateParams": (
        "business_name",
        "cash_balance",
        "individual_name",
        "next_invoice_sequence",
        "source",
        "tax",
        "tax_id_data",
        "test_clock",
        "validate",
    ),
    "CustomerListParams": ("test_clock",),
    "CustomerPaymentMethodListParams": ("allow_redisplay",),
    "CustomerUpdateParams": (
        "balance",
        "business_name",
        "cash_balance",
        "default_source",
        "individual_name",
        "invoice_prefix",
        "next_invoice_sequence",
        "source",
        "tax",
        "validate",
    ),
    "DisputeUpdateParams": ("intended_submission_method",),
    "EventListParams": ("delivery_success",),
    "PaymentIntentCaptureParams": (*OF_INTENTS, "final_capture", "statement_descriptor", "statement_descriptor_suffix"),
    "PaymentIntentConfirmParams": (
        "allowed_payment_method_types",
        "amount_details",
        "amount_to_confirm",
        "excluded_payment_method_types",
        "hooks",
        "payment_details",
        "radar_options",
    ),
    "PaymentIntentCreateParams": (*OF_INTENTS, "customer_account", "on_behalf_of", "payment_method_configuration", "radar_options"),
    "PaymentIntentListParams": ("customer_account",),
    "PaymentIntentUpdateParams": (*OF_INTENTS, "customer_account", "payment_method_configuration", "payment_method_data"),
    "PaymentMethodAttachParams": ("customer_account",),
    "PaymentMethodCreateParams": ("customer", "payment_method", "radar_options"),
    "PaymentMethodListParams": ("allow_redisplay", "customer_account"),
    "PaymentMethodUpdateParams": ("card", "us_bank_account"),
    "PayoutCreateParams": ("destination", "payout_method", "source_type"),
    "RefundCreateParams": ("currency", "customer", "instructions_email", "origin", "refund_application_fee", "reverse_transfer"),
    "SetupIntentConfirmParams": ("allowed_payment_method_types",),
    "SetupIntentCreateParams": (
        "attach_to_self",
        "customer_account",
        "flow_directions",
        "on_behalf_of",
        "payment_method_configuration",
        "single_use",
    ),
    "SetupIntentListParams": ("attach_to_self", "customer_account"),
    "SetupIntentUpdateParams": (
        "allowed_payment_method_types",
        "attach_to_self",
        "customer_account",
        "excluded_payment_method_types",
        "flow_directions",
        "payment_method_configuration",
        "payment_method_data",
        "payment_method_options",
    ),
    "WebhookEndpointCreateParams": ("connect",),
    "test_helpers.ConfirmationTokenCreateParams": ("payment_method_options",),
}


def refuse_untaken(shape: "str | type", asked: dict[str, Any]) -> None:
    """Refuse what would have no effect here.

    Raises: Refused.
    """
    for name in NOT_TAKEN.get(shape, ()) if isinstance(shape, str) else ():
        if name in asked:
            said = f"This stand-in does nothing with the parameter {name}, which Stripe knows: it is refused rather than passed over."
            raise Refused(said, param=name, saved=False)
