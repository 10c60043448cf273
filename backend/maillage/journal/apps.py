from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JournalConfig(AppConfig):
    name = "maillage.journal"
    label = "journal"

    def ready(self) -> None:
        """Learn every job and subscriber by name in every process, so that a misspelt one fails where it is asked for."""
        autodiscover_modules("tasks", "subscribers")
