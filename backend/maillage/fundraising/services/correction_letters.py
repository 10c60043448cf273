"""The mail that tells whoever gave that the treasurer put right what they declared."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.fundraising.domain.declarations import called
from maillage.fundraising.models import Donation, DonorCorrection
from maillage.fundraising.selectors.donations import token_of
from maillage.fundraising.selectors.funds import name_of
from maillage.fundraising.services.letter_parts import about, page, to_donor
from maillage.fundraising.services.monthly_letters import way_to_stop
from maillage.messaging.domain import Button, Facts, Lane, Letter, Paragraph, Purpose, Quiet, RecipientKind
from maillage.messaging.models import Message
from maillage.people.selectors.organisation import organisation

CORRECTED = Purpose(
    "fundraising.donor_corrected",
    lane=Lane.TRANSACTIONAL,
    recipients=frozenset({RecipientKind.ADDRESS}),
    title=gettext_lazy("what becomes of your donation"),
    confides=True,
)


def tell_corrected(correction: DonorCorrection, *, now: datetime) -> None:
    """Write to whoever gave, where they showed that the address is theirs."""
    if correction.donor.proved_at is not None:
        to_donor(CORRECTED.name, correction.donor, about_id=correction.pk, now=now)


def corrected_letter(message: Message) -> Letter:
    """Say what was put right, by name and not by value, and how to answer. Raises: LookupError where nothing is given any more."""
    correction = DonorCorrection.objects.get(pk=about(message))
    given = Donation.objects.filter(donor=correction.donor_id).select_related("fund", "monthly")
    donation = given.order_by("-started_at", "-pk").first()
    if donation is None:
        raise LookupError("nothing is given with this declaration any more")
    house = organisation()
    write = (
        _("Did you not ask for it, or do you want to know what stands now? Write to %(email)s.") % {"email": house.email}
        if house.email
        else ""
    )
    followed = _("Whatever you give with these words follows, and a tax receipt that bore the former ones is replaced.")
    return Letter(
        subject=_("What you said of yourself with your donation was put right"),
        preview=_("If you asked for it, there is nothing to do."),
        blocks=(
            Paragraph(_("The treasurer of %(fund)s put right who gave.") % {"fund": name_of(donation.fund, message.language)}),
            Facts(((_("Put right"), ", ".join(called(correction.changed))),)),
            Paragraph(followed),
            Button(_("Follow my donation"), page(message, f"give/thanks/{token_of(donation)}/")),
            *way_to_stop(donation.monthly, message),
            *((Paragraph(write),) if write else ()),
            Quiet(_("What you had declared is kept beside it, as the law asks of the books.")),
        ),
    )


CORRECTION_LETTERS = ((CORRECTED, corrected_letter),)
