"""Who gives, as they declare it: checked against what the rules ask, and kept."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage import journal
from maillage.fundraising.domain.identity import Unnamed, identity_of
from maillage.fundraising.domain.rule_parts import Fact, RuleSet
from maillage.fundraising.models import Donation, Donor, DonorIdentity
from maillage.fundraising.selectors.places import places_of
from maillage.fundraising.services.rollups import recount_donors
from maillage.people.selectors import person_named_at
from maillage.territories.domain.countries import is_country

IDENTIFY = "fundraising.identify_donor"

OLDEST = 120
"""Years: who was born before is a slip of the hand."""


@dataclass(frozen=True)
class Declared:
    """What a giver says of themself on the form; what the rules do not ask stays empty."""

    email: str
    given_name: str
    family_name: str
    language: str
    honorific: str = ""
    born_on: date | None = None
    nationality: str = ""
    address_lines: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    elected: bool = False
    news: str = ""
    """Version of the words that were ticked, of who wants to be written to."""


def wrong_giver(rules: RuleSet, declared: Declared, *, declaration: str, today: date, is_by_hand: bool = False) -> dict[str, list[str]]:
    """Say what is missing or wrong in a declaration, by field; who gives on paper need not have an e-mail address."""
    wrong: dict[str, list[str]] = {}
    missing = [_("Please fill this in.")]
    for name in ("given_name", "family_name") if is_by_hand else ("email", "given_name", "family_name"):
        if not getattr(declared, name).strip():
            wrong[name] = missing
    if rules.asks(Fact.BIRTH_DATE):
        if declared.born_on is None:
            wrong["born_on"] = missing
        elif not rules.age.is_reached(born_on=declared.born_on, on=today):
            least = rules.age.least
            wrong["born_on"] = [
                ngettext("One gives from the age of %(age)s year on.", "One gives from the age of %(age)s on.", least) % {"age": least}
            ]
        elif declared.born_on.year < today.year - OLDEST:
            wrong["born_on"] = [_("Check the year.")]
        elif not wrong:
            wrong |= wrong_names(given_name=declared.given_name, family_name=declared.family_name)
    nationality, country = declared.nationality.upper(), declared.country.upper()
    if rules.asks(Fact.NATIONALITY) and not nationality:
        wrong["nationality"] = missing
    elif not rules.giver.admits(nationality=nationality, residence=country):
        wrong["nationality"] = [_("The law lets only who is French or lives in France give.")]
    if rules.asks(Fact.TAX_ADDRESS):
        wrong |= {name: missing for name in ("address_lines", "postcode", "city", "country") if not getattr(declared, name).strip()}
    for name, code in (("nationality", nationality), ("country", country)):
        if code and not is_country(code):
            wrong[name] = [_("Choose a country by its two letters, such as FR.")]
    if rules.declaration.version and declaration != rules.declaration.version:
        wrong["declaration"] = [_("Tick this to give: the law asks for it.")]
    return wrong


def wrong_names(*, given_name: str, family_name: str) -> dict[str, list[str]]:
    """Say, by field, that names have no letter by which anybody could be told apart."""
    try:
        identity_of(family_name=family_name, given_name=given_name, born_on=date.min)
    except Unnamed:
        return {"family_name": [_("Write your names in letters, as they stand on your papers.")]}
    return {}


def keep_donor(rules: RuleSet, declared: Declared, *, proved_at: datetime | None = None, identified_later: bool = False) -> Donor:
    """Keep a declaration that was found right, with from where it is given.

    The identity that it names is shared with whoever declares the same.

    `proved_at`: when the owner of the address showed that it is theirs. `identified_later`: a job finds the identity, of whoever
    proved nothing: how long an answer takes would tell whether it was known.
    """
    donor = Donor(
        proved_at=proved_at,
        email=declared.email.strip().lower(),
        language=declared.language,
        honorific=declared.honorific,
        given_name=declared.given_name.strip(),
        family_name=declared.family_name.strip(),
        born_on=declared.born_on if rules.asks(Fact.BIRTH_DATE) else None,
        nationality=declared.nationality.upper(),
        address_lines=declared.address_lines.strip(),
        postcode=declared.postcode.strip(),
        city=declared.city.strip(),
        country=declared.country.upper(),
        elected=declared.elected,
        news=declared.news,
    )
    if proved_at is not None:
        join_person(donor)
    donor.area_id = places_of([donor]).get(donor.pk)
    donor.save()
    if identified_later:
        journal.jobs.enqueue(IDENTIFY, donor_id=donor.pk)
    else:
        identify(donor)
    return donor


def join_person(donor: Donor) -> None:
    """Let a donor who proved their address be who is known by it under the same name; nobody is made known for giving."""
    donor.person_id = person_named_at(donor.email, given_name=donor.given_name, family_name=donor.family_name)


def identify(donor: Donor) -> None:
    """Give a donor the identity that they declared, shared with whoever declares the same. Safe to repeat.

    Where the rules ask no birth date nobody is known for sure: for counting alone the same names at the same address are one giver.
    """
    if donor.born_on is None:
        _count_with_first(donor)
    if donor.identity_id is not None or donor.born_on is None:
        return
    donor.identity = identity_named(family_name=donor.family_name, given_name=donor.given_name, born_on=donor.born_on)
    donor.save(update_fields=["identity"])
    recount_donors([donor.pk])


def identity_named(*, family_name: str, given_name: str, born_on: date) -> DonorIdentity:
    """Return the identity that a declaration names, made where nobody declared the same before; in a transaction, which it stays for.

    Raises: Unnamed.
    """
    named = identity_of(family_name=family_name, given_name=given_name, born_on=born_on)
    while True:
        identity, _is_new = DonorIdentity.objects.get_or_create(**asdict(named))
        if _is_held(identity):
            return identity


def _is_held(identity: DonorIdentity) -> bool:
    """Hold an identity against being forgotten until the caller commits; say no where that was at this very moment.

    It keeps nobody from locking the group: that is done later, in the order of keys.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM fundraising_donoridentity WHERE id = %s FOR KEY SHARE", [identity.pk])
        return cursor.fetchone() is not None


