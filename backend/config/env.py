"""Every environment variable that Maillage reads, declared once.

`docs/environment.md` explains each to whoever installs it, and a test compares the two.
"""

import environ

env = environ.Env(
    SECRET_KEY=(str, ""),
    SECRET_KEY_FALLBACKS=(str, ""),
    DATABASE_URL=(str, "postgis:///maillage"),
    REDIS_URL=(str, "redis://127.0.0.1:6379/0"),
    PUBLIC_URL=(str, "http://127.0.0.1:8000"),
    PORT=(int, 8000),
    EMAIL_URL=(str, "smtp://127.0.0.1:1025"),
    MAIL_FROM=(str, "Maillage <bonjour@maillage.example>"),
    MAILBOX_URL=(str, ""),
    MAILLAGE_BOUNDARIES=(str, ""),
    GEOCODER_URL=(str, "https://data.geopf.fr/geocodage/search"),
    SOURCE_URL=(str, ""),
    STRIPE_ACCOUNTS=(str, ""),
    STRIPE_API_URL=(str, "https://api.stripe.com"),
    STRIPE_JS_URL=(str, "https://js.stripe.com/endive/stripe.js"),
)
