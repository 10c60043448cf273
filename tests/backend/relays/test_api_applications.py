from typing import Any

import pytest

from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.kernel.ids import uuid7
from maillage.kernel.links import sign_link
from maillage.messaging.models import Message
from maillage.relays import services
from maillage.relays.domain import CONFIRM_LINK, CONFIRM_WITHIN, WITHDRAW_LINK, ApplicationStatus
from maillage.relays.models import Application
from tests.backend.accounts.factories import make_user, sign_in
from tests.backend.relays.factories import SmallNetwork, make_application, make_holder

API = "/api/v1/relays/applications"


def body(net: SmallNetwork, **changes: Any) -> dict[str, Any]:
    return {
        "seat": str(net.seat("0101").pk),
        "given_name": "Samir",
        "email": "samir@people.example",
        "agrees_to_contact": True,
        "is_of_age": True,
        **changes,
    }


def post(client, address: str, data: object = None, **headers: str):
    return client.post(address, data=data or {}, content_type="application/json", headers=headers)


@pytest.fixture
def applicant(net: SmallNetwork) -> User:
    """Somebody signed in who asked for 0101."""
    application = make_application(net.seat("0101"), email="applicant@people.example")
    application.person.user = make_user("applicant@people.example")
    application.person.save()
    return application.person.user


class TestAsking:
    def test_anyone_asks_and_is_told_the_same(self, net: SmallNetwork, client):
        make_application(net.seat("0102"), email="samir@people.example", given_name="Samir", family_name="")
        known = post(client, f"{API}/", body(net))
        new = post(client, f"{API}/", body(net, email="new@people.example"))
        assert (known.status_code, new.status_code) == (202, 202)
        assert (
            known.json()["seat"]
            == new.json()["seat"]
            == {
                "id": str(net.seat("0101").pk),
                "code": "0101",
                "name": net.country.area("0101").called,
            }
        )
        assert set(known.json()) == set(new.json()) == {"seat", "confirm_before"}

    def test_the_same_key_asks_once(self, net: SmallNetwork, client):
        key = {"Idempotency-Key": str(uuid7())}
        first = post(client, f"{API}/", body(net), **key)
        again = post(client, f"{API}/", body(net), **key)
        assert (again.status_code, again.json()) == (202, first.json())
        assert Message.objects.count() == Application.objects.count() == 1
        assert post(client, f"{API}/", body(net, given_name="Other"), **key).status_code == 422

    def test_cookies_are_ignored(self, net: SmallNetwork):
        from django.test import Client

        strict = Client(enforce_csrf_checks=True)
        sign_in(strict, make_user())
        assert post(strict, f"{API}/", body(net)).status_code == 202

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"email": "x"}, "email"),
            ({"given_name": ""}, "given_name"),
            ({"agrees_to_contact": False}, "agrees_to_contact"),
            ({"seat": "x"}, "seat"),
        ],
    )
    def test_what_is_wrong_is_said_by_field(self, net: SmallNetwork, client, change: dict[str, Any], field: str):
        answer = post(client, f"{API}/", body(net, **change))
        assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])

    @pytest.mark.parametrize("data", [b"[]", b"{", b'"x"', b"null"])
    def test_what_is_no_application_is_400(self, net: SmallNetwork, client, data: bytes):
        assert client.post(f"{API}/", data=data, content_type="application/json").status_code == 400

    def test_a_filled_seat_is_409(self, net: SmallNetwork, client):
        make_holder(net.seat("0101"))
        assert post(client, f"{API}/", body(net)).json()["code"] == "seat_filled"

    def test_an_unknown_seat_is_404(self, db: None, client):
        answer = post(
            client,
            f"{API}/",
            {"seat": str(uuid7()), "given_name": "S", "email": "s@people.example", "agrees_to_contact": True, "is_of_age": True},
        )
        assert (answer.status_code, answer.json()["code"]) == (404, "seat_unknown")


class TestLinks:
    def test_confirming_and_taking_back(self, net: SmallNetwork, client):
        post(client, f"{API}/", body(net))
        application = Application.objects.get()
        point = application.person.contact_points.get()
        token = sign_link(CONFIRM_LINK, ids=[application.pk, point.pk], ends_at=now() + CONFIRM_WITHIN)
        assert client.get(f"{API}/confirm/", {"token": token}).status_code == 405
        for _twice in range(2):
            confirmed = post(client, f"{API}/confirm/", {"token": token}).json()
            assert (confirmed["status"], bool(confirmed["call_before"])) == ("submitted", True)
        back = sign_link(WITHDRAW_LINK, ids=[application.pk], ends_at=now() + CONFIRM_WITHIN)
        assert post(client, f"{API}/withdraw/", {"token": back}).status_code == 204
        assert post(client, f"{API}/confirm/", {"token": token}).json()["code"] == "application_withdrawn"

    @pytest.mark.parametrize("address", ["confirm/", "withdraw/"])
    def test_a_link_of_another_purpose_opens_nothing(self, net: SmallNetwork, client, address: str):
        for purpose, ids in (("actions.answer", [uuid7(), uuid7()]), (WITHDRAW_LINK, [uuid7()]), (CONFIRM_LINK, [uuid7(), uuid7()])):
            answer = post(client, f"{API}/{address}", {"token": sign_link(purpose, ids=ids, ends_at=now() + CONFIRM_WITHIN)})
            assert answer.status_code == 404
        assert post(client, f"{API}/{address}", {"token": "x.y"}).json()["code"] == "link_broken"


