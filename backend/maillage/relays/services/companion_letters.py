"""The letters between newcomers and their companions: nobody is named in them before both said yes, and no contact ever."""

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.messaging.domain import Button, Facts, Lane, Letter, Paragraph, Purpose, Quiet, RecipientKind
from maillage.messaging.models import Message
from maillage.relays.domain import TAKEN_COMPANION, CompanionKind, CompanionStatus
from maillage.relays.models import Companion
from maillage.relays.services.letter_parts import about, greeted

_PERSON = frozenset({RecipientKind.PERSON})
_TITLE = gettext_lazy("facilitators and buddies")

OFFERED = Purpose("relays.companions_offered", lane=Lane.TRANSACTIONAL, recipients=_PERSON, title=_TITLE)
ASKED = Purpose("relays.companion_asked", lane=Lane.TRANSACTIONAL, recipients=_PERSON, title=_TITLE)
AGREED = Purpose("relays.companion_agreed", lane=Lane.TRANSACTIONAL, recipients=_PERSON, title=_TITLE)
UNANSWERED = Purpose("relays.companion_unanswered", lane=Lane.TRANSACTIONAL, recipients=_PERSON, title=_TITLE)
ENDED = Purpose("relays.companion_ended", lane=Lane.TRANSACTIONAL, recipients=_PERSON, title=_TITLE)


def offered_letter(message: Message) -> Letter:
    """Tell a newcomer who would accompany them, by place only, and that no is as good an answer as yes."""
    offers = list(_companions().filter(term__person=message.person_id, term__ends_at=None, status=CompanionStatus.OFFERED))
    if not offers or message.person is None:
        raise LookupError("nobody is offered to them any more")
    return Letter(
        subject=_("Somebody would gladly accompany you as you begin"),
        preview=_("You choose: yes, somebody else, or nobody."),
        blocks=(
            Paragraph(
                _("%(name)s, nobody has to begin alone. These people agreed beforehand to accompany a newcomer.")
                % {"name": greeted(message.person)}
            ),
            Facts(tuple((_what(each), each.place.called) for each in offers)),
            Button(_("See who, and choose"), f"{settings.PUBLIC_URL}/app/today", accent=True),
            Quiet(
                _("You learn each other's first name and contact once both of you said yes. Without an answer from you, nothing happens.")
            ),
        ),
    )


def asked_letter(message: Message) -> Letter:
    """Ask a companion who agreed beforehand whether they take this newcomer."""
    companion = _companions().get(pk=about(message))
    if companion.status != CompanionStatus.ASKED:
        raise LookupError("they are asked no more")
    place = companion.term.seat.area.called
    ask = (
        _("A newcomer in %(place)s would like you as their facilitator. You agreed to welcome newcomers: do you take this one?")
        if companion.kind == CompanionKind.FACILITATOR
        else _("A newcomer in %(place)s would like you as their buddy. You agreed to welcome newcomers: do you take this one?")
    )
    return Letter(
        subject=_("%(place)s: a newcomer said yes to you") % {"place": place},
        preview=_("Yes or no, as you like: neither needs a reason."),
        blocks=(
            Paragraph(ask % {"place": place}),
            Button(_("Answer"), f"{settings.PUBLIC_URL}/app/today", accent=True),
            Quiet(_("If you say no, or nothing for a week, they are offered somebody else, and are not told who said no.")),
        ),
    )


def unanswered_letter(message: Message) -> Letter:
    """Tell a newcomer that no answer came, who is offered instead, by place only, or that nobody is left."""
    companion = _companions().get(pk=about(message))
    term = companion.term
    if term.ends_at is not None or Companion.objects.filter(term=term, kind=companion.kind, status__in=TAKEN_COMPANION).exists():
        raise LookupError("they hold the seat no more, or have said yes to somebody else")
    offer = _companions().filter(term=term, kind=companion.kind, status=CompanionStatus.OFFERED).first()
    said = _("%(name)s, you said yes to somebody of %(place)s, and no answer came. That says nothing about you.") % {
        "name": greeted(term.person),
        "place": companion.place.called,
    }
    if offer is None:
        return Letter(
            subject=_("No answer came from who was to accompany you"),
            blocks=(
                Paragraph(said),
                Paragraph(_("Nobody else near you has a place left at the moment. Your organiser sees that you look for somebody.")),
                Button(_("Open my page"), f"{settings.PUBLIC_URL}/app/today"),
            ),
        )
    return Letter(
        subject=_("Somebody else would gladly accompany you"),
        preview=_("You choose: yes, somebody else, or nobody."),
        blocks=(
            Paragraph(said),
            Facts(((_what(offer), offer.place.called),)),
            Button(_("See who, and choose"), f"{settings.PUBLIC_URL}/app/today", accent=True),
        ),
    )


def agreed_letter(message: Message) -> Letter:
    """Tell each of the two that both said yes; the contact stands on the page, not in the mail."""
    companion = _companions().get(pk=about(message))
    if companion.status != CompanionStatus.RUNNING:
        raise LookupError("it has ended")
    is_newcomer = companion.term.person_id == message.person_id
    other = companion.person if is_newcomer else companion.term.person
    place = companion.place if is_newcomer else companion.term.seat.area
    return Letter(
        subject=_("%(name)s and you: both said yes") % {"name": greeted(other)},
        blocks=(
            Paragraph(_("%(name)s, %(place)s, is now in touch with you.") % {"name": greeted(other), "place": place.called}),
            Paragraph(
                _("They know the first weeks: ask anything. You find on your page how to reach them.")
                if is_newcomer
                else _(
                    "A call in the first week does most: ask how it begins, and what would help. You find on your page how to reach them."
                )
            ),
            Button(_("See how to reach them"), f"{settings.PUBLIC_URL}/app/today", accent=True),
            Quiet(_("Either of you may end it on that page, on any day, without a reason.")),
        ),
    )


def ended_letter(message: Message) -> Letter:
    """Tell one side that it is over, without a reason, whoever ended it."""
    companion = _companions().get(pk=about(message))
    is_newcomer = companion.term.person_id == message.person_id
    place = companion.place if is_newcomer else companion.term.seat.area
    return Letter(
        subject=_("%(place)s: you no longer accompany each other") % {"place": place.called},
        blocks=(
            Paragraph(_("It ended, which happens, and says nothing about you. Neither of you sees the other's contact any more.")),
            *(
                (Paragraph(_("Would you like somebody else? One press on your page looks for them.")),)
                if is_newcomer
                else (Paragraph(_("Thank you for having been there. Your place is free for another newcomer.")),)
            ),
            Button(_("Open my page"), f"{settings.PUBLIC_URL}/app/today"),
        ),
    )


COMPANION_LETTERS = (
    (OFFERED, offered_letter),
    (ASKED, asked_letter),
    (UNANSWERED, unanswered_letter),
    (AGREED, agreed_letter),
    (ENDED, ended_letter),
)


def _companions() -> QuerySet[Companion]:
    return Companion.objects.select_related("term__seat__area", "term__person", "person", "place")


def _what(companion: Companion) -> str:
    if companion.kind == CompanionKind.FACILITATOR:
        return _("a facilitator, who knows how it works")
    return _("a buddy next door, who does the same as you")
