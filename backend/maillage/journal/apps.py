from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from maillage.kernel import readiness


class JournalConfig(AppConfig):
    name = "maillage.journal"
    label = "journal"

    def ready(self) -> None:
        """Tell `/readyz` whether the queue moves, and learn every job and subscriber by name.

        In every process, so that a misspelt one fails where it is asked for.
        """
        from maillage.journal import readiness as journal_readiness

        readiness.CHECKS["queue"] = [journal_readiness.broker, journal_readiness.dispatcher]
        autodiscover_modules("tasks", "subscribers")
