"""What several halls show together: the public pages, coverage in time, what happened where."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InsightsConfig(AppConfig):
    name = "maillage.insights"
    label = "insights"

    def ready(self) -> None:
        """Say what is read about people here. Insights keeps counts only, so nothing of it goes with a person."""
        from maillage.people.domain import register_reading

        register_reading("insights.relays", _("the table of what relays did"))
        register_reading("insights.organisers", _("the table of what organisers did"))
        register_reading("insights.file", _("a file of what relays or organisers did"))
