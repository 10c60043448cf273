"""What givers say on a page, and the notes that thank them."""

from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.fundraising.domain.pages import MESSAGE, THANKS, HiddenBy, ShownAs
from maillage.fundraising.models import Donation, FundraisingPage, PageMessage
from maillage.fundraising.selectors.campaign_pages import given_on
from maillage.fundraising.services.letter_parts import to_donor
from maillage.kernel.dates import day_in
from maillage.kernel.errors import Conflict, Invalid, NotFound
from maillage.messaging.services import queue_message


def wrong_message(words: str, shown_as: str) -> dict[str, list[str]]:
    """Say by field what is wrong with a message."""
    wrong: dict[str, list[str]] = {}
    if len(words.strip()) > MESSAGE:
        wrong["message"] = [_("At most %(most)s letters fit here.") % {"most": MESSAGE}]
    if shown_as not in ShownAs.values:
        wrong["shown_as"] = [_("Choose how your message is shown.")]
    return wrong


def keep_message(
    donation: Donation, page: FundraisingPage, *, words: str, shown_as: str, tells_name: bool, tells_amount: bool
) -> PageMessage:
    """Keep what somebody says with a donation on a page, in the transaction that keeps the donation."""
    return PageMessage.objects.create(
        page=page,
        donation=donation,
        words=words.strip(),
        shown_as=shown_as,
        tells_name=tells_name,
        tells_amount=tells_name and tells_amount,
    )


def thank_giver(*, page_id: UUID, message_id: UUID, words: str, now: datetime) -> PageMessage:
    """Send a giver one note of thanks, to an address that the owner never learns. The same words again are sent once.

    Facts: page.thanked.  Raises: Invalid (thanks), Conflict (`thanked_already`, `no_notes`), NotFound.
    """
    said = words.strip()
    if not said or len(said) > THANKS:
        raise Invalid(
            _("Some fields need another look."), fields={"thanks": [_("Write a few words, at most %(most)s letters.") % {"most": THANKS}]}
        )
    with transaction.atomic():
        page = FundraisingPage.objects.select_for_update(of=("self",), no_key=True).filter(pk=page_id).first()
        message = given_on(page).select_for_update(of=("self",)).filter(pk=message_id).first() if page is not None else None
        if page is None or message is None:
            raise NotFound(code="no_such_donation")
        if page.hidden_at is not None:
            raise Conflict(_("This page is hidden. Nothing is sent for it."), code="page_hidden")
        if message.thanked_at is not None:
            if message.thanks == said:
                return message
            raise Conflict(_("They were thanked already."), code="thanked_already")
        if not may_be_thanked(message):
            raise Conflict(_("They wish no notes. Nothing was sent."), code="no_notes")
        message.thanks, message.thanked_at = said, now
        message.save(update_fields=["thanks", "thanked_at"])
        to_donor("fundraising.page_thanks", message.donation.donor, about_id=message.pk, now=now)
        journal.record("page.thanked", subject=message, at=now, page_id=page.pk)
    return message


def tell_owner(*, donation_id: UUID, now: datetime) -> None:
    """Tell the owner of a page that somebody gave there, at most once a day, whatever they give. Safe to repeat."""
    donation = Donation.objects.select_related("page__owner", "page__fund").filter(pk=donation_id, page__isnull=False).first()
    page = donation.page if donation is not None else None
    if page is None or page.owner is None:
        return
    today = day_in(now, page.fund.time_zone)
    once = uuid5(NAMESPACE_URL, f"fundraising.page_given:{page.owner_id}:{today}")
    queue_message("fundraising.page_given", person=page.owner, language=page.language, about_id=once, now=now)


def may_be_thanked(message: PageMessage) -> bool:
    """Say whether a note can be sent to whoever gave: their address is known, and they refused none on this page."""
    email = message.donation.donor.email
    return bool(email) and not PageMessage.objects.filter(page=message.page_id, donation__donor__email=email, no_notes=True).exists()


def refuse_notes(*, message_id: UUID, now: datetime) -> None:
    """Let no further note of a page's owner go to whoever gave. Safe to repeat. Facts: page.notes_refused.  Raises: NotFound."""
    with transaction.atomic():
        message = PageMessage.objects.select_for_update(of=("self",)).filter(pk=message_id).first()
        if message is None:
            raise NotFound(code="no_such_donation")
        if not message.no_notes:
            message.no_notes = True
            message.save(update_fields=["no_notes"])
            journal.record("page.notes_refused", subject=message, at=now)


def take_message_away(*, page_id: UUID, message_id: UUID, now: datetime) -> PageMessage:
    """Show a giver's message no more, at the wish of the page's owner. Safe to repeat. Facts: page.message_hidden.  Raises: NotFound."""
    with transaction.atomic():
        message = _locked(page_id, message_id)
        if message.hidden_at is None:
            message.hidden_at, message.hidden_by = now, HiddenBy.OWNER
            message.save(update_fields=["hidden_at", "hidden_by"])
            journal.record("page.message_hidden", subject=message, at=now)
    return message


def show_message_again(*, page_id: UUID, message_id: UUID, now: datetime) -> PageMessage:
    """Show a message that the owner took away; one that moderation took away stays away.

    Facts: page.message_shown.  Raises: NotFound, Conflict (`hidden_by_moderation`).
    """
    with transaction.atomic():
        message = _locked(page_id, message_id)
        if message.hidden_by == HiddenBy.MODERATION:
            raise Conflict(_("Moderation took this message away."), code="hidden_by_moderation")
        if message.hidden_at is not None:
            message.hidden_at, message.hidden_by = None, ""
            message.save(update_fields=["hidden_at", "hidden_by"])
            journal.record("page.message_shown", subject=message, at=now)
    return message


def _locked(page_id: UUID, message_id: UUID) -> PageMessage:
    found = PageMessage.objects.select_for_update(of=("self",)).filter(pk=message_id, page=page_id).first()
    if found is None:
        raise NotFound(code="no_such_message")
    return found
