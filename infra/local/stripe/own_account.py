"""The account itself, as the API tells of it: French, in euros, able to take cards and SEPA debits."""

from typing import Any

from infra.local.stripe import keys
from infra.local.stripe.desk import Desk
from infra.local.stripe.errors import missing

BORN = 1_700_000_000
NOTHING_DUE: dict[str, Any] = {
    "alternatives": [],
    "current_deadline": None,
    "currently_due": [],
    "disabled_reason": None,
    "errors": [],
    "eventually_due": [],
    "past_due": [],
    "pending_verification": [],
}
NO_ADDRESS = {"city": None, "country": "FR", "line1": None, "line2": None, "postal_code": None, "state": None}


def retrieve(desk: Desk, asked: dict[str, Any], id: str | None = None) -> dict[str, Any]:
    """Read the account; there is no other to see.

    Raises: Refused.
    """
    own = keys.account_id(desk.account)
    if id not in (None, own):
        raise missing("account", id or "")
    return {
        "id": own,
        "object": "account",
        "business_profile": {
            "annual_revenue": None,
            "estimated_worker_count": None,
            "mcc": "8651",
            "minority_owned_business_designation": None,
            "name": f"Stand-in: {desk.account}",
            "product_description": None,
            "support_address": NO_ADDRESS,
            "support_email": None,
            "support_phone": None,
            "support_url": None,
            "url": None,
        },
        "business_type": "non_profit",
        "capabilities": {"card_payments": "active", "sepa_debit_payments": "active", "transfers": "active"},
        "charges_enabled": True,
        "controller": {"type": "account"},
        "country": "FR",
        "created": BORN,
        "default_currency": "eur",
        "details_submitted": True,
        "email": f"{desk.account}@stand-in.example",
        "external_accounts": {"object": "list", "data": [], "has_more": False, "url": f"/v1/accounts/{own}/external_accounts"},
        "future_requirements": NOTHING_DUE,
        "metadata": {},
        "payouts_enabled": True,
        "requirements": NOTHING_DUE,
        "settings": {
            "bacs_debit_payments": {"display_name": None, "service_user_number": None},
            "branding": {"icon": None, "logo": None, "primary_color": None, "secondary_color": None},
            "card_issuing": {"tos_acceptance": {"date": None, "ip": None}},
            "card_payments": {
                "decline_on": {"avs_failure": False, "cvc_failure": False},
                "statement_descriptor_prefix": "STAND-IN",
                "statement_descriptor_prefix_kana": None,
                "statement_descriptor_prefix_kanji": None,
            },
            "dashboard": {"display_name": f"Stand-in: {desk.account}", "timezone": "Europe/Paris"},
            "invoices": {"default_account_tax_ids": None, "hosted_payment_method_save": None},
            "payments": {
                "statement_descriptor": "STAND-IN",
                "statement_descriptor_kana": None,
                "statement_descriptor_kanji": None,
                "statement_descriptor_prefix_kana": None,
                "statement_descriptor_prefix_kanji": None,
            },
            "payouts": {
                "debit_negative_balances": True,
                "schedule": {"delay_days": desk.switches.bank.available_days, "interval": "daily"},
                "statement_descriptor": None,
            },
            "sepa_debit_payments": {},
        },
        "tos_acceptance": {"date": BORN, "ip": None, "user_agent": None},
        "type": "standard",
    }
