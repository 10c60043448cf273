"""Who decides, what they said and when one spoke with them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdvocacyConfig(AppConfig):
    name = "maillage.advocacy"
    label = "advocacy"

    def ready(self) -> None:
        """Register what advocacy writes to people, and what is kept of those who say and log something."""
        from maillage.advocacy.selectors.own import said_by
        from maillage.advocacy.selectors.signs import signs_of_sayings
        from maillage.advocacy.services.answer_letters import ANSWER_LETTERS
        from maillage.advocacy.services.erasure import erase_sayings
        from maillage.advocacy.services.letters import LETTERS
        from maillage.messaging.domain import register
        from maillage.people.domain import Processing, register_hall, register_processing, register_reading
        from maillage.people.domain.merging import Belonging, register_belonging

        for purpose, letter in (*LETTERS, *ANSWER_LETTERS):
            register(purpose, letter)
        register_hall("advocacy", export=said_by, erase=erase_sayings, signs=signs_of_sayings)
        register_belonging(Belonging(model="advocacy.Position", column="author", told=_("positions heard")))
        register_belonging(Belonging(model="advocacy.Contact", column="author", told=_("contacts with office holders")))
        register_belonging(Belonging(model="advocacy.ContactStep", column="author"))
        register_reading("advocacy.positions", _("what you heard an office holder say"))
        register_reading("advocacy.contacts", _("your contacts with an office holder"))
        register_processing(
            Processing(
                name="advocacy.sayings",
                title=_("What those who decide said, and when we spoke with them"),
                purpose=_(
                    "Know where each office holder stands, so that nobody asks again whom we have convinced, and answer for our contacts."
                ),
                basis=_("Our legitimate interest in being heard (GDPR 6(1)(f)); for registers of interests, what the law asks (6(1)(c))."),
                data=_("Of an office holder: what they said in office and when we met. Of you: that you heard or logged it."),
                recipients=_(
                    "The relay of the place and the organisers above it. An office holder gets all that is held on them, without your name."
                ),
                duration=_("As long as the subject is of use; your name goes from it once you ask to be forgotten."),
            )
        )
        register_processing(
            Processing(
                name="advocacy.staff",
                title=_("Who works for those who decide"),
                purpose=_("Know whom to ask for a meeting."),
                basis=_("Our legitimate interest in being heard (GDPR 6(1)(f))."),
                data=_("Name, role and the address of the office. Nothing private."),
                recipients=_(
                    "The relay of the place and the organisers above it. Their office holder gets it with all that is held on them."
                ),
                duration=_("Until the mandate ends, or they ask to be taken away."),
            )
        )
