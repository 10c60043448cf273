from datetime import timedelta

import pytest
from django.test import Client

from maillage.accounts import services as accounts
from maillage.accounts.domain import Role
from maillage.accounts.models import Grant
from maillage.kernel.clock import now
from maillage.kernel.links import sign_link
from maillage.messaging.domain import RENDERERS, Button
from maillage.messaging.models import Message
from maillage.messaging.services.new_address import confirm_new_address
from maillage.people import services as people
from maillage.people.domain import AREA_NEWS, RELAY_CONTACT, Channel
from maillage.people.models import ContactPoint, Person
from maillage.people.selectors import mailbox_mark, may_contact
from maillage.relays import services
from maillage.relays.domain import APPLY_SOURCE, CONFIRM_LINK, MISSED_LINK, WITHDRAW_LINK, ApplicationStatus
from maillage.relays.domain.filling import SEAT_ASKING
from maillage.relays.models import Application, Joining
from maillage.territories.models import AreaNeighbour
from tests.backend.accounts.factories import make_granted, make_user
from tests.backend.relays.factories import SmallNetwork, make_application, make_holder


@pytest.fixture
def missed(net: SmallNetwork) -> Application:
    """Somebody was promised a call 50 hours ago; it has climbed to the country."""
    net.organiser("country", "XM", name="Loin Haut")
    net.organiser("department", "01", name="Nadia Ferhat")
    application = make_application(net.seat("0101"), at=now() - timedelta(hours=50))
    for code in ("0102", "0103"):
        AreaNeighbour.objects.create(area=application.seat.area, other=net.country.area(code), shared_metres=5000)
    make_holder(net.seat("0103"))
    services.climb_promises(now=now())
    return application


def address(application: Application) -> str:
    return f"/en/relays/apply/missed/{sign_link(MISSED_LINK, ids=[application.pk], ends_at=now() + timedelta(days=9))}/"


def with_account(application: Application) -> Person:
    person = application.person
    person.user = make_user(person.contact_points.get().value)
    person.save()
    return person


def change_address(person: Person) -> None:
    assert person.user
    change = accounts.ask_address_change(user=person.user, email="new@mail.example", session_key=None, now=now())
    confirm_new_address(change_id=change.pk, now=now())


def apology_now() -> str:
    """Where the apology leads that leaves in the morning."""
    services.climb_promises(now=now() + timedelta(hours=12))
    message = Message.objects.get(purpose="relays.promise_missed")
    (button,) = [block for block in RENDERERS[message.purpose](message).blocks if isinstance(block, Button)]
    return button.url[button.url.index(f"/{message.language}/relays/apply/missed/") :]


def confirming(application: Application, *, is_marked: bool = True) -> str:
    point = application.person.contact_points.get()
    ids = [application.pk, point.pk, *([mailbox_mark(point.value)] if is_marked else [])]
    return f"/en/relays/apply/confirm/{sign_link(CONFIRM_LINK, ids=ids, ends_at=now() + timedelta(days=1))}/"


def withdrawing(application: Application) -> str:
    return f"/en/relays/apply/withdraw/{sign_link(WITHDRAW_LINK, ids=[application.pk], ends_at=now() + timedelta(days=1))}/"


def test_the_mailbox_of_before_a_change_of_address_neither_reads_nor_erases(client: Client, missed: Application):
    person = with_account(missed)
    apology = apology_now()
    assert client.get(apology).status_code == 200
    before_marks = [address(missed), confirming(missed, is_marked=False), withdrawing(missed)]  # as mailed before links named a mailbox
    links = [apology, *before_marks, confirming(missed)]
    change_address(person)
    for link in links:
        assert client.get(link).status_code == 410
    for link, said in [(each, {"way": way}) for each in links[:2] for way in ("erase", "stay", "withdraw")] + [(links[3], {})]:
        assert client.post(link, {**said, "agrees_to_contact": "relay_contact.1"}).status_code == 410
    token = links[3].rstrip("/").rpartition("/")[2]
    taken = client.post("/api/v1/relays/applications/withdraw/", {"token": token}, content_type="application/json")
    assert (taken.status_code, taken.json()["code"]) == (410, "link_ended")
    missed.refresh_from_db()
    assert (missed.status, missed.person.erased_at) == (ApplicationStatus.SUBMITTED, None)
    present = apology_now()
    assert client.get(present).status_code == 200
    client.post(present, {"way": "erase"})
    assert Person.objects.get(pk=person.pk).erased_at


