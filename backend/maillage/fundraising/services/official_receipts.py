"""Receipts that an authority numbers: the list of donors handed in, the numbers brought in, and whoever gave told of them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.fundraising.domain.official_numbers import Numbered
from maillage.fundraising.domain.words import DonationState
from maillage.fundraising.models import Donation, DonorCorrection, DonorFile, Fund, OfficialReceipt
from maillage.fundraising.selectors.books import donations_of_year
from maillage.fundraising.services.batches import WrongRows, noon_of
from maillage.fundraising.services.receipt_letters import OFFICIAL
from maillage.kernel.dates import day_in
from maillage.kernel.errors import Conflict, Fields, Invalid
from maillage.messaging.domain import Recipient, RecipientKind
from maillage.messaging.services import queue_messages


@dataclass(frozen=True)
class Correction:
    """A number that was brought in before and is another one now."""

    donation: UUID
    before: str
    number: str


@dataclass(frozen=True)
class Numbers:
    """What a table of numbers changes: how many donations get their first, how many have it already, which get another one."""

    new: int
    known: int
    corrected: tuple[Correction, ...]
    mails: int


def mark_sent(*, file_id: UUID, sent_on: date, words: str, by: User, now: datetime) -> DonorFile:
    """Keep that a file of donors was handed in: what it tells of and was not transmitted before is from that day on.

    Facts: donors.transmitted.  Raises: Invalid (sent_on, reason), Conflict (`already_sent`).
    """
    with transaction.atomic():
        file = _locked(file_id)
        if file.sent_on is not None:
            raise Conflict(_("This file is marked as handed in already."), code="already_sent")
        if wrong := _wrong_sending(file, sent_on, words, now):
            raise Invalid(_("Something is missing or wrong. What you typed is kept."), fields=wrong)
        file.sent_on, file.sent_by, file.words = sent_on, by, words.strip()
        file.save(update_fields=["sent_on", "sent_by", "words"])
        count = _transmit(file, noon_of(file.fund, sent_on))
        journal.record("donors.transmitted", subject=file.fund, at=now, actor_id=by.pk, file_id=file.pk, year=file.year, count=count)
    return file


def undo_sent(*, file_id: UUID, by: User, now: datetime) -> DonorFile:
    """Take back that a file was handed in, as long as none of its receipts has a number. Safe to repeat.

    Facts: donors.transmission_undone.  Raises: Conflict (`receipts_issued`).
    """
    with transaction.atomic():
        file = _locked(file_id)
        if file.sent_on is None:
            return file
        if file.receipts.exclude(number="").exists():
            raise Conflict(_("Receipts of this file have their number already: it was handed in."), code="receipts_issued")
        file.receipts.all().delete()
        file.sent_on, file.sent_by, file.words = None, None, ""
        file.save(update_fields=["sent_on", "sent_by", "words"])
        journal.record("donors.transmission_undone", subject=file.fund, at=now, actor_id=by.pk, file_id=file.pk, year=file.year)
    return file


def bring_numbers(*, fund: Fund, year: int, lines: Mapping[int, Numbered | Fields], by: User, now: datetime, dry: bool = False) -> Numbers:
    """Keep the numbers of a year's receipts, by the number of their line: all of them, or none. `dry`: only say what would change.

    Whoever gave is told once of each first number, by one mail however many of theirs come together. What is issued was transmitted,
    whether or not that was marked. Safe to repeat. Facts: receipts.numbered.  Raises: WrongRows.
    """
    with transaction.atomic():
        Fund.objects.select_for_update(no_key=True).get(pk=fund.pk)  # two tables at once could give one number to two people
        targets = _targets(fund, year, lines, today=day_in(now, fund.time_zone))
        kept = {each.pk: each for each in OfficialReceipt.objects.select_for_update().filter(pk__in=targets)}
        new = [pk for pk in targets if not (pk in kept and kept[pk].number)]
        corrected = tuple(
            Correction(donation=pk, before=kept[pk].number, number=target.number)
            for pk, target in targets.items()
            if pk in kept and kept[pk].number and kept[pk].number != target.number
        )
        told = _told(targets[pk].donation for pk in new if pk not in kept or kept[pk].told_at is None)
        change = Numbers(new=len(new), known=len(targets) - len(new) - len(corrected), corrected=corrected, mails=len(told))
        if dry or not (new or corrected):
            return change
        _keep(targets, kept, [*new, *(each.donation for each in corrected)], now=now)
        OfficialReceipt.objects.filter(pk__in=new, told_at__isnull=True).update(told_at=now)
        queue_messages(OFFICIAL.name, told, now=now)
        journal.record("receipts.numbered", subject=fund, at=now, actor_id=by.pk, year=year, new=len(new), corrected=len(corrected))
    return change


@dataclass(frozen=True)
class _Target:
    donation: Donation
    number: str
    issued_at: datetime


def _locked(file_id: UUID) -> DonorFile:
    return DonorFile.objects.select_for_update(of=("self",)).select_related("fund").get(pk=file_id)


def _wrong_sending(file: DonorFile, sent_on: date, words: str, now: datetime) -> Fields:
    wrong: dict[str, list[str]] = {}
    zone = file.fund.time_zone
    if not day_in(file.taken_at, zone) <= sent_on <= day_in(now, zone):
        wrong["sent_on"] = [_("Give the day on which it was handed in: not before it was taken, and not in the future.")]
    if not words.strip():
        wrong["reason"] = [_("Say in a few words how it was handed in.")]
    return wrong


def _transmit(file: DonorFile, at: datetime) -> int:
    """Mark what a file tells of, a batch at a time; what was transmitted before keeps its day."""
    count, after = 0, None
    while sums := donations_of_year(file.fund, file.year, after=after, written_by=file.taken_at):
        after = sums[-1][0]
        given = [donation for donation, cents in sums if cents > 0]
        known = OfficialReceipt.objects.filter(pk__in=given)
        count += known.filter(transmitted_at__isnull=True).update(transmitted_at=at, file=file)
        fresh = set(given) - set(known.values_list("pk", flat=True))
        OfficialReceipt.objects.bulk_create(OfficialReceipt(donation_id=donation, transmitted_at=at, file=file) for donation in fresh)
        count += len(fresh)
    return count


def _targets(fund: Fund, year: int, lines: Mapping[int, Numbered | Fields], *, today: date) -> dict[UUID, _Target]:
    """Return which donation gets which number. Raises: WrongRows."""
    wrong: dict[int, Fields] = {}
    targets: dict[UUID, _Target] = {}
    givers: dict[str, UUID] = {}
    read = {line: each for line, each in lines.items() if isinstance(each, Numbered)}
    of_line, told_as = _donations_of(fund, year, read.values())
    held = _givers_of_numbers({each.number for each in read.values()}, without=[one.pk for found in of_line.values() for one in found])
    for line, each in sorted(lines.items()):
        if not isinstance(each, Numbered):
            wrong[line] = each
            continue
        found = of_line[each]
        if found_wrong := _wrong_line(each, found, told_as, year=year, today=today):
            wrong[line] = found_wrong
            continue
        giver = _giver(found[0])
        if givers.setdefault(each.number, giver) != giver or held.get(each.number, giver) != giver:
            wrong[line] = {"number": [_("This number stands on the receipt of somebody else.")]}
            continue
        for donation in found:
            before = targets.get(donation.pk)
            if before is not None and before.number != each.number:
                wrong[line] = {"reference": [_("This donation stands in the table twice, with two numbers.")]}
            targets[donation.pk] = _Target(donation, each.number, noon_of(fund, each.issued_on or today))
    if wrong:
        raise WrongRows(wrong)
    return targets


def _donations_of(fund: Fund, year: int, lines: Collection[Numbered]) -> tuple[dict[Numbered, list[Donation]], dict[UUID, UUID]]:
    """Find what each line names: a donation whatever its state, or what a donor gave in the year that may have a receipt.

    Say also of which donations the file that was handed in named another donor than there is now, and which.
    """
    ours = Donation.objects.filter(fund=fund).select_related("donor")
    by_id = ours.in_bulk([each.donation for each in lines if each.donation])
    donors = [each.donor for each in lines if each.donor and not each.donation]
    former = DonorCorrection.objects.filter(named__in=donors).values("donor")
    theirs = Q(donor__identity__in=donors) | Q(donor__identity__isnull=True, donor__in=donors) | Q(donor__in=former)
    given = list(ours.filter(theirs, state=DonationState.SETTLED, counted_on__year=year).order_by("counted_on", "pk"))
    told_as = _told_as([*by_id, *(donation.pk for donation in given)])
    by_donor: dict[UUID, list[Donation]] = {}
    for donation in given:
        if donation.refunded < donation.amount:
            for giver in {_giver(donation), told_as.get(donation.pk, _giver(donation))}:
                by_donor.setdefault(giver, []).append(donation)
    found: dict[Numbered, list[Donation]] = {}
    for each in lines:
        if each.donation:
            found[each] = [by_id[each.donation]] if each.donation in by_id else []
        else:
            found[each] = by_donor.get(each.donor, []) if each.donor else []
    return found, told_as


def _told_as(donation_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Say whom a file that was handed in named as the giver of donations, of those whose donor was put right since it was taken."""
    since = Donation.objects.filter(pk__in=donation_ids, donor__corrections__at__gt=F("official_receipt__file__taken_at"))
    latest_first = since.order_by("-donor__corrections__at").values_list("pk", "donor__corrections__named")
    return {donation: named for donation, named in latest_first if named}  # the first one after it stays


