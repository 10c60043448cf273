"""An address proved by its owner, so that what is told and refused to whoever gives is told to themselves (ADR 27).

Who has an address is asked nowhere here: the same is written, sent and answered whoever it is.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from hmac import compare_digest
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.fundraising.domain.identity import identity_of
from maillage.fundraising.domain.links import FORGOTTEN_AFTER, PROOF_LINK
from maillage.fundraising.domain.words import PAID
from maillage.fundraising.models import AddressProof, Donation, Donor
from maillage.fundraising.services.allowance import lock_group
from maillage.fundraising.services.donors import identify_donor, join_person
from maillage.fundraising.services.letter_parts import to_donor
from maillage.fundraising.services.news import agree_to_news
from maillage.fundraising.services.places import place_donors
from maillage.fundraising.services.proof_letters import ADDRESS_DENIED, PROOF_CODE
from maillage.fundraising.services.rollups import recount_donors
from maillage.kernel.errors import Invalid, Refusal
from maillage.kernel.limits import happens_at_most, happens_with_few, has_happened
from maillage.kernel.links import read_link, sign_link
from maillage.kernel.sealing import keyed_hash, keyed_hashes, seal, unseal
from maillage.messaging.services import queue_message

FORGET_ADDRESS = "fundraising.forget_address"

CODE_LASTS = timedelta(minutes=10)
PROOF_LASTS = timedelta(hours=1)
"""How long a proof is good for whoever fills in a form."""

MOST_TRIES = 3
MOST_USES = 60
"""How often an address may be used in a day to ask or give as a proved one: nobody tries out the names of others for long."""

MOST_REFUSALS = 3
"""How often an address may be refused beyond a cap in a day: nobody halves amounts until they know what somebody gave."""

MOST_UNPAID = 10
"""How many donations a proved address may begin in a day without paying them, and how often it may raise a monthly one: what is let
through tells as much as a refusal."""

MOST_PEOPLE = 2
"""In how many people's names an address may ask or give in a day: a couple shares one."""

_DIGITS = 8
_MARK = "fundraising.proof"
_REFUSED = "fundraising.over_the_cap"
_RAISED = "fundraising.monthly_raised"


def ask_for_proof(*, address: str, language: str, now: datetime) -> None:
    """Mail a code to an address, whoever has it. Those that were sent before go on working for their time."""
    drawn = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"
    address = address.strip().lower()
    with transaction.atomic():
        AddressProof.objects.create(
            mark=keyed_hash(address, purpose=_MARK), address=seal(address), code=seal(drawn), made_at=now, ends_at=now + CODE_LASTS
        )
        queue_message(PROOF_CODE.name, now=now, address=address, language=language, secret=f"{drawn[:4]}-{drawn[4:]}")


def confirm_proof(*, address: str, code: str, now: datetime) -> AddressProof:
    """Take a code that was mailed to an address; it works once, and three wrong ones end it.

    Raises: Invalid (`wrong_code`: also where none was sent, its time is over, or it ended).
    """
    typed = "".join(letter for letter in code if letter.isdecimal())
    with transaction.atomic():
        asked = AddressProof.objects.select_for_update().filter(mark__in=keyed_hashes(address.strip().lower(), purpose=_MARK))
        running = list(asked.filter(code__isnull=False, ends_at__gt=now, tries__lt=MOST_TRIES).order_by("pk"))
        proof = next((each for each in running if compare_digest(unseal(bytes(each.code or b"")), typed)), None)
        if proof is not None:
            proof.code, proof.proved_at, proof.ends_at = None, now, now + PROOF_LASTS
            proof.save(update_fields=["code", "proved_at", "ends_at"])
        else:
            AddressProof.objects.filter(pk__in=[each.pk for each in running]).update(tries=F("tries") + 1)
    if proof is None:
        wrong = _("This code is not right, or works no more: three wrong tries end it. Check it, or ask for another.")
        raise Invalid(wrong, code="wrong_code", fields={"code": [wrong]})
    return proof


def prove_by_session(*, user: User, now: datetime) -> AddressProof:
    """Take for proved the address with which somebody signed in."""
    address = user.email.lower()
    return AddressProof.objects.create(
        mark=keyed_hash(address, purpose=_MARK), address=seal(address), made_at=now, proved_at=now, ends_at=now + PROOF_LASTS
    )


def token_of_proof(proof: AddressProof) -> str:
    """Return the token that brings a proof to a form, for as long as it is good (decision 16)."""
    return sign_link(PROOF_LINK, ids=[proof.pk], ends_at=proof.ends_at)


def proved_address(token: str, *, now: datetime) -> str:
    """Return the address that a token proves. Raises: Invalid (`proof_ended`; `asked_too_often`)."""
    ended = _("Your confirmation has ended. Ask for another code.")
    try:
        (proof_id,) = read_link(PROOF_LINK, token, now=now)
    except Refusal:
        raise Invalid(ended, code="proof_ended", fields={"proof": [ended]}) from None
    proof = AddressProof.objects.filter(pk=proof_id, proved_at__isnull=False, ends_at__gte=now).first()
    if proof is None:
        raise Invalid(ended, code="proof_ended", fields={"proof": [ended]})
    address = unseal(bytes(proof.address))
    if not happens_at_most("fundraising.proof", to=address, most=MOST_USES, over=timedelta(days=1), now=now):
        raise _asked_too_often()
    return address


