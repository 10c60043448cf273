"""The letters that ask somebody for a seat, and what follows from a neighbour's yes."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.accounts.models import User
from maillage.kernel import dates
from maillage.kernel.links import sign_link
from maillage.messaging.domain import Button, Heading, Lane, Letter, Paragraph, Purpose, Quiet, RecipientKind
from maillage.messaging.models import Message
from maillage.people.models import Person
from maillage.relays.domain.filling import ASK_RESTS, ASK_STAND_IN, ASK_VOLUNTEER, ASKED_LINK, OPEN_ASK, YES_LASTS, AskKind, AskStatus
from maillage.relays.models import SeatAsk
from maillage.relays.selectors.networks import office_of
from maillage.relays.services.letter_parts import about, greeted, page
from maillage.territories.models import Area

_PERSON = frozenset({RecipientKind.PERSON})
VOLUNTEER = Purpose(
    ASK_VOLUNTEER,
    lane=Lane.MAIL,
    recipients=_PERSON,
    needs_consent=True,
    can_be_stopped=True,
    title=gettext_lazy("questions whether you would hold a seat"),
)
STAND_IN = Purpose(
    ASK_STAND_IN,
    lane=Lane.MAIL,
    recipients=_PERSON,
    can_be_stopped=True,
    title=gettext_lazy("questions whether you would stand in next door"),
)
_ORGANISERS = frozenset({RecipientKind.PERSON, RecipientKind.ADDRESS})
_ANSWERS = gettext_lazy("answers of relays who were asked to stand in")
AGREED = Purpose("relays.stand_in_agreed", lane=Lane.TRANSACTIONAL, recipients=_ORGANISERS, title=_ANSWERS)
YES_TAKEN_BACK = Purpose("relays.stand_in_taken_back", lane=Lane.TRANSACTIONAL, recipients=_ORGANISERS, title=_ANSWERS)
NOT_NEEDED = Purpose("relays.stand_in_not_needed", lane=Lane.TRANSACTIONAL, recipients=_PERSON, title=gettext_lazy("your seat"))

UNCONFIRMED = Purpose("relays.stand_in_unconfirmed", lane=Lane.TRANSACTIONAL, recipients=_PERSON, title=gettext_lazy("your seat"))


def letter_that_asks(*, kind: AskKind, person: Person, area: Area, asked_by: User | None, office: str, url: str) -> Letter:
    """Write the question, in the active language: what its reader gets, and what its asker reads before."""
    asker = getattr(asked_by, "person", None)
    name = asker.full_name if asker else _("The organiser")
    days = ASK_RESTS.days
    if kind == AskKind.VOLUNTEER:
        return Letter(
            subject=_("%(place)s: would you hold this seat?") % {"place": area.called},
            preview=_("You agreed to be asked. Saying no costs nothing."),
            blocks=(
                Paragraph(
                    _("%(reader)s, %(name)s looks for somebody for the seat of %(place)s, near you.")
                    % {"reader": greeted(person), "name": name, "place": area.called}
                ),
                Paragraph(
                    _("It takes three hours a month and the wish to meet your %(office)s. No label, no experience.") % {"office": office}
                ),
                Paragraph(_("If you say yes, somebody calls you within 48 hours. You commit to nothing before that call.")),
                Button(_("Answer: yes, not me, or no"), url, accent=True),
                Quiet(
                    _(
                        "You receive this one mail because you agreed to be asked about seats near you. "
                        "After a no, nobody asks for %(days)s days."
                    )
                    % {"days": days}
                ),
            ),
        )
    return Letter(
        subject=_("%(place)s, next door: would you stand in for a while?") % {"place": area.called},
        preview=_("Your own seat stays yours. Saying no costs nothing."),
        blocks=(
            Paragraph(
                _(
                    "%(reader)s, nobody holds the seat of %(place)s. "
                    "%(name)s asks whether you would stand in until somebody from there takes it."
                )
                % {"reader": greeted(person), "name": name, "place": area.called}
            ),
            Paragraph(_("You keep your own seat. You receive the briefs of both, and end the stand-in on any day, from your page.")),
            Button(_("Answer: yes or no"), url, accent=True),
            Quiet(_("After a no, nobody asks you for this seat for %(days)s days.") % {"days": days}),
        ),
    )


def ask_letter(message: Message) -> Letter:
    """Ask a volunteer or a neighbour; nothing is said once it was answered or taken back."""
    ask = _ask(message)
    if ask.status != AskStatus.WAITING:
        raise LookupError("it was answered or taken back")
    token = sign_link(ASKED_LINK, ids=[ask.pk], ends_at=ask.ends_at)
    return letter_that_asks(
        kind=AskKind(ask.kind),
        person=ask.person,
        area=ask.seat.area,
        asked_by=ask.asked_by,
        office=office_of(ask.seat.network, language=message.language),
        url=page(message, f"relays/asked/{token}/"),
    )


def agreed_letter(message: Message) -> Letter:
    """Tell the organiser who asked, or the nearest ones, that a neighbour would stand in: one press confirms."""
    ask = _ask(message)
    if ask.status not in OPEN_ASK:
        raise LookupError("it was confirmed or set aside")
    place = ask.seat.area
    return Letter(
        subject=_("%(place)s: %(name)s would stand in") % {"place": place.called, "name": ask.person.full_name},
        preview=_("One press confirms."),
        blocks=(
            Paragraph(
                _("%(name)s says yes, on %(day)s. They stand in once you confirm.")
                % {"name": ask.person.full_name, "day": dates.day(ask.answered_at or ask.asked_at, place.time_zone)}
            ),
            Button(_("See the seat and confirm"), f"{settings.PUBLIC_URL}/app/desk/filling?seat={ask.seat_id}", accent=True),
        ),
    )


def taken_back_letter(message: Message) -> Letter:
    """Tell the organisers who read of a yes that it counts no more: who said it is no relay any more."""
    ask = _ask(message)
    place, name = ask.seat.area.called, ask.person.full_name
    return Letter(
        subject=_("%(place)s: %(name)s can stand in no more") % {"place": place, "name": name},
        preview=_("Their yes is taken back; somebody else can be asked."),
        blocks=(
            Paragraph(
                _("%(name)s had said yes, and holds no seat as a relay any more: they stand in for %(place)s no more by that yes.")
                % {"name": name, "place": place}
            ),
            Button(_("See the seat"), f"{settings.PUBLIC_URL}/app/desk/filling?seat={ask.seat_id}", accent=True),
        ),
    )


def not_needed_letter(message: Message) -> Letter:
    """Thank a neighbour who would have stood in, and need not."""
    ask = _ask(message)
    place = ask.seat.area.called
    return Letter(
        subject=_("%(place)s: thank you, you need not stand in") % {"place": place},
        blocks=(
            Heading(_("Thank you for saying yes.")),
            Paragraph(
                _("%(reader)s, another way was found for the seat of %(place)s. You need do nothing; your own seat is as it was.")
                % {"reader": greeted(ask.person), "place": place}
            ),
        ),
    )


def unconfirmed_letter(message: Message) -> Letter:
    """Tell a neighbour that nobody confirmed their yes, and that it waits no longer."""
    ask = _ask(message)
    place = ask.seat.area.called
    return Letter(
        subject=_("%(place)s: nobody confirmed your yes, and it is over") % {"place": place},
        blocks=(
            Paragraph(
                _("%(reader)s, you said yes to standing in for %(place)s. Nobody confirmed it within %(days)s days, and we are sorry.")
                % {"reader": greeted(ask.person), "place": place, "days": YES_LASTS.days}
            ),
            Paragraph(_("It waits no longer, and you may be asked again. You need do nothing; your own seat is as it was.")),
        ),
    )


ASK_LETTERS = (
    (VOLUNTEER, ask_letter),
    (STAND_IN, ask_letter),
    (AGREED, agreed_letter),
    (YES_TAKEN_BACK, taken_back_letter),
    (NOT_NEEDED, not_needed_letter),
    (UNCONFIRMED, unconfirmed_letter),
)


def _ask(message: Message) -> SeatAsk:
    return SeatAsk.objects.select_related("seat__area", "seat__network", "person", "asked_by__person").get(pk=about(message))
