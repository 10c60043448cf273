from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActionsConfig(AppConfig):
    name = "maillage.actions"
    label = "actions"

    def ready(self) -> None:
        """Register what actions writes to holders, and what is kept of their answers."""
        from maillage.actions.domain import OPENINGS_KEPT, PHOTOS_KEPT
        from maillage.actions.selectors.history import asked_of, meetings_in
        from maillage.actions.selectors.own import answers_of
        from maillage.actions.selectors.signs import signs_of_answers
        from maillage.actions.services.erasure import erase_answers
        from maillage.actions.services.launch_letters import LAUNCH_LETTERS
        from maillage.actions.services.letters import LETTERS
        from maillage.actions.services.step_letters import STEP_LETTERS
        from maillage.messaging.domain import register
        from maillage.people.domain import Kept, Processing, register_hall, register_processing, register_reading
        from maillage.people.domain.merging import Belonging, register_belonging
        from maillage.relays.domain.history import register_seat_history

        for purpose, letter in (*LETTERS, *STEP_LETTERS, *LAUNCH_LETTERS):
            register(purpose, letter)
        register_hall("actions", export=answers_of, erase=erase_answers, signs=signs_of_answers)
        register_seat_history("actions", past=meetings_in, waiting=asked_of)
        register_belonging(Belonging(model="actions.Assignment", column="holder", told=_("assignments")))
        register_belonging(Belonging(model="actions.Assignment", column="neighbour"))
        register_belonging(Belonging(model="actions.Opening", column="person"))
        register_belonging(Belonging(model="actions.TakeOver", column="person"))
        register_belonging(Belonging(model="actions.Report", column="author", told=_("reports")))
        register_reading("actions.board", _("the board of an action"))
        register_reading("actions.steps", _("what organisers did about an assignment, and whom next door they asked"))
        register_reading("actions.neighbours", _("the list of neighbours who could take over what one place is asked"))
        register_reading("actions.board_export", _("the board of an action, as a file"))
        register_reading("actions.paragraphs", _("who added a paragraph to a brief"))
        register_reading("actions.corrections", _("who corrected a brief"))
        register_reading("actions.launch_requests", _("who asked for a launch, and who said yes or no"))
        register_reading("actions.rehearsals", _("who may get the rehearsal of a brief"))
        register_processing(
            Processing(
                name="actions.assignments",
                title=_("Briefs and what came of them"),
                purpose=_("Ask each seat the same thing at the same time, and count what was done."),
                basis=_("Your consent (GDPR 6(1)(a) and 9(2)(a)), which you gave when you took the seat and can take back at any time."),
                data=_(
                    "When you opened which version of a brief, your answers, why you do not go if you said so, your reports and their "
                    "photos, when you were reminded or excused, and what you were asked to take over next door."
                ),
                recipients=_("The organisers of your place."),
                duration=_(
                    "As long as you hold a seat; then the answers are kept without your name. A photo goes a year after its action, what "
                    "you opened after 13 months."
                ),
                kept=(Kept(PHOTOS_KEPT, by="actions.forget_photos"), Kept(OPENINGS_KEPT, by="actions.forget_openings")),
            )
        )
