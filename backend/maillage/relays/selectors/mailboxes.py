"""Links of an applicant's mails open for the mailbox to which they were mailed, as long as that is theirs."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from maillage.kernel.links import LinkEnded
from maillage.people.selectors import is_still_at, is_still_theirs, record_of_row
from maillage.relays.models import Application


def check_mailbox(application_id: UUID, *, mailbox: Sequence[UUID]) -> None:
    """Refuse a link in the mailbox that was an applicant's before they changed their address; of what is gone nothing is asked.

    Raises: LinkEnded.
    """
    application = Application.objects.filter(pk=application_id).first()
    if application is not None and not is_still_theirs(record_of_row(application, "person_id"), mailbox=mailbox):
        raise _ended()


def check_mailbox_asked(application_id: UUID, *, contact_point_id: UUID, mailbox: Sequence[UUID]) -> None:
    """Refuse the link that asks whether an application is theirs, as `check_mailbox` does; nobody has proved its address before it is.

    Raises: LinkEnded.
    """
    application = Application.objects.filter(pk=application_id).first()
    if application is None or application.confirmed_at is not None or not mailbox:
        check_mailbox(application_id, mailbox=mailbox)
    elif not is_still_at(contact_point_id, mailbox=mailbox[0]):
        raise _ended()


def _ended() -> LinkEnded:
    return LinkEnded(_("This link went to an address that was changed since. The links in our mails to the new one lead on."))
