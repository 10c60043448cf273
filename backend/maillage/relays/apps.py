from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RelaysConfig(AppConfig):
    name = "maillage.relays"
    label = "relays"

    def ready(self) -> None:
        """Register what relays writes to people, what applicants agree to, and what is kept of them."""
        from maillage.advocacy.domain.answering import register_pausing
        from maillage.messaging.domain import register
        from maillage.people.domain import (
            PAPER_ASKS,
            QUALIFICATION_NAMES,
            WORDINGS,
            DocumentKind,
            Form,
            PaperAsk,
            register_answerer,
            register_bound,
            register_form,
            register_hall,
            register_processing,
            register_reading,
            register_source,
        )
        from maillage.people.domain.listing import register_place_filter
        from maillage.people.domain.merging import (
            Belonging,
            register_bars,
            register_belonging,
            register_prepare,
            register_settle,
            register_staying,
        )
        from maillage.people.domain.opening import Condition, register_condition
        from maillage.relays.domain import APPLICANT_CONTACT, APPLY_SOURCE, PAPER_SOURCE, WELCOME
        from maillage.relays.domain.filling import ASKED_SOURCE, SEAT_ASKING
        from maillage.relays.domain.joining import JOIN_SOURCE, STAY_SOURCE
        from maillage.relays.domain.photos import PHOTO, PHOTO_SOURCE
        from maillage.relays.domain.processing import OF_SEATS
        from maillage.relays.selectors.concerns import somebody_is_named
        from maillage.relays.selectors.filters import areas_in_state
        from maillage.relays.selectors.own import seats_of
        from maillage.relays.selectors.pausing import who_pauses
        from maillage.relays.selectors.readiness import names_of_required, running_holders
        from maillage.relays.selectors.sights import holders_at
        from maillage.relays.selectors.signs import signs_of_seats
        from maillage.relays.selectors.welcomes import is_welcome_kept
        from maillage.relays.services.ask_letters import ASK_LETTERS
        from maillage.relays.services.asks import keep_unasked, take_back_questions
        from maillage.relays.services.charter_letters import CHARTER_LETTERS
        from maillage.relays.services.companion_letters import COMPANION_LETTERS
        from maillage.relays.services.concern_letters import CONCERN_LETTERS
        from maillage.relays.services.conversation_letters import CONVERSATION_LETTERS
        from maillage.relays.services.erasure import erase_seats
        from maillage.relays.services.hand_over_letters import HAND_OVER_LETTERS
        from maillage.relays.services.held_letters import HELD_LETTERS
        from maillage.relays.services.joining_letters import JOINING_LETTERS
        from maillage.relays.services.letters import LETTERS
        from maillage.relays.services.merging import bars_to_merge, grant_missing, keep_one_application
        from maillage.relays.services.photos import show_nothing_again, throw_photo_away
        from maillage.relays.services.promise_letters import PROMISE_LETTERS
        from maillage.relays.services.quiet_letters import QUIET_LETTERS
        from maillage.relays.services.welcomes import SOURCE, give_welcome_back, take_welcome_back
        from maillage.relays.services.with_consent import reopen_applications, withdraw_applications

        register_answerer("relays", holders_at)
        register_place_filter("seat_state", areas_in_state)
        register_condition(
            Condition(
                name="relays.safety_contact",
                text=_("Name who receives it the same day when people tell that something is wrong."),
                done_at="/desk/settings#safety",
                is_met=somebody_is_named,
            )
        )
        letters = (
            *LETTERS,
            *PROMISE_LETTERS,
            *HELD_LETTERS,
            *HAND_OVER_LETTERS,
            *CHARTER_LETTERS,
            *COMPANION_LETTERS,
            *QUIET_LETTERS,
            *CONVERSATION_LETTERS,
            *CONCERN_LETTERS,
            *ASK_LETTERS,
            *JOINING_LETTERS,
        )
        for purpose, letter in letters:
            register(purpose, letter)
        register_pausing("relays", who_pauses)
        register_hall("relays", export=seats_of, erase=erase_seats, signs=signs_of_seats, confided=("concerns",))
        register_belonging(Belonging(model="relays.Application", column="person", told=_("applications for a seat")))
        register_belonging(Belonging(model="relays.Joining", column="person"))
        register_belonging(
            Belonging(
                model="relays.SeatAsk",
                column="person",
                told=_("questions about a seat"),
                gives_way={"relays_one_open_ask_a_person": ("status", "taken_back")},
            )
        )
        register_belonging(Belonging(model="relays.Term", column="person", told=_("seats held, now or before")))
        register_belonging(Belonging(model="relays.CharterRequest", column="person", told=_("requests to agree to the charter")))
        register_belonging(Belonging(model="relays.HandOver", column="successor", told=_("seats to be taken over")))
        register_belonging(Belonging(model="relays.SeatNote", column="author", told=_("notes of a seat")))
        register_staying("relays.Concern")
        register_bars("relays", bars_to_merge)
        register_prepare("relays", keep_one_application)
        register_settle("relays", grant_missing)
        register_reading("relays.applications", _("the list of applications"))
        register_reading("relays.application", _("your application"))
        register_bound(DocumentKind.CHARTER, running_holders)
        QUALIFICATION_NAMES.append(names_of_required)
        register_reading("relays.charter", _("whether you agreed to the charter"))
        register_reading("relays.seat", _("the page of your seat"))
        register_reading("relays.notes", _("your notes of a seat"))
        register_reading("relays.hand_over", _("the hand-over of a seat"))
        register_reading("relays.dossier", _("the one page of a place, which names who organises it"))
        register_reading("relays.counterparts", _("your first name, by a relay whose place is like yours"))
        register_reading("relays.companion", _("your first name and the contact you chose, by who accompanies you or whom you accompany"))
        register_reading("relays.newcomers", _("the list of newcomers who have nobody yet"))
        register_reading("relays.candidates", _("the list of people who agreed to welcome newcomers"))
        register_reading("relays.calls", _("that a friendly call is owed to you, and how you are reached"))
        register_reading("relays.care", _("the list of relays who were quiet"))
        WORDINGS[WELCOME.version] = WELCOME
        welcomes = Form(take_back=take_welcome_back, give_back=give_welcome_back, shows_contact=True, is_kept=is_welcome_kept)
        register_form(WELCOME.purpose, welcomes)
        WORDINGS[PHOTO.version] = PHOTO
        register_form(PHOTO.purpose, Form(take_back=throw_photo_away, give_back=show_nothing_again))
        register_source(PHOTO_SOURCE, _("on the page of your seat, with your photo"))
        register_source(SOURCE, _("on your page, where relays agree to welcome newcomers"))
        register_reading("relays.conversations", _("what you answer to people who write to your place"))
        register_reading("relays.concerns", _("what you told in confidence"))
        register_reading("relays.safety_contacts", _("to whom people tell that something is wrong"))
        register_reading("relays.filling", _("the list of seats to fill"))
        register_reading("relays.volunteers", _("the list of volunteers near a seat"))
        register_reading("relays.neighbours", _("the list of relays who could stand in"))
        register_reading("relays.ask_letter", _("the letter that asks you for a seat, before it leaves"))
        WORDINGS[APPLICANT_CONTACT.version] = APPLICANT_CONTACT
        WORDINGS[SEAT_ASKING.version] = SEAT_ASKING
        register_form(SEAT_ASKING.purpose, Form(take_back=take_back_questions, give_back=keep_unasked))
        register_source(ASKED_SOURCE, _("on the page behind a question about a seat"))
        register_form(APPLICANT_CONTACT.purpose, Form(take_back=withdraw_applications, give_back=reopen_applications))
        register_source(APPLY_SOURCE, _("on the form that asks for a seat"))
        register_source(JOIN_SOURCE, _("on the form to take part"))
        register_source(STAY_SOURCE, _("on the page of a call that did not come, to stay and take part"))
        register_source("relays.withdraw", _("with the application"))
        register_source(PAPER_SOURCE, _("on a paper that asks for a seat, read aloud"))
        PAPER_ASKS.append(PaperAsk(box=_("I ask for the seat of this place"), wording=APPLICANT_CONTACT))
        for processing in OF_SEATS:
            register_processing(processing)