def _wrong_line(line: Numbered, found: list[Donation], told_as: Mapping[UUID, UUID], *, year: int, today: date) -> Fields:
    if not found:
        return {"reference": [_("Nothing was given here in %(year)s under this reference.") % {"year": year}]}
    first = found[0]
    if first.counted_on.year != year:
        return {"reference": [_("This donation is of %(year)s.") % {"year": first.counted_on.year}]}
    if first.state != DonationState.SETTLED or first.refunded >= first.amount:
        return {"reference": [_("This donation was not received, or went back: it has no receipt.")]}
    if line.donor and any(line.donor not in (one.donor.identity_id, one.donor_id, told_as.get(one.pk)) for one in found):
        return {"reference": [_("Donation and donor of this line do not belong together.")]}
    if line.issued_on is not None and not first.counted_on <= line.issued_on <= today:
        return {"issued_on": [_("Give the day on which it was issued: not before the donation, and not in the future.")]}
    return {}


def _giver(donation: Donation) -> UUID:
    """Whom the file of donors names: the person as the law counts them, else the declaration."""
    return donation.donor.identity_id or donation.donor_id


def _givers_of_numbers(numbers: Collection[str], *, without: Collection[UUID]) -> dict[str, UUID]:
    """Say on whose receipts numbers stand already; `without`: those that are about to get theirs."""
    holding = OfficialReceipt.objects.filter(number__in=numbers).exclude(pk__in=without).select_related("donation__donor")
    return {each.number: _giver(each.donation) for each in holding}


def _told(donations: Iterable[Donation]) -> list[Recipient]:
    """Whom to write to: a mail a declaration, about the first of its donations."""
    first: dict[UUID, Donation] = {}
    for donation in donations:
        if donation.donor.email:
            first.setdefault(donation.donor_id, donation)
    return [
        Recipient(address=each.donor.email, kind=RecipientKind.ADDRESS, language=each.donor.language, about_id=each.pk)
        for each in first.values()
    ]


def _keep(targets: Mapping[UUID, _Target], kept: Mapping[UUID, OfficialReceipt], changed: Collection[UUID], *, now: datetime) -> None:
    fresh: list[OfficialReceipt] = []
    known: list[OfficialReceipt] = []
    for pk in changed:
        target, receipt = targets[pk], kept.get(pk) or OfficialReceipt(donation_id=pk)
        receipt.number, receipt.issued_at = target.number, target.issued_at
        receipt.transmitted_at = receipt.transmitted_at or target.issued_at
        (known if pk in kept else fresh).append(receipt)
    OfficialReceipt.objects.bulk_create(fresh)
    OfficialReceipt.objects.bulk_update(known, ["number", "issued_at", "transmitted_at"])
