"""Settings of the tests: the same product, quick hashes, mails kept in memory."""

from config.settings.base import *  # noqa: F403

SECRET_KEY = "tests-only-00000000000000000000000000000000000000"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
DEMO_SIGN_IN = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
GEOCODER_URL = ""
WHITENOISE_AUTOREFRESH = True  # nothing is collected for the tests
PUBLIC_WRITES_AN_HOUR = 100_000
GIVING_WRITES_AN_HOUR = 100_000
# Pages are tested without a build: scripts and styles are named by their source, and nothing fetches them.
DJANGO_VITE = {"default": {"dev_mode": True}}
CLOSED_UNTIL_OPENED = False  # most tests speak of an open site; those of the opening say otherwise