class TestListing:
    def test_by_role(self, net: SmallNetwork, client, applicant: User):
        make_application(net.seat("0201"), email="two@people.example")
        make_application(net.seat("0102"), status=ApplicationStatus.UNCONFIRMED)
        _, relay = make_holder(net.seat("0103"))
        assert client.get(f"{API}/").status_code == 403
        seen = {
            make_user("member@people.example"): [],
            applicant: ["0101"],
            relay.user: [],
            net.organiser("department", "02"): ["0201"],
            net.organiser("department", "01"): ["0101"],
            net.organiser(): ["0101", "0201"],
        }
        for user, codes in seen.items():
            sign_in(client, user)
            assert sorted(item["seat"]["code"] for item in client.get(f"{API}/").json()["items"]) == codes, user.email

    def test_an_organiser_calls_from_the_list_and_queries_do_not_grow(self, net: SmallNetwork, client, django_assert_max_num_queries):
        for number in range(12):
            make_application(net.seat("0101"), email=f"{number}@people.example")
        sign_in(client, net.organiser())
        with django_assert_max_num_queries(5):
            page = client.get(f"{API}/", {"limit": 10}).json()
        assert len(page["items"]) == 10
        first = page["items"][0]
        assert first["seat"]["name"] == "Hautes-Brumes, 1re circonscription"
        assert first["person"]["contacts"] == [{"channel": "email", "value": "0@people.example", "is_verified": True}]
        assert first["abilities"] == {"contact": True, "approve": True, "decline": True, "release": False, "withdraw": False}
        rest = client.get(f"{API}/", {"limit": 10, "after": page["next"]}).json()
        assert (len(rest["items"]), rest["next"]) == (2, None)

    def test_filters(self, net: SmallNetwork, client):
        make_application(net.seat("0101"))
        declined = make_application(net.seat("0201"), status=ApplicationStatus.DECLINED)
        sign_in(client, net.organiser())

        def ids(**asked: str) -> list[str]:
            return [item["seat"]["code"] for item in client.get(f"{API}/", asked).json()["items"]]

        assert ids(open="1") == ["0101"]
        assert ids(status="declined") == ["0201"]
        assert ids(area="0101") == ["0101"]
        assert ids(area=str(net.country.area("02", "department").pk)) == ["0201"]
        assert ids(mine="1") == []
        assert client.get(f"{API}/", {"status": "lost"}).json()["code"] == "bad_status"
        assert client.get(f"{API}/", {"after": "x"}).json()["code"] == "bad_cursor"
        assert client.get(f"{API}/{declined.pk}/").json()["status"] == "declined"


@pytest.mark.parametrize(("verb", "data"), [("contact", {}), ("approve", {}), ("decline", {"words": "Merci, une autre fois."})])
def test_deciding_by_role(net: SmallNetwork, client, applicant: User, verb: str, data: dict[str, str]):
    application = Application.objects.get()
    address = f"{API}/{application.pk}/{verb}/"
    _, relay = make_holder(net.seat("0102"))
    assert post(client, address, data).status_code == 403
    for user, status in (
        (make_user("m@people.example"), 404),
        (relay.user, 404),
        (net.organiser("department", "02"), 404),
        (applicant, 403),
    ):
        sign_in(client, user)
        assert post(client, address, data).status_code == status, user.email
    application.refresh_from_db()
    assert application.status == ApplicationStatus.SUBMITTED
    sign_in(client, net.organiser("department", "01"))
    assert post(client, address, data).status_code == 200
    application.refresh_from_db()
    assert application.status == {"contact": "contacted", "approve": "approved", "decline": "declined"}[verb]


def test_approval_answers_with_the_term_and_how_many_still_wait(net: SmallNetwork, client):
    chosen = make_application(net.seat("0101"))
    make_application(net.seat("0101"), email="other@people.example")
    sign_in(client, net.organiser())
    answer = post(client, f"{API}/{chosen.pk}/approve/", {"kind": "stand_in"}).json()
    assert (answer["others_open"], answer["application"]["status"], bool(answer["term_id"])) == (1, "approved", True)
    again = post(client, f"{API}/{chosen.pk}/approve/")
    assert (again.status_code, again.json()["code"], again.json()["decided_by"]) == (409, "application_decided", "Nadia Ferhat")


def test_only_the_applicant_takes_back(net: SmallNetwork, client, applicant: User):
    address = f"{API}/{Application.objects.get().pk}/withdraw/"
    sign_in(client, net.organiser())
    assert post(client, address).status_code == 403
    sign_in(client, applicant)
    assert post(client, address).json()["status"] == "withdrawn"
    assert post(client, address).status_code == 409


def test_what_was_taken_back_is_read_by_its_applicant_alone(net: SmallNetwork, client, applicant: User):
    Application.objects.update(motivation="Le samedi.")
    services.withdraw_application(application_id=Application.objects.get().pk, now=now())
    for reader, words, is_reached in ((applicant, "Le samedi.", True), (net.organiser(), "", False)):
        sign_in(client, reader)
        (item,) = client.get(f"{API}/", {"status": "withdrawn"}).json()["items"]
        assert (item["motivation"], bool(item["person"]["contacts"])) == (words, is_reached)
