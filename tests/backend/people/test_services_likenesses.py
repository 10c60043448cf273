"""Records that may be of one person are found, with their reasons; a couple is told apart."""

from datetime import timedelta
from typing import Any

import pytest

from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.kernel.errors import Invalid, NotFound
from maillage.people import selectors, services
from maillage.people.domain import Channel
from maillage.people.models import ContactPoint, Likeness, LikenessSearch, Person, ToldApart
from maillage.people.services import likenesses
from tests.backend.accounts.factories import make_granted
from tests.backend.people.factories import make_person
from tests.backend.people.import_files import imported, line
from tests.backend.relays.factories import SmallNetwork, make_network

pytestmark = pytest.mark.django_db
NAMES = ("Ba", "Diop", "Keller", "Marchand", "Ozouf")
LATER = now() + timedelta(hours=1)


@pytest.fixture
def net() -> SmallNetwork:
    return make_network()


def reasons(net: SmallNetwork, one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """Search with two records, and give the reasons for which they may be one person."""
    here = net.country.area("0101")
    first, second = (make_person(**{"area": here, **fields}) for fields in (one, other))
    services.search_likenesses(now=LATER)
    found = Likeness.objects.filter(person_id=min(first.pk, second.pk), other_id=max(first.pk, second.pk)).first()
    return found.reasons if found else []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"email": "a@people.example"}, {"email": "a@people.example", "family_name": "Leroy"}, ["email"]),
        ({"email": "a@people.example"}, {"email": "a@people.example"}, ["email", "name_area"]),
        ({"email": "a@people.example"}, {"email": "a@people.example", "given_name": "Paul"}, []),
        ({"email": "a@people.example"}, {"email": "a@people.example", "given_name": ""}, ["email"]),
        ({"phone": "+33600000001", "family_name": "Ba"}, {"phone": "+33600000001", "given_name": "N.", "family_name": "Zola"}, ["phone"]),
        (
            {"given_name": "Jean", "phone": "+33600000001"},
            {"given_name": "Jean-Pierre", "family_name": "X", "phone": "+33600000001"},
            ["phone"],
        ),
        ({"given_name": "Élodie"}, {"given_name": "Elodie", "family_name": "FERHAT"}, ["name_area"]),
        ({"family_name": "Vernoux"}, {"family_name": "Vernoix"}, ["near_area"]),
        ({"given_name": "Nadia", "family_name": "Ferhat"}, {"given_name": "Ferhat", "family_name": "Nadia"}, ["near_area"]),
        ({"given_name": "Paul", "family_name": "Vanderwaeren"}, {"given_name": "Anne", "family_name": "Vanderwaeren"}, []),
        ({"family_name": ""}, {"family_name": ""}, []),
    ],
)
def test_why_two_records_may_be_one_person(net: SmallNetwork, one: dict[str, Any], other: dict[str, Any], expected: list[str]):
    assert reasons(net, one, other) == expected


def test_a_name_in_one_commune_is_stronger_than_in_one_constituency(net: SmallNetwork):
    commune = net.country.area("01001", "commune")
    assert reasons(net, {"locality": commune}, {"locality": commune}) == ["name_locality"]
    assert reasons(net, {"locality": commune, "family_name": "Vernoux"}, {"locality": commune, "family_name": "Vernoix"}) == [
        "near_locality"
    ]


def test_the_same_name_elsewhere_is_somebody_else(net: SmallNetwork):
    assert reasons(net, {}, {"area": net.country.area("0201")}) == []


def test_a_number_is_the_same_for_calls_and_text_messages(net: SmallNetwork):
    other = make_person(given_name="Nadia", family_name="Autre", area=net.country.area("0101"))
    ContactPoint.objects.create(person=other, channel=Channel.SMS, value="+33600000001")
    make_person(phone="+33600000001", area=net.country.area("0101"))
    services.search_likenesses(now=LATER)
    assert Likeness.objects.get().reasons == ["phone"]


