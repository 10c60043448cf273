"""What relays writes to people: each letter says who does what by when."""

from django.conf import settings
from django.db.models import Q
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.kernel import dates
from maillage.kernel.links import sign_link
from maillage.messaging.domain import Button, Facts, Heading, Lane, Letter, Paragraph, Prose, Purpose, Quiet, RecipientKind
from maillage.messaging.models import Message
from maillage.people.domain import Channel
from maillage.people.selectors import mailbox_mark
from maillage.relays.domain import CONFIRM_LINK, CONFIRM_WITHIN, COVERED, TermKind
from maillage.relays.domain.endings import TermEnding
from maillage.relays.models import Application, SeatStanding, Term
from maillage.relays.selectors import caller_at, kept_out
from maillage.relays.services.letter_parts import about, asked_next_door, greeted, is_by_hand, page, until_then

_PERSON = frozenset({RecipientKind.PERSON})
_EVERYBODY = frozenset({RecipientKind.PERSON, RecipientKind.ADDRESS})
_APPLYING = gettext_lazy("answers about your application")

CONFIRM = Purpose("relays.confirm_application", lane=Lane.TRANSACTIONAL, recipients=frozenset({RecipientKind.ADDRESS}), title=_APPLYING)
RECEIVED = Purpose("relays.application_received", lane=Lane.TRANSACTIONAL, recipients=_PERSON, title=_APPLYING)
WAITING = Purpose(
    "relays.application_waiting",
    lane=Lane.TRANSACTIONAL,
    recipients=_EVERYBODY,
    title=gettext_lazy("applications that wait for you"),
)
WELCOME = Purpose("relays.welcome", lane=Lane.TRANSACTIONAL, recipients=_PERSON, title=_APPLYING)
DECLINED = Purpose("relays.application_declined", lane=Lane.TRANSACTIONAL, recipients=_PERSON, title=_APPLYING)
SEAT_LEFT = Purpose("relays.seat_left", lane=Lane.TRANSACTIONAL, recipients=_EVERYBODY, title=gettext_lazy("seats that somebody left"))
TERM_ENDED = Purpose("relays.term_ended", lane=Lane.TRANSACTIONAL, recipients=_PERSON, title=gettext_lazy("your seat"))
RELAY_CAME = Purpose("relays.relay_came", lane=Lane.TRANSACTIONAL, recipients=_PERSON, title=gettext_lazy("your seat"))
TERM_RESUMED = Purpose("relays.term_resumed", lane=Lane.TRANSACTIONAL, recipients=_PERSON, title=gettext_lazy("your seat"))


def confirm_letter(message: Message) -> Letter:
    """Ask an address to confirm; it asserts nothing, because anyone may have typed it."""
    application = _application(message)
    point = application.person.contact_points.get(channel=Channel.EMAIL, value=message.address)
    ends_at = application.created_at + CONFIRM_WITHIN
    token = sign_link(CONFIRM_LINK, ids=[application.pk, point.pk, mailbox_mark(point.value)], ends_at=ends_at)
    area = application.seat.area
    return Letter(
        subject=_("%(place)s: one click to ask for this seat") % {"place": area.called},
        preview=_("Without your confirmation, nothing happens."),
        blocks=(
            Paragraph(_("Somebody, perhaps you, gave this address to ask for the seat of %(place)s.") % {"place": area.called}),
            Paragraph(_("If it was you, open this page and confirm. A human then calls you within 48 hours.")),
            Button(_("Confirm, or say it was not me"), page(message, f"relays/apply/confirm/{token}/"), accent=True),
            Quiet(
                _("If it was not you, do nothing: nobody is told, and on %(day)s we forget this address.")
                % {"day": dates.day(ends_at, area.time_zone)}
            ),
        ),
    )


def received_letter(message: Message) -> Letter:
    """Tell an applicant who calls them by when."""
    application = _application(message)
    area = application.seat.area
    if application.promise is None:
        raise LookupError("the application was never confirmed")
    by = dates.instant(application.promise.due_at, area.time_zone)
    caller = caller_at(area, now=application.promise.made_at, without=kept_out(application))
    if caller is None:
        who = _("Somebody of the team calls you before %(instant)s.") % {"instant": by}
    elif caller.person is None:
        who = _("The organisers of %(place)s call you before %(instant)s.") % {"place": caller.place, "instant": by}
    else:
        who = _("%(name)s calls you before %(instant)s.") % {"name": caller.person.full_name, "instant": by}
    return Letter(
        subject=_("We call you before %(instant)s") % {"instant": by},
        preview=who,
        blocks=(
            Paragraph(
                _("Thank you, %(name)s. You asked for the seat of %(place)s.") % {"name": greeted(application.person), "place": area.called}
            ),
            Paragraph(who),
            Paragraph(
                _(
                    "If nobody has called by then, we say so: the next organiser up owes you the call, you are told their name, "
                    "and the miss is counted, for all to see."
                )
            ),
            *until_then(message, application, since=application.promise.made_at),
        ),
    )


