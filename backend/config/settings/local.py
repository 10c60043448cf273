"""A checkout on one's own machine: demo accounts, plain http, loopback only."""

from config.settings.base import *  # noqa: F403

SECRET_KEY = SECRET_KEY or "local-only-not-a-secret-0000000000000000000000"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
DEMO_SIGN_IN = True
INTERNAL_IPS: list[str] = []
