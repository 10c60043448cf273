"""The letters about a seat that passes from one person to the next."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.kernel import dates
from maillage.kernel.links import sign_link
from maillage.messaging.domain import Button, Facts, Lane, Letter, Paragraph, Purpose, Quiet, RecipientKind
from maillage.messaging.models import Message
from maillage.relays.domain import SIGN_OF_LIFE, STILL_HERE_LINK
from maillage.relays.domain.handing_over import HandOverStatus
from maillage.relays.models import HandOver
from maillage.relays.services.letter_parts import about, asked_next_door, greeted, page

_PERSON = frozenset({RecipientKind.PERSON})
_EITHER = frozenset({RecipientKind.PERSON, RecipientKind.ADDRESS})
_SEATS = gettext_lazy("seats that change hands")

ASKED = Purpose("relays.hand_over_asked", lane=Lane.TRANSACTIONAL, recipients=_EITHER, title=_SEATS)
BEGUN = Purpose("relays.hand_over_begun", lane=Lane.TRANSACTIONAL, recipients=_PERSON, title=_SEATS)
TAKEN_BACK = Purpose("relays.hand_over_taken_back", lane=Lane.TRANSACTIONAL, recipients=_EITHER, title=_SEATS)
HANDED_OVER = Purpose("relays.handed_over", lane=Lane.TRANSACTIONAL, recipients=_PERSON, title=_SEATS)
SEAT_OPEN = Purpose("relays.seat_open", lane=Lane.TRANSACTIONAL, recipients=_EITHER, title=_SEATS)


def asked_letter(message: Message) -> Letter:
    """Tell an organiser that a holder hands over, and by when somebody should be found."""
    found = _under_way(message)
    place, day = found.term.seat.area.called, _day(found)
    rows = [(_("Seat"), place), (_("Last day"), day)]
    rows.append((_("Notes for the next person"), _("they go along") if found.gives_notes else _("they do not go along")))
    return Letter(
        subject=_("%(place)s: the seat is being handed over, by %(day)s") % {"place": place, "day": day},
        preview=_("Choose who comes next, or the seat is open from then on."),
        blocks=(
            Paragraph(_("%(name)s hands over the seat of %(place)s.") % {"name": found.term.person.full_name, "place": place}),
            Facts(tuple(rows)),
            Button(_("See the hand-over and complete it"), f"{settings.PUBLIC_URL}/app/desk/hand-overs", accent=True),
            Quiet(_("Whom they propose and what they write to you stands on the page, not in this mail.")),
        ),
    )


def begun_letter(message: Message) -> Letter:
    """Tell a holder that an organiser, or whoever had their mail, began to hand over their seat, and how to stop it."""
    found = _under_way(message)
    holder = found.term.person
    said = (
        _("%(name)s, from the link in our mail you said that you hand over the seat of %(place)s. Your last day is %(day)s.")
        if found.begun_by_id in (None, holder.user_id)
        else _("%(name)s, an organiser noted that you hand over the seat of %(place)s. Your last day is %(day)s.")
    )
    return Letter(
        subject=_("%(place)s: the hand-over of your seat has begun") % {"place": found.term.seat.area.called},
        blocks=(
            Paragraph(said % {"name": greeted(holder), "place": found.term.seat.area.called, "day": _day(found)}),
            Paragraph(_("On your page you say whether your notes go along to the next person. Without your word they do not.")),
            Button(_("See my seat"), _own_page(message, found)),
            Quiet(_("You did not ask for this? Take it back on the same page: nothing has changed yet.")),
        ),
    )


def taken_back_letter(message: Message) -> Letter:
    """Say that a hand-over was taken back."""
    found = _found(message)
    if found.status != HandOverStatus.TAKEN_BACK:
        raise LookupError("it was not taken back")
    place = found.term.seat.area.called
    return Letter(
        subject=_("%(place)s: the hand-over was taken back") % {"place": place},
        blocks=(
            Paragraph(
                _("The hand-over of the seat of %(place)s was taken back. %(name)s holds it as before.")
                % {"place": place, "name": found.term.person.full_name}
            ),
        ),
    )


def handed_over_letter(message: Message) -> Letter:
    """Thank a holder who has handed over, and say what became of their notes and of what their phone kept."""
    found = _found(message)
    person, place = found.term.person, found.term.seat.area.called
    return Letter(
        subject=_("Thank you: the seat of %(place)s is handed over") % {"place": place},
        blocks=(
            Paragraph(
                _("%(name)s, your term for %(place)s has ended. Thank you for all of it.") % {"name": greeted(person), "place": place}
            ),
            Paragraph(
                _("Your notes went along to whoever comes next; for a year you can take each of them back on your page.")
                if found.gives_notes
                else _("Your notes of the seat were erased, as you chose.")
            ),
            *asked_next_door(found.term),
            Paragraph(
                _(
                    "You were signed out everywhere. What your telephone or computer still keeps of the seat is erased as soon as it "
                    "reaches us; a report that was never sent is shown to you first."
                )
            ),
            Button(_("See the map"), page(message, "")),
        ),
    )


def seat_open_letter(message: Message) -> Letter:
    """Tell an organiser that a seat is open, since nobody was chosen by the last day."""
    found = _found(message)
    place = found.term.seat.area.called
    return Letter(
        subject=_("%(place)s: the last day is over, and the seat is open") % {"place": place},
        blocks=(
            Paragraph(
                _("%(name)s handed over the seat of %(place)s. Nobody was chosen by the last day, so the seat is open.")
                % {"name": found.term.person.full_name, "place": place}
            ),
            Paragraph(
                _("The notes that they left are kept for whoever comes.")
                if found.gives_notes
                else _("They left no notes for whoever comes.")
            ),
            Button(_("See the seat"), f"{settings.PUBLIC_URL}/app/desk/seats?seat={found.term.seat.area.code}"),
        ),
    )


HAND_OVER_LETTERS = (
    (ASKED, asked_letter),
    (BEGUN, begun_letter),
    (TAKEN_BACK, taken_back_letter),
    (HANDED_OVER, handed_over_letter),
    (SEAT_OPEN, seat_open_letter),
)


def _found(message: Message) -> HandOver:
    return HandOver.objects.select_related("term__seat__area", "term__person").get(pk=about(message))


def _own_page(message: Message, found: HandOver) -> str:
    """Lead a holder to where they take a hand-over back: their seat, or without an account the page behind the friendly mail."""
    if found.term.person.user_id:
        return f"{settings.PUBLIC_URL}/app/seat"
    return page(message, f"relays/still-here/{sign_link(STILL_HERE_LINK, ids=[found.term_id], ends_at=found.begun_at + SIGN_OF_LIFE)}/")


def _under_way(message: Message) -> HandOver:
    found = _found(message)
    if found.status != HandOverStatus.BEGUN:
        raise LookupError("it is settled")
    return found


def _day(found: HandOver) -> str:
    return dates.day(found.ends_on, found.term.seat.area.time_zone)
