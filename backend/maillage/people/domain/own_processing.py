"""The lines of the register that belong to everyone's data; each hall adds its own."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from maillage.accounts.domain import CHANGE_LASTS
from maillage.people.domain.accesses import ACCESSES_KEPT
from maillage.people.domain.imports import IMPORT_LINES_KEPT
from maillage.people.domain.processing import Kept, Processing
from maillage.people.domain.staying import KEPT_AFTER_LAST_SIGN
from maillage.people.domain.words import UNCONFIRMED_KEPT

_SILENT = Kept(KEPT_AFTER_LAST_SIGN, by="people.forget_silent")

OWN = (
    Processing(
        name="people.contacts",
        title=_("Knowing the people who take part"),
        purpose=_("Answer who writes to us, put people in touch with the relay of their constituency, keep what they agreed to."),
        basis=_(
            "Your explicit consent (GDPR, articles 6(1)(a) and 9(2)(a)), asked for each use apart. "
            "Taking part in a campaign can reveal an opinion."
        ),
        data=_(
            "Names, e-mail address, telephone if you give it, commune and constituency (never your exact position), language, "
            "consents with their dates."
        ),
        recipients=_("The people of the table below, and nobody outside the organisation."),
        duration=_(
            "Until you ask to be erased, and at most three years after your last sign. What you typed without confirming it: 30 days."
        ),
        kept=(_SILENT, Kept(UNCONFIRMED_KEPT, by="people.forget_unconfirmed")),
    ),
    Processing(
        name="people.papers",
        title=_("People met in person"),
        purpose=_(
            "Let people without e-mail or smartphone take part: a relay reads this notice aloud and enters what they wrote on paper."
        ),
        basis=_("Your explicit consent, given on the paper (GDPR, articles 6(1)(a) and 9(2)(a)); its number is the proof."),
        data=_("Names, telephone, postal or e-mail address if you give them, constituency, the paper's number, who entered it and when."),
        recipients=_("The people of the table below. An e-mail address counts once you confirmed it from your mailbox."),
        duration=_("Until you ask to be erased, by telephone, by post or in person, and at most three years after your last sign."),
        kept=(_SILENT,),
    ),
    Processing(
        name="accounts.sign_in",
        title=_("Signing in"),
        purpose=_("Let you in by a code sent by e-mail, and nobody else."),
        basis=_("The service that you ask for (GDPR, article 6(1)(b))."),
        data=_(
            "E-mail address, date of the last sign-in; two cookies without which one cannot sign in (session, protection of forms), and "
            "two that name what your browser keeps for you and say whether something waits there, so that it is wiped when you leave."
        ),
        recipients=_("Nobody."),
        duration=_(
            "As long as the account, and at most three years after your last sign; the session two weeks; the code ten minutes; "
            "another address that you asked for and did not confirm, a day."
        ),
        kept=(
            Kept(KEPT_AFTER_LAST_SIGN, by="people.forget_silent_accounts"),
            Kept(timedelta(weeks=2), by="SESSION_COOKIE_AGE"),
            Kept(timedelta(minutes=10), by="ACCOUNT_LOGIN_BY_CODE_TIMEOUT"),
            Kept(CHANGE_LASTS, by="accounts.forget_address_changes"),
        ),
    ),
    Processing(
        name="people.access_log",
        title=_("Knowing who read about you"),
        purpose=_("Show you who in the organisation read something about you, as what and when, and find misuse."),
        basis=_("The duty to keep your data safe (GDPR, articles 6(1)(c) and 32)."),
        data=_("Who read, in which role, which list or card, of whom, when. Not what it said."),
        recipients=_("You, for what concerns you."),
        duration=_("Thirteen months, then to the end of that month."),
        kept=(Kept(ACCESSES_KEPT, by="people.turn_access_log"),),
    ),
    Processing(
        name="messaging.mail",
        title=_("Writing to you"),
        purpose=_("Send what you asked for or agreed to. Openings of mails are not tracked."),
        basis=_("Your consent, or the service that you ask for; each mail of the first kind carries a link that stops it."),
        data=_(
            "E-mail address, what was sent and when, and, if you stop, a fingerprint of your address and number, which stays when you are "
            "erased, so that no list subscribes you again."
        ),
        recipients=_("The mail server that carries it."),
        duration=_("As long as you are known here; the fingerprints as long as they protect you."),
    ),
    Processing(
        name="people.imports",
        title=_("Bringing people in from a list"),
        purpose=_("Take over the people whom a group knew before it used this site, with what they had agreed to and its proof."),
        basis=_(
            "Your explicit consent, given on paper or elsewhere before; without its proof nothing is sent to you. An e-mail address is "
            "asked once whether it is yours, and written to only after you said yes."
        ),
        data=_("What the list said: names, e-mail address, telephone, commune, and for each agreement its day and the paper's number."),
        recipients=_("The organiser who brought the list in."),
        duration=_("The lines of the list: thirty days. From where your data came: as long as you are known here."),
        kept=(Kept(IMPORT_LINES_KEPT, by="people.forget_import_lines"),),
    ),
    Processing(
        name="people.documents",
        title=_("The charter, what you say of it, and what you have learnt"),
        purpose=_("Write the charter together, know who agreed to it before they hold a seat, and who has learnt what the seat asks for."),
        basis=_("Your consent (GDPR 6(1)(a) and 9(2)(a)): you comment, agree, learn. To hold a seat one has to; to take part, not."),
        data=_(
            "Which version you agreed to, when, in which language, by which form or by the paper of which number; your comments with "
            "their day and answer; what you have learnt, since when and until which day."
        ),
        recipients=_(
            "Comments without your name: those who may discuss the version; with it: the organisers of the whole country. "
            "The rest: the organisers of your place."
        ),
        duration=_(
            "Until you ask to be erased: then the words of your comments, the number of your paper and what you have learnt go; that "
            "somebody agreed stays, without you."
        ),
    ),
    Processing(
        name="messaging.letters",
        title=_("Letters and calls by hand"),
        purpose=_("Let you hear what others read by e-mail, by post, telephone or text message, if you have no e-mail address."),
        basis=_("Your consent, or the service that you ask for, on the very way that you gave to be reached."),
        data=_("What was to be passed on to you, by which way, on which day, and that it was done."),
        recipients=_(
            "The organisers of your place, and its relay where you agreed that they contact you on that way: they see your first name, "
            "initial and that contact. Each reading is in your access log."
        ),
        duration=_(
            "As long as you are known here; who passed it on can undo it for a week, and the question whether you stay for 30 days."
        ),
    ),
)