def may_name(address: str, *, family_name: str, given_name: str, born_on: date, now: datetime) -> None:
    """Count in whose name a proved address asks or gives.

    Raises: Invalid (`asked_too_often`: in too many people's names in a day, or refused too often beyond a cap), Unnamed.
    """
    named = identity_of(family_name=family_name, given_name=given_name, born_on=born_on)
    whom = f"{named.family_key}:{named.given_key}:{named.born_on}"
    if not happens_with_few("fundraising.named", to=address, whom=whom, most=MOST_PEOPLE, over=timedelta(days=1), now=now):
        raise _asked_too_often()
    if has_happened(_REFUSED, to=address, times=MOST_REFUSALS, over=timedelta(days=1), now=now):
        raise _asked_too_often()


def refuse_unpaid(address: str, *, now: datetime) -> None:
    """Refuse another donation where many were begun from a proved address and none was paid.

    Called once a part of the cap is reserved, so that those of one person are counted one after the other.
    Raises: Invalid (`asked_too_often`).
    """
    begun = Donation.objects.filter(donor__email=address.lower(), donor__proved_at__isnull=False, started_at__gt=now - timedelta(days=1))
    if begun.exclude(state__in=PAID).count() >= MOST_UNPAID:
        raise _asked_too_often()


def note_refusal(address: str, *, now: datetime) -> None:
    """Count that a proved address was refused beyond a cap."""
    happens_at_most(_REFUSED, to=address, most=MOST_REFUSALS, over=timedelta(days=1), now=now)


@contextmanager
def counting_refusals(address: str, *, now: datetime) -> Iterator[None]:
    """Let a proved address ask for something that a cap may refuse, a few times a day; outside of any transaction.

    Raises: Invalid (`asked_too_often`).
    """
    address, day = address.lower(), timedelta(days=1)
    is_refused = has_happened(_REFUSED, to=address, times=MOST_REFUSALS, over=day, now=now)
    if is_refused or not happens_at_most(_RAISED, to=address, most=MOST_UNPAID, over=day, now=now):
        raise _asked_too_often()
    try:
        yield
    except Invalid as refused:
        if refused.code == "over_the_cap":
            note_refusal(address, now=now)
        raise


def prove_donor(*, donor_id: UUID, now: datetime) -> Donor:
    """Keep that whoever gave showed that the address is theirs, as by a POST from a page that was mailed there. Safe to repeat.

    From then on what they gave counts in what refuses; nothing that they gave is refused for it, what is too much goes to the
    treasurer's list. What they ticked beside their donation counts from then on.
    Facts: donor.proved; those of `agree_to_news`.
    """
    identify_donor(donor_id=donor_id)
    with transaction.atomic():
        identity_id = Donor.objects.values_list("identity", flat=True).get(pk=donor_id)
        if identity_id is not None:
            lock_group(identity_id)
        donor = Donor.objects.select_for_update(of=("self",)).get(pk=donor_id)
        if donor.proved_at is None:
            donor.proved_at = now
            join_person(donor)
            donor.save(update_fields=["proved_at", "person"])
            agree_to_news(donor, now=now)
            place_donors([donor.pk])
            recount_donors([donor.pk])
            journal.record("donor.proved", subject=donor, at=now)
    return donor


def forget_proofs(*, now: datetime) -> int:
    """Forget the codes and proofs whose time is over; say how many."""
    return AddressProof.objects.filter(ends_at__lt=now).delete()[0]


def forget_proofs_of(addresses: list[str]) -> None:
    """Forget at once what was asked with these addresses."""
    marks = [mark for address in addresses for mark in keyed_hashes(address.lower(), purpose=_MARK)]
    AddressProof.objects.filter(mark__in=marks).delete()


def deny_address(*, donor_id: UUID, now: datetime) -> None:
    """Let an address be forgotten in a week, as whoever holds a mail that went there says; its owner is told once, and may confirm it.

    Safe to repeat.
    """
    with transaction.atomic():
        donor = Donor.objects.select_for_update(of=("self",)).get(pk=donor_id)
        if donor.proved_at is not None or not donor.email:
            return
        if journal.jobs.enqueue(FORGET_ADDRESS, donor_id=donor_id, run_at=now + FORGOTTEN_AFTER, unique_key=str(donor_id)) is not None:
            to_donor(ADDRESS_DENIED.name, donor, about_id=donor_id, now=now)


def forget_address(*, donor_id: UUID, now: datetime) -> None:
    """Forget an address that somebody else typed, as its owner says: nothing is written there any more, the donation stays.

    One that was confirmed meanwhile is kept. Safe to repeat.

    Facts: donor.denied.
    """
    with transaction.atomic():
        donor = Donor.objects.select_for_update(of=("self",)).get(pk=donor_id)
        if donor.email and donor.proved_at is None:
            donor.email, donor.news = "", ""
            donor.save(update_fields=["email", "news"])
            recount_donors([donor.pk])
            journal.record("donor.denied", subject=donor, at=now)


def _asked_too_often() -> Invalid:
    return Invalid(_("You asked very often today. Go on tomorrow."), code="asked_too_often")