def test_a_link_goes_on_where_an_address_comes_back(client: Client, missed: Application):
    person = with_account(missed)
    apology = apology_now()
    ContactPoint.objects.filter(person=person).update(value="other@people.example")
    assert person.user
    person.user.email = "other@people.example"
    person.user.save()
    assert client.get(apology).status_code == 410
    ContactPoint.objects.filter(person=person).update(value="samir.0101@people.example")
    assert client.get(apology).status_code == 200


@pytest.mark.parametrize("meanwhile", ["called", "taken back", "approved"])
def test_nobody_is_erased_by_an_apology_whose_call_is_missed_no_more(
    client: Client, net: SmallNetwork, missed: Application, meanwhile: str
):
    link = address(missed)
    if meanwhile == "called":
        services.note_contact(application_id=missed.pk, by=net.organiser("department", "02", name="Hugo Lamy"), now=now())
    elif meanwhile == "taken back":
        client.post(link, {"way": "withdraw"})
    else:
        Application.objects.update(status=ApplicationStatus.APPROVED)
    answer = client.post(link, {"way": "erase"})
    assert answer.status_code == 409
    assert "There is no missed call any more." in answer.text
    assert Person.objects.get(pk=missed.person_id).erased_at is None


def test_it_says_sorry_with_a_name_and_four_ways_on(client: Client, missed: Application):
    page = client.get(address(missed)).text
    assert "We promised you a call. It did not come, and we are sorry." in page
    assert "Loin Haut, who organises" in page
    assert "There is nobody further up" in page
    assert "Look at a seat next door" in page
    assert 'href="/en/places/0102/"' in page
    assert 'href="/en/places/0103/"' not in page, "somebody holds it"
    assert "Take it back and erase me" in page
    missed.refresh_from_db()
    assert missed.status == ApplicationStatus.SUBMITTED, "a GET changes nothing"


def test_where_nobody_organises_it_says_so_and_names_nobody(client: Client, net: SmallNetwork):
    application = make_application(net.seat("0101"), at=now() - timedelta(hours=50))
    services.climb_promises(now=now())
    page = client.get(address(application)).text
    assert "Nobody organises" in page
    assert "We look for somebody several times a day" in page
    assert "now owe you the call" not in page
    assert "There is nobody further up" not in page
    net.organiser("department", "01", name="Nadia Ferhat")
    page = client.get(address(application)).text
    assert "Nadia Ferhat, who organises" in page
    assert "Nobody organises" not in page


def test_it_says_that_it_climbs_on_only_while_somebody_is_above(client: Client, net: SmallNetwork):
    region = net.country.area("0101").parent.parent
    net.organiser(name="Loin Haut")
    net.organiser(region.kind.code, region.code, name="Mi Lieu")
    net.organiser("department", "01", name="Nadia Ferhat")
    application = make_application(net.seat("0101"), at=now() - timedelta(hours=50))
    services.climb_promises(now=now())
    page = client.get(address(application)).text
    assert "Mi Lieu, who organises" in page
    assert "If nobody calls within a day, it climbs further up" in page
    Grant.objects.filter(user__email__startswith="loin").update(ends_at=now())
    assert "There is nobody further up" in client.get(address(application)).text


def test_the_confirming_link_says_the_same_once_missed(client: Client, missed: Application):
    point = missed.person.contact_points.get()
    token = sign_link(CONFIRM_LINK, ids=[missed.pk, point.pk], ends_at=now() + timedelta(days=1))
    page = client.get(f"/en/relays/apply/confirm/{token}/").text
    assert "Loin Haut, who organises" in page
    assert "/en/relays/apply/missed/" in page


def test_one_press_takes_everything_back_and_erases(client: Client, missed: Application):
    link = address(missed)
    answer = client.post(link, {"way": "erase"}, follow=True)
    assert "This request no longer exists." in answer.text
    assert not Application.objects.exists()
    assert not ContactPoint.objects.filter(person_id=missed.person_id).exists()
    person = Person.objects.get(pk=missed.person_id)
    assert (person.full_name, person.erased_at is not None) == ("", True)
    assert client.post(link, {"way": "erase"}).status_code == 302, "pressed twice, erased once"