def _count_with_first(donor: Donor) -> None:
    """Let a donor without a birth date count as one with whoever declared the same names and address first.

    On paper, where there is no e-mail address, the postcode stands for it.
    """
    if donor.counted_with_id is not None or not (donor.email or donor.postcode):
        return
    address = {"email": donor.email} if donor.email else {"email": "", "postcode": donor.postcode}
    names = {"family_name__iexact": donor.family_name, "given_name__iexact": donor.given_name}
    alike = Donor.objects.filter(born_on=None, pk__lt=donor.pk, **address, **names)
    first = alike.order_by("pk").values_list("pk", "counted_with").first()
    if first is not None:
        donor.counted_with_id = first[1] or first[0]
        donor.save(update_fields=["counted_with"])
        recount_donors([donor.pk])


def drop_donor(donor_id: UUID) -> None:
    """Delete a declaration with which nothing was given; whoever counted with it counts with the next one. In the caller's transaction."""
    if Donation.objects.filter(donor=donor_id).exists():
        return
    heirs = list(Donor.objects.filter(counted_with=donor_id).exclude(pk=donor_id).order_by("pk").values_list("pk", flat=True))
    if heirs:
        Donor.objects.filter(pk__in=heirs[1:]).update(counted_with=heirs[0])
        Donor.objects.filter(pk=heirs[0]).update(counted_with=None)
    Donor.objects.filter(pk=donor_id).delete()
    recount_donors(heirs)


def identify_donor(*, donor_id: UUID) -> None:
    """Give a donor who was kept their identity; nothing where they are gone or have it."""
    with transaction.atomic():
        unknown = Donor.objects.select_for_update(of=("self",), no_key=True).filter(pk=donor_id, identity__isnull=True)
        if (donor := unknown.first()) is not None:
            identify(donor)
