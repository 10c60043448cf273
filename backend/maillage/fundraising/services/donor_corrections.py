"""What somebody declared when they gave, put right by the treasurer: who they are, and all that hangs on it."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.fundraising.domain.declarations import IDENTIFYING, PRINTED, WORDS, Words
from maillage.fundraising.domain.words import DonationState
from maillage.fundraising.models import BatchRow, Donation, Donor, DonorCorrection, DonorIdentity, MonthlyDonation
from maillage.fundraising.selectors.donor_corrections import correctable, rules_for
from maillage.fundraising.selectors.places import places_of
from maillage.fundraising.services.allowance import lock_groups
from maillage.fundraising.services.correction_letters import tell_corrected
from maillage.fundraising.services.donors import Declared, identify, identify_donor, identity_named, join_person, wrong_giver
from maillage.fundraising.services.excesses import recount_excess
from maillage.fundraising.services.near import find_near
from maillage.fundraising.services.receipts import follow_words
from maillage.fundraising.services.rollups import recount_donors
from maillage.kernel.errors import Conflict, Invalid
from maillage.kernel.text import typed


def correct_donor(*, donation_id: UUID, said: Words, reason: str, after: int, by: User, now: datetime) -> DonorCorrection:
    """Put right what the donor of a donation declared, for all that was given with that declaration: once, monthly and what is to come.

    What stood is kept. `after`: how many corrections there were when the words were read, so that nobody writes over another's. What
    the rules of the donation's day do not ask, and nobody declared, stays empty. Sums, place, excess and receipts follow; whoever
    proved their address is told. It is undone in the same way.
    Facts: donor.corrected; those of `recount_excess` and `follow_words`.
    Raises: Invalid (by field; `nothing_changed`), Conflict (`corrected_meanwhile`, `batch_open`, `declaration_forgotten`).
    """
    donor_id = Donation.objects.values_list("donor", flat=True).get(pk=donation_id)
    identify_donor(donor_id=donor_id)  # whom the job has not come to yet
    with transaction.atomic():
        donation = Donation.objects.select_related("fund", "donor").get(pk=donation_id)
        former = donation.donor.identity
        words = _read(donation, said, reason)
        named = _identity(words)
        groups = [each.pk for each in (former, named) if each is not None]
        if groups:
            lock_groups(groups)
        donor = _locked(donor_id)
        if donor.corrections.count() != after or donor.identity != former:
            raise Conflict(_("Somebody put this right meanwhile. Read it again."), code="corrected_meanwhile")
        if not donor.family_name:
            raise Conflict(_("No law has this declaration kept any more: nothing is known of who gave."), code="declaration_forgotten")
        _refuse_open_batch(donor)
        changed = [name for name in WORDS if getattr(donor, name) != getattr(words, name)]
        if not changed:
            raise Invalid(_("Nothing is different from what stands."), code="nothing_changed")
        correction = DonorCorrection.objects.create(
            donor=donor,
            **{name: getattr(donor, name) for name in WORDS},
            named=donor.identity_id or donor.pk,
            changed=changed,
            reason=reason.strip(),
            by=by,
            at=now,
        )
        _write(donor, asdict(words), named)
        journal.record("donor.corrected", subject=donor, at=now, actor_id=by.pk, changed=changed, correction_id=correction.pk)
        recount_donors([donor.pk])
        if PRINTED & set(changed):
            follow_words(correction, by=by, now=now)
        if IDENTIFYING & set(changed):
            _follow_identity(donor, former, now=now)
        tell_corrected(correction, now=now)
    return correction


def _locked(donor_id: UUID) -> Donor:
    """Hold a donor with all that they give, in the order in which it is held everywhere: what is settled meanwhile waits."""
    list(MonthlyDonation.objects.select_for_update(no_key=True).filter(donor=donor_id).order_by("pk").values_list("pk"))
    donor = Donor.objects.select_for_update(of=("self",), no_key=True).get(pk=donor_id)
    list(Donation.objects.select_for_update().filter(donor=donor_id).order_by("pk").values_list("pk"))
    return donor


def _read(donation: Donation, said: Words, reason: str) -> Words:
    """Return the words that are to stand. Raises: Invalid (by field)."""
    donor, rules = donation.donor, rules_for(donation)
    own = correctable(donation)
    words = Words(**{name: _typed(getattr(said, name)) if name in own else getattr(donor, name) for name in WORDS})
    words = replace(words, nationality=words.nationality.upper(), country=words.country.upper())
    declared = Declared(email=donor.email, language=donor.language, elected=donor.elected, **asdict(words))
    wrong = wrong_giver(rules, declared, declaration=rules.declaration.version, today=donation.counted_on, is_by_hand=True)
    if not reason.strip():
        wrong["reason"] = [_("Say why: it is kept beside what stood.")]
    if wrong:
        raise Invalid(_("Something is missing or wrong. What you typed is kept."), fields=wrong)
    return words


def _typed(value: Any) -> Any:
    return typed(value).strip() if isinstance(value, str) else value


def _identity(words: Words) -> DonorIdentity | None:
    if words.born_on is None:
        return None
    return identity_named(family_name=words.family_name, given_name=words.given_name, born_on=words.born_on)


def _refuse_open_batch(donor: Donor) -> None:
    if BatchRow.objects.filter(donation__donor=donor, batch__deposited_at__isnull=True).exists():
        raise Conflict(_("The batch of this donation is open: change its row there."), code="batch_open")


def _write(donor: Donor, words: Mapping[str, object], named: DonorIdentity | None) -> None:
    is_renamed = (donor.given_name, donor.family_name) != (words["given_name"], words["family_name"])
    for name, value in words.items():
        setattr(donor, name, value)
    donor.identity = named
    if is_renamed and donor.proved_at is not None:
        join_person(donor)
    if is_renamed and donor.email:
        donor.counted_with = None
    donor.area_id = places_of([donor]).get(donor.pk)
    donor.save(update_fields=[*WORDS, "folded_name", "identity", "person", "counted_with", "area"])
    identify(donor)


def _follow_identity(donor: Donor, former: DonorIdentity | None, *, now: datetime) -> None:
    """Count anew what is too much of who they were taken for and of who they are, and look for who that may be besides."""
    for identity_id in {each for each in (former.pk if former else None, donor.identity_id) if each}:
        recount_excess(identity_id=identity_id, now=now)
    if donor.identity_id and donor.donations.filter(state=DonationState.SETTLED).exists():
        find_near(identity_id=donor.identity_id, now=now)