def test_an_account_without_a_role_is_erased_by_the_same_press(client: Client, missed: Application):
    missed.person.user = make_user("samir@people.example")
    missed.person.save()
    assert "Take it back and erase me" in client.get(address(missed)).text
    assert client.post(address(missed), {"way": "erase"}).status_code == 302
    missed.person.refresh_from_db()
    assert (missed.person.full_name, missed.person.user_id) == ("", None)


def test_who_holds_a_role_is_led_to_the_last_step_of_their_own_page(client: Client, net: SmallNetwork, missed: Application):
    missed.person.user = make_granted(Role.ORGANISER, net.country.area("02", "department"), email="samir@people.example")
    missed.person.save()
    page = client.get(address(missed)).text
    assert 'href="/app/me/data?erase"' in page
    assert 'value="erase"' not in page
    assert client.post(address(missed), {"way": "erase"}).status_code == 409
    missed.refresh_from_db()
    assert missed.status == ApplicationStatus.SUBMITTED
    assert client.post(address(missed), {"way": "withdraw"}).status_code == 302
    missed.refresh_from_db()
    assert missed.status == ApplicationStatus.WITHDRAWN


def test_staying_as_a_volunteer_takes_the_application_back_and_keeps_the_rest(client: Client, missed: Application):
    def is_agreed(purpose: str) -> bool:
        return may_contact(person_id=missed.person_id, purpose=purpose, channel=Channel.EMAIL)

    people.record_consent(
        person_id=missed.person_id,
        purpose=SEAT_ASKING.purpose,
        channel=Channel.EMAIL,
        wording=SEAT_ASKING.version,
        source=APPLY_SOURCE,
        now=now(),
    )
    ContactPoint.objects.create(person=missed.person, channel=Channel.PHONE, value="+33612345678", verified_at=now())
    link = address(missed)
    page = client.get(link).text
    assert "Stay and take part around here" in page
    assert 'name="agrees_to_be_asked"' not in page, "agreed to before"
    assert "checked" not in page
    answer = client.post(link, {"way": "stay", "agrees_to_contact": "relay_contact.1"}, follow=True)
    assert "You stay and take part around here. Thank you." in answer.text
    assert 'href="/en/relays/apply/0101/"' in answer.text, "the seat can be asked for again"
    missed.refresh_from_db()
    assert missed.status == ApplicationStatus.WITHDRAWN
    assert missed.promise
    assert missed.promise.released_at
    joining = Joining.objects.get()
    assert (joining.person_id, joining.seat_id) == (missed.person_id, missed.seat_id)
    assert is_agreed(SEAT_ASKING.purpose)
    assert is_agreed(RELAY_CONTACT.purpose)
    assert not may_contact(person_id=missed.person_id, purpose=RELAY_CONTACT.purpose, channel=Channel.PHONE), "no telephone stood on it"
    assert not is_agreed(AREA_NEWS.purpose)
    assert client.post(link, {"way": "stay"}).status_code == 302, "pressed twice, stayed once"
    assert Joining.objects.count() == 1


def test_staying_asks_for_one_agreement_at_least(client: Client, missed: Application):
    answer = client.post(address(missed), {"way": "stay"})
    assert answer.status_code == 400
    assert "Tick at least one" in answer.text
    missed.refresh_from_db()
    assert missed.status == ApplicationStatus.SUBMITTED
    assert not Joining.objects.exists()


def test_once_called_it_says_so(client: Client, net: SmallNetwork, missed: Application):
    services.note_contact(application_id=missed.pk, by=net.organiser("department", "02", name="Hugo Lamy"), now=now())
    assert "You have been contacted." in client.get(address(missed)).text


def test_where_every_seat_around_is_held_it_says_so(client: Client, net: SmallNetwork, missed: Application):
    make_holder(net.seat("0102"), email="other.holder@people.example")
    assert "Every seat around is taken care of." in client.get(address(missed)).text


def test_a_broken_link_says_so(client: Client, db: None):
    assert client.get("/en/relays/apply/missed/nonsense/").status_code == 404


def test_what_a_relay_does_can_be_read_by_anyone(client: Client, db: None):
    for language, words in (("fr", "Un relais, c"), ("en", "A relay is one person who answers for one place.")):
        page = client.get(f"/{language}/what-a-relay-does/")
        assert words in page.text
        assert "public" in page.headers["Cache-Control"]
