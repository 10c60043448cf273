"""Supporters' pages as situations."""

from io import BytesIO
from itertools import count
from typing import Any

from django.utils.translation import override
from PIL import Image

from maillage.fundraising.domain.pages import PageKind, slug_of
from maillage.fundraising.models import Donation, Fund, FundraisingPage, PageDecision, PageMessage, PageReport
from maillage.groups.domain import ReportOutcome, ReportReason
from maillage.groups.models import ContentReport
from maillage.kernel.clock import now
from maillage.messaging.domain import Letter
from maillage.messaging.domain.purposes import RENDERERS
from maillage.messaging.models import Message
from tests.backend.fundraising.factories import make_donor, settled
from tests.backend.people.factories import make_person

TYPED = {
    "kind": "personal",
    "title": "Forty kilometres for the road",
    "words": "I run for whoever drives.",
    "goal": "500",
    "ends_on": "",
    "first_name": "Léa",
    "family_name": "Roche",
    "email": "lea.roche@people.example",
    "is_of_age": "yes",
}
"""What somebody types into the form."""

_numbers = count(1)


def make_page(fund: Fund, **fields: Any) -> FundraisingPage:
    """A page that its owner opened."""
    number = next(_numbers)
    owner = fields.pop("owner", None) or make_person(given_name="Léa", family_name="Roche", email=f"lea{number}@people.example")
    return FundraisingPage.objects.create(
        fund=fund,
        owner=owner,
        **{
            "slug": slug_of(fields.get("title", "page"), f"{number:06x}"),
            "kind": PageKind.PERSONAL,
            "language": "en",
            "title": "Forty kilometres",
            "words": "I run for whoever drives.",
            "first_name": "Léa",
            "opened_at": now(),
        }
        | fields,
    )


def give_on(page: FundraisingPage, *, amount: int = 5000, given_name: str = "Claire", **said: Any) -> PageMessage:
    """A donation of somebody on a page, received, with what they said."""
    number = next(_numbers)
    donor = make_donor(given_name=given_name, family_name=f"Giver{number}", email=f"giver{number}@people.example")
    donation = settled(page.fund, amount=amount, page=page, donor=donor)
    return PageMessage.objects.create(page=page, donation=donation, **said)


def raise_on(page: FundraisingPage, *, givers: int, amount: int = 5000, first: int = 0) -> list[Donation]:
    """Donations of as many people on a page."""
    return [give_on(page, amount=amount, given_name=f"Giver{first + number}").donation for number in range(givers)]


def report_on(message: PageMessage) -> ContentReport:
    """Somebody reported a giver's message, and a moderator let it stay."""
    decided: dict[str, Any] = {"outcome": ReportOutcome.KEPT, "answer": "Rien ne s'y oppose.", "decided_at": now()}
    report = ContentReport.objects.create(reason=ReportReason.OTHER, words="Cela me gêne.", language="fr", **decided)
    PageReport.objects.create(report=report, page=message.page, message=message)
    PageDecision.objects.create(page=message.page, message=message, outcome=ReportOutcome.KEPT, words="Rien ne s'y oppose.")
    return report


def letter_of(message: Message) -> Letter:
    """The letter as its reader gets it."""
    with override(message.language):
        return RENDERERS[message.purpose](message)


def picture() -> BytesIO:
    """A photo as a telephone sends it."""
    body = BytesIO()
    Image.new("RGB", (900, 1600), (30, 90, 200)).save(body, "JPEG")
    body.seek(0)
    body.name = "photo.jpg"
    return body
