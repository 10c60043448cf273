"""What several halls show together: the public pages, coverage in time, what happened where."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InsightsConfig(AppConfig):
    name = "maillage.insights"
    label = "insights"

    def ready(self) -> None:
        """Say what is read about people here, and tell the halls below what was published.

        Insights keeps counts only, so nothing of it goes with a person.
        """
        from maillage.insights.selectors.published import promise_record
        from maillage.people.domain import register_reading
        from maillage.relays.domain import register_record

        register_record(promise_record)
        register_reading("insights.relays", _("the table of what relays did"))
        register_reading("insights.organisers", _("the table of what organisers did"))
        register_reading("insights.file", _("a file of what relays or organisers did"))
