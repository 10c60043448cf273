"""The letters about another address: the new one is asked, the former one is told and can stop it."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.accounts.models import AddressChange, User
from maillage.kernel import dates
from maillage.kernel.links import sign_link
from maillage.messaging.domain import Button, Lane, Letter, Paragraph, Purpose, Quiet, RecipientKind
from maillage.messaging.domain.preferences import OWN_DATA_MAIL, masked
from maillage.messaging.models import Message
from maillage.messaging.services.queue import queue_message
from maillage.messaging.services.sign_in import SIGN_IN_CODE
from maillage.people import services as people
from maillage.people.models import Person
from maillage.people.selectors import family_ids
from maillage.people.selectors.organisation import organisation, zone_of_house

NEW_ADDRESS_LINK = "messaging.new_address"
"""Purpose of the link to the new address: the id is the change."""
FORMER_ADDRESS_LINK = "messaging.former_address"
"""Purpose of the link to the one that it would replace."""

_TITLE = gettext_lazy("changes to how you sign in")
NEW_ADDRESS = Purpose("messaging.confirm_new_address", lane=Lane.TRANSACTIONAL, recipients=frozenset({RecipientKind.ADDRESS}), title=_TITLE)
FORMER_ADDRESS = Purpose(
    "messaging.tell_former_address", lane=Lane.TRANSACTIONAL, recipients=frozenset({RecipientKind.ADDRESS}), title=_TITLE
)

ADDRESS_CHANGED = Purpose("messaging.address_changed", lane=Lane.TRANSACTIONAL, recipients=frozenset({RecipientKind.ADDRESS}), title=_TITLE)


def write_of_new_address(*, change_id: UUID, is_written_to: bool, now: datetime) -> None:
    """Ask the new address, unless it was typed too often today, and tell the one that signs in; who asked anew is written to for that."""
    change = AddressChange.objects.select_related("user").filter(pk=change_id).first()
    if change is None:
        return
    person = Person.objects.filter(user=change.user).first()  # so that the letters go with them when they are erased
    if is_written_to:
        queue_message(NEW_ADDRESS.name, person=person, address=change.email, language=change.user.language, about_id=change.pk, now=now)
    queue_message(FORMER_ADDRESS.name, person=person, address=change.user.email, language=change.user.language, about_id=change.pk, now=now)


def confirm_new_address(*, change_id: UUID, now: datetime) -> None:
    """Put a confirmed address in the place of the former one, as people does, and tell that one.

    The codes that it holds end. With the message that brought a link to somebody's data goes the link: the former mailbox may be in
    other hands. The links to their choices, and of an applicant's mails, the one that asks to confirm too, name the mailbox to which
    they went, and open nothing once it is theirs no more.
    Whoever asked may be a stranger who reads the new mailbox: the letter waits for no other, and is of nobody, so that who has
    the account erased at once does not take it back. Its address is emptied once it left.
    Facts: user.address_changed, person.corrected.  Raises: as people's.
    """
    with transaction.atomic():
        former = User.objects.filter(address_change=change_id).first()
        people.confirm_new_address(change_id=change_id, now=now)
        if former is not None:
            records = family_ids(Person.objects.get(user=former).pk)
            Message.objects.filter(purpose=OWN_DATA_MAIL, person__in=records).delete()
            Message.objects.filter(purpose=SIGN_IN_CODE.name, person__isnull=True, address=former.email).delete()
            queue_message(ADDRESS_CHANGED.name, address=former.email, language=former.language, now=now)


def new_address_letter(message: Message) -> Letter:
    """Ask whether the address is to sign somebody in; or say, to its reader alone, that it signs another account in."""
    change = _change(message)
    if User.objects.filter(email=change.email).exists():
        return Letter(
            subject=_("This address signs in here already"),
            preview=_("Nothing was changed."),
            blocks=(
                Paragraph(_("Somebody, perhaps you, asked that this address sign in another account here. It signs in one already.")),
                Paragraph(_("Nothing was changed. If it was you, sign in with this address, or choose another one for the other account.")),
                Quiet(_("If it was not you, do nothing.")),
            ),
        )
    token = sign_link(NEW_ADDRESS_LINK, ids=[change.pk], ends_at=change.ends_at)
    return Letter(
        subject=_("Is this your new address?"),
        preview=_("Nothing changes before you confirm."),
        blocks=(
            Paragraph(_("Somebody, perhaps you, asked that this address sign in an account here, in the place of another one.")),
            Paragraph(_("If it was you, open this page and confirm. Until then nothing changes.")),
            Button(_("Confirm, or say it was not me"), f"{settings.PUBLIC_URL}{reverse('new-address', args=[token])}", accent=True),
            Quiet(_("If it was not you, do nothing. The link ends on %(day)s.") % {"day": dates.day(change.ends_at, zone_of_house())}),
        ),
    )


def former_address_letter(message: Message) -> Letter:
    """Tell the address that signs in what was asked, and how to stop it: whoever asked may sit at a session that is not theirs."""
    change = _change(message)
    token = sign_link(FORMER_ADDRESS_LINK, ids=[change.pk], ends_at=change.ends_at)
    return Letter(
        subject=_("Another address was asked for your account"),
        preview=_("If it was you, there is nothing to do here."),
        blocks=(
            Paragraph(_("It is asked that %(address)s sign you in, in the place of this address.") % {"address": masked(change.email)}),
            Paragraph(_("Nothing changes before it is confirmed from that mailbox. Then your mails go there, and no more here.")),
            Paragraph(_("If it was not you, stop it: nothing changes, and everybody who uses your account is signed out.")),
            Button(_("Stop it"), f"{settings.PUBLIC_URL}{reverse('former-address', args=[token])}"),
            Quiet(_("If it was you, there is nothing to do here.")),
        ),
    )


def address_changed_letter(message: Message) -> Letter:
    """Tell the former address that it signs nobody in any more, since when, and who sees to it where its reader did not ask."""
    how = organisation().email
    return Letter(
        subject=_("Another address signs in to your account now"),
        preview=_("If it was you, there is nothing to do here."),
        blocks=(
            Paragraph(
                _("Since %(instant)s another address, which was confirmed, signs you in, in the place of this one.")
                % {"instant": dates.instant(message.queued_at, zone_of_house())}
            ),
            Paragraph(_("Your mails go there, and no more here.")),
            Paragraph(
                _("If it was not you, write at once to %(email)s.") % {"email": how}
                if how
                else _("If it was not you, write at once to an administrator of the organisation.")
            ),
            Button(_("Who answers for this site"), f"{settings.PUBLIC_URL}{reverse('legal')}"),
            Quiet(_("If it was you, there is nothing to do here.")),
        ),
    )


def _change(message: Message) -> AddressChange:
    if message.about_id is None:
        raise LookupError("nobody asked")
    return AddressChange.objects.select_related("user").get(pk=message.about_id)


LETTERS = ((NEW_ADDRESS, new_address_letter), (FORMER_ADDRESS, former_address_letter), (ADDRESS_CHANGED, address_changed_letter))
