"""Letters about cards: one that waits for the treasurer, and new ones that are not taken while somebody tries stolen ones."""

from django.conf import settings
from django.utils.html import linebreaks
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from maillage.fundraising.domain.amounts import amount_said
from maillage.fundraising.domain.words import HeldFor, HeldOutcome
from maillage.fundraising.models import Donation, Fund, HeldCard, NewCardsClosed
from maillage.fundraising.selectors.donations import token_of
from maillage.fundraising.selectors.funds import text_of
from maillage.fundraising.selectors.treasury import recipients_kept
from maillage.fundraising.services.letter_parts import about, page
from maillage.fundraising.services.monthly_letters import way_to_stop
from maillage.fundraising.services.telling import reader_of
from maillage.kernel import dates
from maillage.messaging.domain import Block, Button, Facts, Lane, Letter, Paragraph, Prose, Purpose, Quiet, RecipientKind
from maillage.messaging.models import Message

_ADDRESS = frozenset({RecipientKind.ADDRESS})
_READERS = frozenset({RecipientKind.PERSON, RecipientKind.ADDRESS})

HELD = Purpose("fundraising.card_held", lane=Lane.TRANSACTIONAL, recipients=_ADDRESS, title=gettext_lazy("what becomes of your donation"))
REFUSED = Purpose(
    "fundraising.card_refused", lane=Lane.TRANSACTIONAL, recipients=_ADDRESS, title=gettext_lazy("what becomes of your donation")
)
WAIT = Purpose(
    "fundraising.cards_wait", lane=Lane.TRANSACTIONAL, recipients=_READERS, title=gettext_lazy("cards that wait for the treasurer")
)
CLOSED = Purpose(
    "fundraising.new_cards_closed", lane=Lane.TRANSACTIONAL, recipients=_READERS, title=gettext_lazy("alarms about stolen cards")
)

_WHY = {
    HeldFor.COMPANY: gettext_lazy("Your card may be one of a company, and only people may give, from their own money."),
    HeldFor.PREPAID: gettext_lazy("Your card is prepaid, and it does not say whose it is."),
    HeldFor.FOREIGN: gettext_lazy("Your card was issued in another country, and not everybody who lives abroad may give."),
}


def held_letter(message: Message) -> Letter:
    """Tell a donor that their bank said yes, that nothing was taken, and who decides by when."""
    held = HeldCard.objects.select_related("donation__fund", "donation__monthly").get(pk=about(message))
    donation = held.donation
    if held.outcome != HeldOutcome.WAITING:
        raise LookupError("it was decided")
    until = dates.instant(held.given_up_at, donation.fund.time_zone)
    return Letter(
        subject=_("Your donation: nothing was taken from your card yet"),
        preview=_("The treasurer looks at it first, and you are told by mail."),
        blocks=(
            Paragraph(_("Thank you for your donation to %(fund)s.") % {"fund": _called(donation.fund)}),
            Facts(((_("Amount"), amount_said(donation.amount, donation.currency)), (_("Decided at the latest"), until))),
            Paragraph(str(_WHY[HeldFor(held.reason)])),
            Paragraph(_("So the treasurer looks at it before anything is taken. Your bank may show the amount as reserved meanwhile.")),
            *_donation(donation, message),
            Quiet(_("If nobody decides by then, nothing is taken, the amount is free again, and you are told.")),
        ),
    )


def refused_letter(message: Message) -> Letter:
    """Tell a donor that nothing is taken from their card, and why."""
    held = HeldCard.objects.select_related("donation__fund", "donation__monthly").get(pk=about(message))
    donation = held.donation
    if held.outcome == HeldOutcome.REFUSED:
        said = Prose(source=held.words, safe_html=linebreaks(held.words, autoescape=True))
        why: tuple[Paragraph | Prose, ...] = (Paragraph(_("The treasurer did not take it, and says why:")), said)
    else:
        why = (Paragraph(_("Nobody decided in time, or your bank did not wait longer. That says nothing about you.")),)
    return Letter(
        subject=_("Your donation: nothing was taken from your card"),
        preview=_("What your bank had reserved is free again, within a few days at the latest."),
        blocks=(
            Paragraph(
                _("Your donation of %(amount)s to %(fund)s was not taken.")
                % {"amount": amount_said(donation.amount, donation.currency), "fund": _called(donation.fund)}
            ),
            *why,
            Paragraph(_("What your bank had reserved is free again, within a few days at the latest.")),
            Paragraph(_("You may give with another card, by direct debit, or by the other ways that the page names.")),
            *_donation(donation, message),
        ),
    )


def wait_letter(message: Message) -> Letter:
    """Tell a treasurer, at most once a day, how many cards wait and until when the first does."""
    reader = reader_of(message)
    kept = recipients_kept(reader, now=message.queued_at) if reader else Fund.objects.none()
    waiting = HeldCard.objects.filter(donation__fund__in=kept, outcome=HeldOutcome.WAITING)
    first = waiting.order_by("given_up_at").select_related("donation__fund").first()
    if first is None:
        raise LookupError("nothing waits for them")
    count = waiting.count()
    return Letter(
        subject=ngettext("%(count)s card waits for you", "%(count)s cards wait for you", count) % {"count": count},
        preview=_("Their banks said yes, and nothing was taken yet."),
        blocks=(
            Paragraph(_("These cards may be of a company, are prepaid, or come from abroad. You take them, or refuse them with a reason.")),
            Facts(((_("The first is given up on"), dates.instant(first.given_up_at, first.donation.fund.time_zone)),)),
            Button(_("Look at them"), f"{settings.PUBLIC_URL}/app/desk/money/decide?what=held", accent=True),
            Quiet(_("You receive this at most once a day, because you keep these books.")),
        ),
    )


def closed_letter(message: Message) -> Letter:
    """Tell who keeps the books or the installation that somebody tries cards, what is closed, and what goes on."""
    closing = NewCardsClosed.objects.select_related("fund").get(pk=about(message))
    zone = closing.fund.time_zone
    return Letter(
        subject=_("Somebody tries cards at %(fund)s: new ones are not taken for a while") % {"fund": _called(closing.fund)},
        preview=_("Monthly donations go on, and so do people who gave before."),
        blocks=(
            Paragraph(_("Many cards were declined in a few minutes. That is how stolen numbers are tried out: with small donations.")),
            Facts(
                (
                    (_("Tries with new cards"), str(closing.tries)),
                    (_("Declined"), str(closing.declined)),
                    (_("Closed at"), dates.instant(closing.closed_at, zone)),
                )
            ),
            Paragraph(
                _(
                    "Cards that nobody knows are not taken until it has been quiet for a while. Monthly donations go on, and so do direct "
                    "debits and people who gave before and proved their address. It opens again by itself, or you open it."
                )
            ),
            Button(_("Look at it"), f"{settings.PUBLIC_URL}/app/desk/money/payouts", accent=True),
            Quiet(_("You receive this once for each closing.")),
        ),
    )


def _donation(donation: Donation, message: Message) -> tuple[Block, ...]:
    """Lead to the page of a donation, and to where a monthly one is stopped."""
    follow = Button(_("Follow my donation"), page(message, f"give/thanks/{token_of(donation)}/"))
    return (follow, *way_to_stop(donation.monthly, message))


def _called(fund: Fund) -> str:
    text = text_of(fund, get_language())
    return text.name if text is not None else fund.legal_name


CARD_LETTERS = ((HELD, held_letter), (REFUSED, refused_letter), (WAIT, wait_letter), (CLOSED, closed_letter))
