"""Where rows and caches are kept."""

from config.env import env

DATABASES = {"default": {**env.db_url("DATABASE_URL"), "ENGINE": "maillage.kernel.database"}}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# The cache holds the counts of what is limited and nothing else: a Redis that is emptied must not lift a limit.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "journal_limit",
        "KEY_FUNCTION": "maillage.kernel.sealing.cache_key",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}