def waiting_letter(message: Message) -> Letter:
    """Tell an organiser that somebody waits for a call, and until when."""
    application = _application(message)
    area = application.seat.area
    if application.promise is None:
        raise LookupError("nobody waits any more")
    by = dates.instant(application.promise.due_at, area.time_zone)
    return Letter(
        subject=_("%(place)s: somebody waits for your call before %(instant)s") % {"place": area.called, "instant": by},
        preview=_("We promised a human contact within 48 hours."),
        blocks=(
            Paragraph(_("%(name)s asks for the seat of %(place)s.") % {"name": application.person.full_name, "place": area.called}),
            Facts(((_("To call before"), by), (_("Seat"), area.called))),
            Button(
                _("See the application and call"), f"{settings.PUBLIC_URL}/app/desk/applications?application={application.pk}", accent=True
            ),
            Quiet(_("You receive this because you organise this place. The telephone number stands on the page, not in this mail.")),
        ),
    )


def welcome_letter(message: Message) -> Letter:
    """Tell somebody that they hold a seat from now on, and how to begin."""
    term = _term(message)
    place = term.seat.area.called
    subject = _("You now hold the seat of %(place)s") if term.kind == TermKind.RELAY else _("You now stand in for the seat of %(place)s")
    person = term.person
    sign_in = (
        (
            Paragraph(_("To sign in, give this e-mail address: you receive a code, there is no password to keep.")),
            Button(_("Sign in and see my seat"), page(message, "sign-in/"), accent=True),
        )
        if person.user_id
        else (
            Paragraph(
                _("Each brief is posted or read to you, and you answer to whoever brings it.")
                if is_by_hand(message)
                else _("Each brief reaches you by mail, and you answer from the mail itself.")
            ),
        )
    )
    decided_by = _name_of_decider(term)
    return Letter(
        subject=subject % {"place": place},
        preview=_("Here is how to begin."),
        blocks=(
            Paragraph(
                _("%(name)s, %(organiser)s has just appointed you.") % {"name": greeted(person), "organiser": decided_by}
                if decided_by
                else _("%(name)s, you have just been appointed.") % {"name": greeted(person)}
            ),
            Heading(_("What happens now")),
            *sign_in,
            *_one_page(term),
            *(
                (Quiet(_("You may leave this seat on any day: say so to an organiser. It costs nothing, and nobody will mind.")),)
                if is_by_hand(message)
                else (
                    Paragraph(
                        _("When an action starts, you receive a brief with what is asked, where and when. You say yes or no in one click.")
                    ),
                    Quiet(_("You may leave this seat on any day, from your page. It costs nothing, and nobody will mind.")),
                )
            ),
        ),
    )


def declined_letter(message: Message) -> Letter:
    """Pass on an organiser's words to an applicant who was not chosen."""
    application = _application(message)
    organiser = getattr(application.decided_by, "person", None)
    return Letter(
        subject=_("%(place)s: an answer to your application") % {"place": application.seat.area.called},
        blocks=(
            Paragraph(
                _("%(name)s, here is what %(organiser)s answers:") % {"name": greeted(application.person), "organiser": organiser.full_name}
                if organiser
                else _("%(name)s, here is what the organiser answers:") % {"name": greeted(application.person)}
            ),
            _typed(application.decision_words),
            *(
                (Paragraph(_("A seat near you may be vacant: ask whoever brings you this which one.")),)
                if is_by_hand(message)
                else (
                    Paragraph(_("A seat near you may be vacant. The map says which.")),
                    Button(_("See the map"), page(message, "")),
                )
            ),
        ),
    )


def term_ended_letter(message: Message) -> Letter:
    """Tell a holder, or whoever stood in, that an organiser ended their term."""
    term = _term(message)
    place = term.seat.area.called
    if term.kind == TermKind.STAND_IN:
        subject = _("You no longer stand in for the seat of %(place)s")
        said = _("%(name)s, an organiser ended your standing in for %(place)s. You receive no further brief for it.")
    else:
        subject = _("You no longer hold the seat of %(place)s")
        said = _("%(name)s, an organiser ended your term for %(place)s. You receive no further brief.")
    return Letter(
        subject=subject % {"place": place},
        blocks=(
            Paragraph(said % {"name": greeted(term.person), "place": place}),
            *asked_next_door(term),
            Paragraph(_("What you did stays counted. If this is a mistake, answer this mail."))
            if not is_by_hand(message)
            else Paragraph(_("What you did stays counted. If this is a mistake, say so to whoever brings you this.")),
        ),
    )


