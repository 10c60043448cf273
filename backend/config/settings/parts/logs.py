"""Logs as lines of JSON, without query strings, bodies or the words of exceptions (decisions 3 and 8)."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "maillage.kernel.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # Django's own handlers are taken away: its console and its mails to administrators know no JSON.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        # Celery lowers the root logger to warnings, which spares two lines a job; these are wanted nevertheless.
        "maillage": {"level": "INFO"},
        "celery.apps.worker": {"level": "INFO"},
    },
}
