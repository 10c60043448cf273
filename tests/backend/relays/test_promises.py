from datetime import timedelta

import pytest
from django.test import Client

from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.kernel.errors import Forbidden
from maillage.messaging.models import Message
from maillage.relays import selectors, services
from maillage.relays.domain import ApplicationStatus
from maillage.relays.models import Application
from maillage.relays.selectors.applications import held_for
from tests.backend.accounts.factories import make_granted, sign_in
from tests.backend.relays.factories import SmallNetwork, make_application
from tests.backend.relays.test_letters import letter_of
from tests.backend.relays.test_pages_confirm import confirm_page


def test_the_nearest_organiser_calls(net: SmallNetwork):
    area = net.country.area("0101")
    assert selectors.caller_at(area, now=now()) is None
    net.organiser("country", "XM", name="Loin Loin")
    near = net.organiser("department", "01", name="Nadia Ferhat")
    assert selectors.caller_at(area, now=now()).person == near.person
    assert selectors.caller_at(net.country.area("0201"), now=now()).person.given_name == "Loin"


def test_nobody_is_named_who_was_not_told_to_call(client: Client, net: SmallNetwork):
    """An appointment takes an address only: the nearest organiser may have no name, and the call is theirs all the same."""
    far = net.organiser("country", "XM", name="Loin Loin")
    far.person.shows_given_name = True
    far.person.save()
    make_granted(Role.ORGANISER, net.country.area("01", "department"), email="nobody@desk.example")
    caller = selectors.caller_at(net.country.area("0101"), now=now())
    assert (caller.person, caller.place, caller.shown_name) == (None, "Hautes-Brumes", "")
    for page in ("/en/places/0101/", "/en/relays/apply/0101/"):
        shown = client.get(page).text
        assert "rganisers of Hautes-Brumes call you" in shown
        assert "Loin calls you" not in shown
    asked = make_application(net.seat("0101"), status=ApplicationStatus.UNCONFIRMED)
    answer = client.post(confirm_page(asked), {"was": "me"}, follow=True).text
    assert "The organisers of Hautes-Brumes call you before" in answer
    assert "Loin calls you" not in answer
    assert list(Message.objects.filter(purpose="relays.application_waiting").values_list("address", flat=True)) == ["nobody@desk.example"]
    letter = letter_of(Message.objects.get(purpose="relays.application_received"))
    assert "Hautes-Brumes" in letter.preview
    assert "Loin" not in letter.plain()


class TestWhoOrganisesAndAsks:
    """Two pairs of eyes see each applicant: an organiser who asks for a seat of theirs is called and chosen by another."""

    @pytest.fixture
    def asked(self, net: SmallNetwork) -> Application:
        net.organiser("country", "XM", name="Loin Haut")
        near = net.organiser("department", "01", name="Nadia Ferhat")
        asked = make_application(net.seat("0101"), status=ApplicationStatus.UNCONFIRMED, person=near.person)
        services.confirm_application(application_id=asked.pk, contact_point_id=asked.person.contact_points.get().pk, now=now())
        asked.refresh_from_db()
        return asked

    def test_another_is_told_named_and_owes_the_call(self, client: Client, asked: Application):
        assert [one.person.given_name for one in Message.objects.filter(purpose="relays.application_waiting")] == ["Loin"]
        assert letter_of(Message.objects.get(purpose="relays.application_received")).preview.startswith("Loin Haut")
        sign_in(client, asked.person.user)
        (row,) = client.get("/api/v1/relays/applications/").json()["items"]
        assert (row["promise"]["owed_by"], row["promise"]["is_mine"], row["is_own"]) == ("Loin Haut", False, True)
        assert row["abilities"] == {"contact": False, "approve": False, "decline": False, "release": False, "withdraw": True}

    def test_the_missed_promise_climbs_past_them(self, asked: Application):
        for hours in (25, 49, 61):
            services.climb_promises(now=now() + timedelta(hours=hours))
        told = Message.objects.filter(purpose__in=["relays.promise_reminder", "relays.promise_climbed"])
        assert {one.person.given_name for one in told} == {"Loin"}

    def test_they_neither_call_nor_decide(self, client: Client, asked: Application):
        sign_in(client, asked.person.user)
        for deed, said in (("contact", {}), ("approve", {}), ("decline", {"words": "Non."})):
            answer = client.post(f"/api/v1/relays/applications/{asked.pk}/{deed}/", said, content_type="application/json")
            assert (answer.status_code, answer.json()["code"]) == (403, "own_application")
        for call in (services.note_contact, services.approve_application):
            with pytest.raises(Forbidden) as refusal:
                call(application_id=asked.pk, by=asked.person.user, now=now())
            assert refusal.value.code == "own_application"
        other = User.objects.get(person__given_name="Loin")
        assert services.note_contact(application_id=asked.pk, by=other, now=now()).status == ApplicationStatus.CONTACTED

    def test_they_let_nothing_of_their_own_out_of_the_queue(self, asked: Application):
        Application.objects.filter(pk=asked.pk).update(status=ApplicationStatus.HELD, promise=None)
        assert not held_for(asked.person.user, now=now()).exists()
        assert services.release_applications(application_ids=[asked.pk], by=asked.person.user, now=now()) == 0
        assert services.release_applications(application_ids=[asked.pk], by=User.objects.get(person__given_name="Loin"), now=now()) == 1
