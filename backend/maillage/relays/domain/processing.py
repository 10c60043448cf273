"""The lines of the register that belong to seats, their holders, and who asks for one or writes to one."""

from django.utils.translation import gettext_lazy as _

from maillage.people.domain import Kept, Processing
from maillage.people.domain.staying import KEPT_AFTER_LAST_SIGN
from maillage.relays.domain.applications import CONFIRM_WITHIN, WITHDRAWN_KEPT
from maillage.relays.domain.concerns import CONCERN_KEPT
from maillage.relays.domain.conversations import CONVERSATION_KEPT
from maillage.relays.domain.filling import ASK_LASTS
from maillage.relays.domain.notes import NOTES_KEPT

OF_SEATS = (
    Processing(
        name="relays.seats",
        title=_("Seats and who holds them"),
        purpose=_("Find one accountable person for each constituency, call whoever offers, and appoint."),
        basis=_("Your consent (GDPR 6(1)(a) and 9(2)(a)), which you give on the form and can take back at any time."),
        data=_(
            "First name, family name, e-mail address, telephone and commune if you gave them, that you said that you are 15 or older, "
            "the seat, what you wrote, why you took it back if you said so, dates of each step; for one day "
            "a mark of the network from which you confirmed, from which no address can be read, to hold back floods."
        ),
        recipients=_("The organisers of that place. Your first name is public only if you chose so, once you hold the seat."),
        duration=_(
            "An application that is not confirmed: 7 days. Otherwise until you ask to be erased. Once you take it back the "
            "organisers read in it neither what you wrote nor where you are reached, only why, if you said so; 30 days later "
            "what you wrote is erased."
        ),
        kept=(Kept(CONFIRM_WITHIN, by="relays.forget_unconfirmed"), Kept(WITHDRAWN_KEPT, by="relays.forget_withdrawn")),
    ),
    Processing(
        name="relays.joining",
        title=_("Taking part around a place"),
        purpose=_("Let people take part around a place without holding its seat: be greeted by its relay, read its news, be asked."),
        basis=_(
            "Your explicit consent (GDPR 6(1)(a) and 9(2)(a)), asked for each of the three apart on the form and taken back at any time."
        ),
        data=_(
            "First name, e-mail address; family name, telephone and commune if you gave them; the place, what you ticked, that you said "
            "that you are 15 or older, and the days on which you filled in the form and confirmed it."
        ),
        recipients=_("The organisers of that place, and its relay where you agreed that they contact you. Nobody else."),
        duration=_("What is not confirmed: 7 days. Otherwise until you ask to be erased, and at most three years after your last sign."),
        kept=(Kept(CONFIRM_WITHIN, by="relays.forget_unconfirmed"), Kept(KEPT_AFTER_LAST_SIGN, by="people.forget_silent")),
    ),
    Processing(
        name="relays.photo",
        title=_("Your photo on the page of your seat"),
        purpose=_("Let people near you see whom they would meet, where you wish it."),
        basis=_("Your explicit consent (GDPR 6(1)(a) and 9(2)(a)), apart from any other and needed for nothing else."),
        data=_("A small square drawn from the picture that you send. Nothing else of the file is kept: no place, no date, no device."),
        recipients=_("Anybody, on the public page of the seat that you hold, and members who see that seat."),
        duration=_("Until you take it back, or hold no seat any more: it is erased at once."),
    ),
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
        kept=(Kept(NOTES_KEPT, by="relays.forget_notes"),),
    ),
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
    ),
    Processing(
        name="relays.quiet",
        title=_("The friendly call to a relay who was quiet"),
        purpose=_("Ask a relay who was quiet for three weeks how they are, before their seat is shown as dormant."),
        basis=_("Your consent (GDPR 6(1)(a) and 9(2)(a)), which you gave when you took the seat and can take back at any time."),
        data=_("The day of your last sign-in, answer or report; what was tried; a few words of whoever called, which you can read."),
        recipients=_("Your buddy or facilitator, whom you chose; otherwise the organisers of your place."),
        duration=_("As long as you hold the seat, and until you ask to be erased."),
    ),
    Processing(
        name="relays.conversations",
        title=_("Messages to whoever answers for a place"),
        purpose=_("Pass on what you write to a place, and its answer, without showing either side the other's address."),
        basis=_("Your request (GDPR 6(1)(a) and 9(2)(a)): you write, confirm it from your own mailbox, and can erase it at any time."),
        data=_(
            "The name that you give, your e-mail address, what both sides wrote, dates. Of who was blocked, a mark "
            "from which no address can be read."
        ),
        recipients=_(
            "Who answers for the place reads your name and your words, never your address; so do the organisers "
            "above, and each reading is written down."
        ),
        duration=_(
            "What was not confirmed: 7 days. Otherwise one year after the last words, or until you erase it by the link in the mail."
        ),
        kept=(Kept(CONFIRM_WITHIN, by="relays.forget_words"), Kept(CONVERSATION_KEPT, by="relays.forget_words")),
    ),
    Processing(
        name="relays.concerns",
        title=_("Telling that something is wrong"),
        purpose=_("Let a named person take care the same day of harassment, threats or anything else that is wrong."),
        basis=_("Legitimate interest in the safety of members (GDPR 6(1)(f)); of sensitive data, the defence of rights (9(2)(f))."),
        data=_(
            "What you tell, about whom, when; who you are, which from the page of a place you need not say; the e-mail address that you "
            "leave for the answer; a copy of the messages that you speak of; dates of each step and what came of it. Of whom the "
            "organisation named, the name."
        ),
        recipients=_(
            "The one person whom the organisation named, else the second, else the administrators; once one has taken it up, nobody else, "
            "not the data-protection officer either. Never whoever answers for the place of which you tell it, unless nobody else is "
            "there, which you read before; the address that you leave there, nobody."
        ),
        duration=_("One year after its outcome was told to you. An address that you left and did not confirm: 7 days."),
        kept=(Kept(CONCERN_KEPT, by="relays.forget_words"), Kept(CONFIRM_WITHIN, by="relays.forget_words")),
    ),
    Processing(
        name="relays.filling",
        title=_("Asking people for empty seats"),
        purpose=_("Ask who agreed to it whether they would hold a seat near them, and relays next door whether they would stand in."),
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
        kept=(Kept(ASK_LASTS, by="relays.lapse_asks"),),
    ),
)
