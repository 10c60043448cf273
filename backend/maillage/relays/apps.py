from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RelaysConfig(AppConfig):
    name = "maillage.relays"
    label = "relays"

    def ready(self) -> None:
        """Register what relays writes to people, what applicants agree to, and what is kept of them."""
        from maillage.messaging.domain import register
        from maillage.people.domain import (
            QUALIFICATION_NAMES,
            WORDINGS,
            DocumentKind,
            Form,
            Processing,
            register_bound,
            register_form,
            register_hall,
            register_processing,
            register_reading,
            register_source,
        )
        from maillage.people.domain.listing import register_place_filter
        from maillage.people.domain.merging import Belonging, register_bars, register_belonging, register_prepare, register_settle
        from maillage.relays.domain import APPLICANT_CONTACT, APPLY_SOURCE, WELCOME
        from maillage.relays.domain.filling import ASKED_SOURCE, SEAT_ASKING
        from maillage.relays.selectors.filters import areas_in_state
        from maillage.relays.selectors.own import seats_of
        from maillage.relays.selectors.readiness import names_of_required, running_holders
        from maillage.relays.services.ask_letters import ASK_LETTERS
        from maillage.relays.services.asks import keep_unasked, take_back_questions
        from maillage.relays.services.charter_letters import CHARTER_LETTERS
        from maillage.relays.services.companion_letters import COMPANION_LETTERS
        from maillage.relays.services.concern_letters import CONCERN_LETTERS
        from maillage.relays.services.conversation_letters import CONVERSATION_LETTERS
        from maillage.relays.services.erasure import erase_seats
        from maillage.relays.services.hand_over_letters import HAND_OVER_LETTERS
        from maillage.relays.services.held_letters import HELD_LETTERS
        from maillage.relays.services.letters import LETTERS
        from maillage.relays.services.merging import bars_to_merge, grant_missing, keep_one_application
        from maillage.relays.services.promise_letters import PROMISE_LETTERS
        from maillage.relays.services.quiet_letters import QUIET_LETTERS
        from maillage.relays.services.welcomes import SOURCE, give_welcome_back, take_welcome_back
        from maillage.relays.services.with_consent import reopen_applications, withdraw_applications

        register_place_filter("seat_state", areas_in_state)
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
        )
        for purpose, letter in letters:
            register(purpose, letter)
        register_hall("relays", export=seats_of, erase=erase_seats)
        register_belonging(Belonging(model="relays.Application", column="person", told=_("applications for a seat")))
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
        register_form(WELCOME.purpose, Form(take_back=take_welcome_back, give_back=give_welcome_back))
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
        register_source("relays.withdraw", _("with the application"))
        register_processing(
            Processing(
                name="relays.seats",
                title=_("Seats and who holds them"),
                purpose=_("Find one accountable person for each constituency, call whoever offers, and appoint."),
                basis=_("Your consent (GDPR 6(1)(a) and 9(2)(a)), which you give on the form and can take back at any time."),
                data=_(
                    "First name, family name, e-mail address, telephone if you gave it, the seat, what you wrote, dates of each step; for "
                    "one day a mark of the network from which you confirmed, from which no address can be read, to hold back floods."
                ),
                recipients=_("The organisers of that place. Your first name is public only if you chose so, once you hold the seat."),
                duration=_("An application that is not confirmed: 7 days. Otherwise until you take it back or ask to be erased."),
            )
        )
        register_processing(
            Processing(
                name="relays.notes",
                title=_("Notes of a seat, and handing it over"),
                purpose=_("Let whoever holds a seat next begin where the one before stopped."),
                basis=_("Your consent (GDPR 6(1)(a) and 9(2)(a)): you write the notes, and you alone let them go along."),
                data=_(
                    "What you write about the representative's public positions, who helps here, what was promised and what is to do, "
                    "without anybody's private life; the day on which you hand over, whom you propose, your word to the organisers."
                ),
                recipients=_("You and the organisers above; once you let them go along, whoever holds the seat after you."),
                duration=_("Until your term ends. What went along: one year, or until you take it back or ask to be erased."),
            )
        )
        register_processing(
            Processing(
                name="relays.companions",
                title=_("Facilitators and buddies"),
                purpose=_("Let nobody begin alone: offer each newcomer somebody who agreed beforehand to welcome them."),
                basis=_("Your consent (GDPR 6(1)(a) and 9(2)(a)): a newcomer's by their yes, a companion's by their choice to welcome."),
                data=_("First name, place, the contact that each chose, and the dates of what was offered, answered and ended."),
                recipients=_(
                    "The other of the two, once both said yes. Organisers who look for somebody see the first name and place of who "
                    "agreed to welcome."
                ),
                duration=_("Contacts are seen until either of you ends it, or the term ends. The dates: until you ask to be erased."),
            )
        )
        register_processing(
            Processing(
                name="relays.quiet",
                title=_("The friendly call to a relay who was quiet"),
                purpose=_("Ask a relay who was quiet for three weeks how they are, before their seat is shown as dormant."),
                basis=_("Your consent (GDPR 6(1)(a) and 9(2)(a)), which you gave when you took the seat and can take back at any time."),
                data=_(
                    "The day of your last sign-in, answer or report; what was tried; a few words of whoever called, which you can read."
                ),
                recipients=_("Your buddy or facilitator, whom you chose; otherwise the organisers of your place."),
                duration=_("As long as you hold the seat, and until you ask to be erased."),
            )
        )
        register_processing(
            Processing(
                name="relays.conversations",
                title=_("Messages to whoever answers for a place"),
                purpose=_("Pass on what you write to a place, and its answer, without showing either side the other's address."),
                basis=_(
                    "Your request (GDPR 6(1)(a) and 9(2)(a)): you write, confirm it from your own mailbox, and can erase it at any time."
                ),
                data=_(
                    "The name that you give, your e-mail address, what both sides wrote, dates. Of who was blocked, a mark "
                    "from which no address can be read."
                ),
                recipients=_(
                    "Who answers for the place reads your name and your words, never your address; so do the organisers "
                    "above, and each reading is written down."
                ),
                duration=_(
                    "What was not confirmed: 7 days. Otherwise one year after the last words, or until you erase it by the "
                    "link in the mail."
                ),
            )
        )
        register_processing(
            Processing(
                name="relays.concerns",
                title=_("Telling that something is wrong"),
                purpose=_("Let a named person take care the same day of harassment, threats or anything else that is wrong."),
                basis=_("Legitimate interest in the safety of members (GDPR 6(1)(f)); of sensitive data, the defence of rights (9(2)(f))."),
                data=_(
                    "What you tell, about whom, when; who you are; a copy of the messages that you speak of; dates of each "
                    "step and what came of it."
                ),
                recipients=_(
                    "The one person whom the organisation named, else the second, else the administrators; once one has "
                    "taken it up, nobody else."
                ),
                duration=_("One year after its outcome was told to you."),
            )
        )
        register_processing(
            Processing(
                name="relays.filling",
                title=_("Asking people for empty seats"),
                purpose=_(
                    "Ask who agreed to it whether they would hold a seat near them, and relays next door whether they would stand in."
                ),
                basis=_(
                    "Your explicit consent to be asked (GDPR 6(1)(a) and 9(2)(a)), apart from any other and needed for nothing else; "
                    "for relays, what they agreed to when they took their seat. Either is taken back in one press."
                ),
                data=_(
                    "Names, commune, how far its centre is from the seat, the contact that you chose, which seat you were asked for, when, "
                    "by whom, and what you answered."
                ),
                recipients=_("The organisers of your place. Each reading of the list is in your access log."),
                duration=_("Until you ask to be erased; a question without an answer ends after 14 days."),
            )
        )
