"""From where somebody gives: named by their address, else by their record, and never guessed."""

from datetime import UTC, datetime

import pytest

from maillage.fundraising.domain.words import Nature
from maillage.fundraising.models import AreaTotal
from maillage.fundraising.selectors.places import places_of
from maillage.fundraising.services import giving
from maillage.fundraising.services.erasure import erase_donor
from maillage.fundraising.services.places import place_donors, place_unplaced
from maillage.fundraising.services.proofs import prove_donor
from maillage.kernel.clock import now
from maillage.people.domain import PlacedBy
from maillage.people.services import corrections, persons
from maillage.territories.models import AreaAlias
from tests.backend.fundraising.factories import DECLARED, asked_for, make_donor, make_fund, settled
from tests.backend.fundraising.standing import run_jobs
from tests.backend.people.factories import make_person

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
POSTAL = {"01001": ["01000", "01010"], "01002": ["01100"], "01003": ["01100"], "01006": ["01200"], "01007": ["01300"], "01009": ["01300"]}


@pytest.fixture
def land(small_country):
    """Petit-Pays with its postal codes: Valbrune (01000) lies in four constituencies, 01100 in one, 01300 in two."""
    rows = [(small_country.area(commune, "commune"), code) for commune, codes in POSTAL.items() for code in codes]
    AreaAlias.objects.bulk_create(AreaAlias(area=area, scheme="postal", code=code, bare=code) for area, code in rows)
    return small_country


def living(postcode, city, country="XM", **fields):
    return make_donor(postcode=postcode, city=city, country=country, **fields)


def place(donor):
    return places_of([donor]).get(donor.pk)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("postcode", "city", "country", "kind", "code"),
    [
        ("01100", "Aubepine", "XM", "constituency", "0101"),
        ("01 300", "Sainte Ombre", "XM", "constituency", "0103"),
        ("01100", "Aubépine le Haut", "XM", "constituency", "0101"),  # no commune is called so: its postal code lies in one
        ("01300", "Ronceval le Haut", "XM", None, None),  # and this one in two
        ("01100", "Sainte-Ombre", "XM", None, None),  # which lies elsewhere
        ("01000", "Valbrune", "XM", "commune", "01001"),  # four constituencies: the commune is certain, none of them is
        ("99999", "Nulle-Part", "XM", None, None),
        ("10115", "Springfield", "US", "constituency", "9901"),
        ("01100", "Aubépine", "CA", "constituency", "9901"),  # another country has such a postal code too
        ("01100", "Aubépine", "FR", None, None),
    ],
)
def test_an_address_names_a_place_or_none(land, postcode, city, country, kind, code):
    found = place(living(postcode, city, country))
    assert found == (land.area(code, kind).pk if code else None)


@pytest.mark.django_db
def test_a_record_says_it_where_the_address_leaves_it_open(land):
    here, there = land.area("0102"), land.area("0201")
    at_home, elsewhere = make_person(area=here, email="a@people.example"), make_person(area=there, email="b@people.example")
    assert place(living("01000", "Valbrune", person=at_home)) == here.pk
    assert place(living("01000", "Valbrune", person=elsewhere)) == land.area("01001", "commune").pk, "not where the address does not lie"
    assert place(living("01100", "Aubépine", person=elsewhere)) == land.area("0101").pk, "the address is what they declared"
    assert place(living("", "", "", person=elsewhere)) == there.pk, "no address was asked"


@pytest.mark.django_db
def test_a_donation_is_kept_with_the_place_of_its_donor(land):
    fund = make_fund()
    declared = {**vars(DECLARED), "postcode": "01100", "city": "Aubépine", "country": "XM"}
    donation = giving.start_donation(fund=fund, asked=asked_for(fund), declared=type(DECLARED)(**declared), key="k" * 32, now=now())
    assert donation.donor.area == land.area("0101")


@pytest.mark.django_db
def test_the_sums_follow_whoever_proves_their_address_and_moves(land):
    fund, here, there = make_fund(), land.area("0102"), land.area("0103")
    person = make_person(area=here, email="claire.dumontel@people.example", given_name="Claire", family_name="Dumontel")
    donor = living("01000", "Valbrune", area=land.area("01001", "commune"))
    settled(fund, amount=2500, donor=donor, at=AT)
    prove_donor(donor_id=donor.pk, now=now())
    assert totals(fund) == {here.code: 2500}
    corrections.correct_place(person_id=person.pk, commune="", constituency=there.code, by_id=None, now=now())
    heard()
    assert totals(fund) == {there.code: 2500}


@pytest.mark.django_db
def test_who_is_placed_later_is_counted_there(land):
    fund, person = make_fund(), make_person(area=None, email="claire@people.example")
    donor = living("", "", "", person=person)
    settled(fund, amount=1000, donor=donor, at=AT)
    assert place_unplaced() == 0
    persons.place_person(person_id=person.pk, area=land.area("0104"), locality=None, placed_by=PlacedBy.CHOSEN, now=now())
    heard()
    assert totals(fund) == {"0104": 1000}


@pytest.mark.django_db
def test_donors_of_before_are_placed_by_night_and_stay_once_their_record_is_gone(land):
    fund, record = make_fund(), make_person(area=land.area("0201"), email="nina@people.example")
    donors = [
        living("01100", "Aubépine"),
        living("", "", "", given_name="Nina", person=record),
        living("01000", "Valbrune", given_name="Inès"),
        living("99999", "Nulle-Part", given_name="Odile"),
    ]
    for donor in donors:
        settled(fund, amount=1000, donor=donor, at=AT)
    settled(fund, nature=Nature.DUES, donor=donors[0], at=AT)
    assert place_unplaced() == 3
    assert totals(fund) == {"0101": 1000, "01001": 1000, "0201": 1000}
    assert (place_unplaced(), place_donors([donor.pk for donor in donors])) == (0, 0)
    erase_donor(record.pk, now())
    assert totals(fund) == {"0101": 1000, "01001": 1000, "0201": 1000}, "what is kept of a donation stays where it was given"


def totals(fund):
    return dict(AreaTotal.objects.filter(fund=fund, period="", donations__gt=0).values_list("area__code", "cents"))


def heard():
    run_jobs("journal.fan_out")
    run_jobs("fundraising.place_person")
