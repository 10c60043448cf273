"""A real installation: https only, secrets from the environment, no demo sign-in."""

from urllib.parse import urlsplit

from config.settings.base import *  # noqa: F403

# By the second name the machine itself asks whether the process lives (docker-compose.yml).
ALLOWED_HOSTS = [urlsplit(PUBLIC_URL).hostname or "", "127.0.0.1"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
DEMO_SIGN_IN = False
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
REST_FRAMEWORK["NUM_PROXIES"] = 1  # the proxy that ends https says who asks; limits count by it
ALLAUTH_TRUSTED_PROXY_COUNT = 1
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_NAME = "__Host-maillage_session"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-maillage_csrf"
CSRF_COOKIE_SECURE = True