def test_the_search_goes_on_where_it_stopped(net: SmallNetwork, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(likenesses, "CHUNK", 2)
    monkeypatch.setattr(likenesses, "CHUNKS_A_RUN", 1)
    for number in range(5):
        make_person(email=f"{number // 2}@people.example", area=net.country.area("0101"), family_name=NAMES[number])
    assert [services.search_likenesses(now=LATER) for _ in range(5)] == [2, 2, 1, 0, 0]
    assert Likeness.objects.count() == 2
    make_person(email="2@people.example", area=net.country.area("0101"), family_name="Autre", confirmed_at=LATER)
    assert services.search_likenesses(now=LATER) == 0, "who is confirmed in a transaction under way may not be seen yet"
    assert services.search_likenesses(now=LATER + timedelta(minutes=3)) == 1
    assert Likeness.objects.count() == 3


def test_a_week_later_everybody_is_compared_again(net: SmallNetwork):
    person = make_person(given_name="Nadia", area=net.country.area("0101"))
    other = make_person(given_name="Paul", area=net.country.area("0101"))
    services.search_likenesses(now=LATER)
    assert not Likeness.objects.exists()
    Person.objects.filter(pk=other.pk).update(given_name="Nadia", folded_name=" ferhat nadia")
    services.search_likenesses(now=LATER + timedelta(days=8))
    services.search_likenesses(now=LATER + timedelta(days=8))
    assert Likeness.objects.get().person_id == person.pk
    assert LikenessSearch.objects.get().began_at == LATER + timedelta(days=8)


def test_what_is_alike_no_more_is_forgotten(net: SmallNetwork):
    person, other = (make_person(area=net.country.area("0101")) for _ in range(2))
    services.search_likenesses(now=LATER)
    assert Likeness.objects.count() == 1
    Person.objects.filter(pk=other.pk).update(given_name="Zoé", family_name="Autre", folded_name=" autre zoe")
    services.compare_people(person_ids=[person.pk], now=LATER)
    assert not Likeness.objects.exists()


def pairs(user: User, *, limit: int = 50) -> list[set[Any]]:
    """The pairs that a user is shown, page by page."""
    found, after = [], None
    while True:
        page, _cards = selectors.likenesses_page(user, after=after, limit=limit, now=now())
        found += [{person["id"] for person in item["people"]} for item in page["items"]]
        after = page["next"]
        if after is None:
            return found


def test_only_who_organises_both_places_is_told(net: SmallNetwork):
    here, elsewhere = net.country.area("0101"), net.country.area("0201")
    one = make_person(email="a@people.example", area=here)
    other = make_person(email="a@people.example", area=elsewhere)
    services.search_likenesses(now=LATER)
    assert pairs(net.organiser()) == [{one.pk, other.pk}]
    assert pairs(net.organiser("department", "01")) == []
    assert pairs(make_granted("relay", here, email="relay@people.example")) == []


def test_the_strongest_come_first_page_by_page(net: SmallNetwork):
    here = net.country.area("0101")
    near = {make_person(family_name=name, given_name="Camille", area=here).pk for name in ("Vernoux", "Vernoix")}
    mail = {make_person(email="a@people.example", area=here).pk for _ in range(2)}
    same = {make_person(given_name="Hugo", area=here).pk for _ in range(2)}
    services.search_likenesses(now=LATER)
    organiser = net.organiser()
    assert pairs(organiser) == [mail, same, near] == pairs(organiser, limit=1)
    assert selectors.likenesses_count(organiser, now=now()) == (3, False)


def test_one_record_is_not_told_apart_from_itself(net: SmallNetwork):
    one, organiser = make_person(area=net.country.area("0101")), make_granted(Role.ORGANISER, net.country.area("01", "department"))
    with pytest.raises(Invalid) as refused:
        services.tell_apart(one_id=one.pk, other_id=one.pk, by=organiser, now=now())
    assert refused.value.code == "same_record"
    assert not ToldApart.objects.exists()


def test_a_couple_is_told_apart_and_proposed_no_more_until_that_is_undone(net: SmallNetwork):
    one, other = (make_person(email="a@people.example", area=net.country.area("0101"), family_name=name) for name in ("Ba", "Diop"))
    services.search_likenesses(now=LATER)
    organiser = net.organiser()
    told = services.tell_apart(one_id=other.pk, other_id=one.pk, by=organiser, now=now())
    assert services.tell_apart(one_id=one.pk, other_id=other.pk, by=organiser, now=now()) == told
    services.search_likenesses(now=LATER + timedelta(days=30))
    services.search_likenesses(now=LATER + timedelta(days=30))
    assert pairs(organiser) == []
    stranger = net.organiser("department", "02", name="Hugo Lamy")
    with pytest.raises(NotFound):
        services.propose_again(told_apart_id=told.pk, by=stranger, now=now())
    with pytest.raises(NotFound):
        services.tell_apart(one_id=one.pk, other_id=other.pk, by=stranger, now=now())
    services.propose_again(told_apart_id=told.pk, by=organiser, now=now())
    assert pairs(organiser) == [{one.pk, other.pk}]


def test_who_an_import_recognised_nowhere_appears_here(net: SmallNetwork):
    organiser = net.organiser("department", "01", name="Inès Prat")
    known = make_person(given_name="Élodie", family_name="Marchand", email="elodie@people.example", area=net.country.area("0101"))
    imported(organiser, [line("Elodie", "Marchant", email="em@people.example")])
    new = Person.objects.get(family_name="Marchant")
    services.search_likenesses(now=LATER)
    assert pairs(organiser) == [{known.pk, new.pk}]
