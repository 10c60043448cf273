"""An applicant takes everything back and is forgotten, from a mail."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.kernel.errors import Conflict
from maillage.people import services as people
from maillage.people.selectors import is_guarded_by_account, record_of_row
from maillage.relays.models import Application
from maillage.relays.selectors.owed import is_missed
from maillage.relays.services.applications import withdraw_application


def withdraw_and_be_erased(*, application_id: UUID, now: datetime) -> None:
    """Take an application back whose call was missed and forget its person in every hall, all or nothing; what is gone stays gone.

    A link that may be passed on is too little for whom an account guards better (`is_guarded_by_account`): the page leads them
    to the last step of their own. Who merely has an account is erased like anybody.
    Facts: application.withdrawn, promise.released, person.erased.
    Raises: Conflict (`not_missed`, `account_open`).
    """
    with transaction.atomic():
        application = Application.objects.select_related("promise").filter(pk=application_id).first()
        if application is None:
            return
        if not is_missed(application, now=now):
            said = _("There is no missed call any more. The page of your choices, to which every mail of ours leads, has you erased too.")
            raise Conflict(said, code="not_missed")
        record_id = record_of_row(application, "person_id")
        if is_guarded_by_account(record_id, now=now):
            said = _("Your account guards this better than a mail does: erase everything from your own page, where you see what there is.")
            raise Conflict(said, code="account_open")
        withdraw_application(application_id=application_id, now=now)
        people.erase_own(record_id=record_id, now=now)