def seat_left_letter(message: Message) -> Letter:
    """Tell an organiser that whoever held a seat, or stood in, left it, or was forgotten."""
    term = _term(message)
    place, name = term.seat.area.called, greeted(term.person)
    if term.ending == TermEnding.ERASED:
        said = _("Whoever answered for %(place)s had themself erased here, and so left it.")
    elif term.kind == TermKind.STAND_IN:
        said = _("%(name)s stands in for %(place)s no more.")
    else:
        said = _("%(name)s has left the seat of %(place)s.")
    covering = SeatStanding.objects.filter(seat=term.seat_id, state__in=COVERED).exists()
    return Letter(
        subject=_("A seat was left: %(place)s") % {"place": place},
        preview=_("Somebody answers for it still.") if covering else _("Nobody answers for it now."),
        blocks=(
            Paragraph(said % {"name": name, "place": place}),
            Paragraph(
                _("Somebody else whose term runs there answers for it meanwhile.")
                if covering
                else _("Nobody answers for it now: who lives near and could, and which neighbour could stand in, stands on your desk.")
            ),
            Button(_("See the seats to fill"), f"{settings.PUBLIC_URL}/app/desk/filling", accent=True),
        ),
    )


def relay_came_letter(message: Message) -> Letter:
    """Thank whoever stood in until a relay took the seat, and say what changes for them."""
    term = _term(message)
    person, place = term.person, term.seat.area.called
    own = [held.seat.area.called for held in Term.objects.filter(person=person, ends_at__isnull=True).select_related("seat__area")]
    return Letter(
        subject=_("Thank you: %(place)s has its relay") % {"place": place},
        preview=_("You stood in until somebody took the seat; somebody has."),
        blocks=(
            Paragraph(
                _("%(name)s, somebody has taken the seat of %(place)s, where you stood in. Thank you for keeping it alive.")
                % {"name": greeted(person), "place": place}
            ),
            Paragraph(_("Your stand-in has ended: you receive no further brief for it, and read nobody there any more.")),
            Paragraph(_("Your notes of the seat were erased, unless you had let them go along.")),
            *((Paragraph(_("You still hold: %(places)s.") % {"places": ", ".join(sorted(own))}),) if own else ()),
            *(
                (Quiet(_("What you did stays counted. If this is a mistake, say so to whoever brings you this.")),)
                if is_by_hand(message)
                else (
                    *(
                        (
                            Paragraph(
                                _(
                                    "You were signed out everywhere. What your telephone or computer still keeps of the seat is erased as "
                                    "soon as it reaches us; a report that was never sent is shown to you first."
                                )
                            ),
                        )
                        if person.user_id
                        else ()
                    ),
                    Quiet(_("What you did stays counted. If this is a mistake, answer this mail.")),
                )
            ),
        ),
    )


def term_resumed_letter(message: Message) -> Letter:
    """Tell a relay that their pause is over: the day has come, or an organiser brought them back."""
    person = message.person
    running = Term.objects.filter(person=person, kind=TermKind.RELAY, ends_at__isnull=True, paused_at__isnull=True)
    places = [term.seat.area.called for term in running.select_related("seat__area").order_by("starts_at")]
    if person is None or not places:
        raise LookupError("they hold no seat, or pause again")
    return Letter(
        subject=_("Welcome back: %(place)s") % {"place": ", ".join(places)},
        blocks=(
            Paragraph(_("%(name)s, your pause is over, and your seat counts on you again.") % {"name": greeted(person)}),
            Paragraph(_("Need longer? You choose another day, or leave the seat, on your page. It costs nothing.")),
            Button(_("See my seat"), f"{settings.PUBLIC_URL}/app/seat"),
        ),
    )


LETTERS = (
    (CONFIRM, confirm_letter),
    (RECEIVED, received_letter),
    (WAITING, waiting_letter),
    (WELCOME, welcome_letter),
    (DECLINED, declined_letter),
    (TERM_ENDED, term_ended_letter),
    (SEAT_LEFT, seat_left_letter),
    (RELAY_CAME, relay_came_letter),
    (TERM_RESUMED, term_resumed_letter),
)


def _application(message: Message) -> Application:
    id = about(message)
    asked = Application.objects.select_related("seat__area", "person", "promise", "decided_by__person", "paper")
    return asked.get(Q(pk=id) | Q(promise=id))  # of a clock that started again, it is about the promise


def _term(message: Message) -> Term:
    return Term.objects.select_related("seat__area", "person", "application__decided_by__person").get(pk=about(message))


def _one_page(term: Term) -> tuple[Paragraph, ...]:
    """Lead who signs in to the one page of their place."""
    if term.person.user_id is None:
        return ()
    where = f"{settings.PUBLIC_URL}/app/seat/dossier"
    said = _("One page says what there is to know of this place, and what the one before you left: %(where)s") % {"where": where}
    return (Paragraph(said),)


def _name_of_decider(term: Term) -> str:
    person = getattr(term.application.decided_by, "person", None) if term.application else None
    return person.full_name if person else ""


def _typed(words: str) -> Prose:
    """Words that were typed as plain text: paragraphs, and nothing that they could smuggle in."""
    return Prose(source=words, safe_html=linebreaks(words, autoescape=True))
