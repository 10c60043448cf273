"""Receipts: what stands on one, how its number is said, and which steps one goes through."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from num2words import num2words

from maillage.fundraising.domain.rule_parts import Receipt, ReceiptKind


class WhyCancelled(models.TextChoices):
    """Why a receipt does not count any more."""

    GIVEN_BACK = "given_back", _("the donation was given back, whole or in part")
    CORRECTED = "corrected", _("the donor's names or address were put right")
    MISTAKEN = "mistaken", _("it was made by mistake")


class ReceiptStep(models.TextChoices):
    """How far the receipt of a donation is."""

    NONE = "none", _("This donation has no receipt.")
    RECORDED = "recorded", _("Recorded: it stands in the list of donors.")
    TRANSMITTED = "transmitted", _("Transmitted to the commission, which numbers and prints the receipts.")
    ISSUED = "issued", _("Issued by the commission.")
    TO_COME = "to_come", _("To come: the receipt of a monthly donation is made in January, for the whole year.")
    WAITING = "waiting", _("Being made.")
    MADE = "made", _("Ready to download.")
    CANCELLED = "cancelled", _("Cancelled: the donation was given back.")


@dataclass(frozen=True)
class Body:
    """What a receipt says of who received: all of it is needed but for the number of one of the two registers."""

    legal_name: str
    address: str
    registration: str
    purpose: str
    quality: str
    signatory: str

    @property
    def missing(self) -> list[str]:
        """Name what has to be filled in before a receipt can be made."""
        return [each.name for each in fields(self) if not getattr(self, each.name).strip()]


@dataclass(frozen=True)
class Paid:
    """One payment as a receipt lists it: cents, the day, how it came."""

    amount: int
    on: date
    method: str


@dataclass(frozen=True)
class Paper:
    """A whole receipt, ready to be drawn."""

    number: str
    body: Body
    donor: str
    donor_address: str
    amount: int
    paid: tuple[Paid, ...]
    issued_at: datetime
    time_zone: str
    replaces: str
    cancelled: bool


def number_said(year: int, number: int) -> str:
    """Write a receipt's number: 2026-000042."""
    return f"{year}-{number:06}"


def in_letters(cents: int) -> str:
    """Write an amount of euros in French letters, as the receipt's form asks: cinquante euros et vingt centimes."""
    euros, rest = divmod(cents, 100)
    said = f"{num2words(Decimal(euros), lang='fr')} {'euros' if euros > 1 else 'euro'}"
    if euros and euros % 1_000_000 == 0:
        said = f"{num2words(Decimal(euros), lang='fr')} d’euros"
    return f"{said} et {num2words(Decimal(rest), lang='fr')} {'centimes' if rest > 1 else 'centime'}" if rest else said


def receipt_said(receipt: Receipt, *, is_monthly: bool = False) -> str:
    """Say in the active language which receipt a donation gets, and when."""
    match receipt.kind:
        case ReceiptKind.CNCCFP:
            return gettext(
                "A numbered form of the national commission of campaign accounts (CNCCFP), which reaches you in the spring that "
                "follows, in time for your tax return."
            )
        case ReceiptKind.CERFA_11580 if is_monthly:
            return gettext("The tax receipt (Cerfa %(form)s) comes by mail in January, for the whole year.") % {"form": receipt.form}
        case ReceiptKind.CERFA_11580:
            said = gettext(
                "The tax receipt (Cerfa %(form)s) comes by mail once your donation has reached us, and can be downloaded at any time."
            )
            return said % {"form": receipt.form}
        case ReceiptKind.NONE:
            return gettext("This donation is confirmed by mail. No tax receipt exists for it.")
