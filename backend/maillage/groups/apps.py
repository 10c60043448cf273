from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroupsConfig(AppConfig):
    name = "maillage.groups"
    label = "groups"

    def ready(self) -> None:
        """Say what is kept of whoever reports something."""
        from maillage.groups.domain import REPORT_KEPT
        from maillage.people.domain import Kept, Processing, register_processing

        register_processing(
            Processing(
                name="groups.reports",
                title=_("Reports of what is shown"),
                purpose=_("Look at what somebody reports, decide with reasons, and answer."),
                basis=_(
                    "What the law asks of whoever shows what others write (GDPR 6(1)(c); regulation (EU) 2022/2065, articles 16 and 17)."
                ),
                data=_("What you report and why; your e-mail address if you want an answer."),
                recipients=_("The moderators of the place, or of the country. Whoever is reported is not told who reported them."),
                duration=_("180 days after the decision; what was decided stays without your words and your address."),
                kept=(Kept(REPORT_KEPT, by="groups.forget_reports"),),
            )
        )
