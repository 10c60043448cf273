"""Accounts at Stripe: keys live here, by the code of each account, and nowhere in the database."""

from config.env import env

STRIPE_ACCOUNTS = env("STRIPE_ACCOUNTS")
STRIPE_API_URL = env("STRIPE_API_URL").rstrip("/")
STRIPE_JS_URL = env("STRIPE_JS_URL")
STRIPE_VERSION = "2026-10-28.endive"
"""The version of Stripe's API that this code was written against; the SDK of another one is refused by a test."""
STRIPE_SECONDS = 20.0
"""How long a call to Stripe may take before it counts as lost, to be asked again with the same key."""
STRIPE_TOLERANCE_SECONDS = 300
"""How old a signed message of Stripe may be (its own advice)."""
