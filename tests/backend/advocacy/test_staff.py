from datetime import timedelta

import pytest

from maillage.advocacy import services
from maillage.advocacy.domain.staff import STAFF_MOST
from maillage.advocacy.models import Mandate, StaffMember
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict
from tests.backend.accounts.factories import sign_in
from tests.backend.days import in_days
from tests.backend.relays.factories import make_holder

API = "/api/v1/advocacy"
LOU = {"name": "Lou Petit", "role": "Agenda", "office_email": "lou@chambre.example"}


def test_who_serves_the_place_notes_and_takes_away(net, deputy, relay, organiser, client):
    path = f"{API}/office-holders/{deputy.pk}/staff/"
    sign_in(client, relay.user)
    made = client.post(path, LOU, content_type="application/json")
    assert (made.status_code, made.json() | {"id": ""}) == (201, LOU | {"id": ""})
    private = client.post(path, LOU | {"office_email": "Lou@Gmail.com"}, content_type="application/json")
    assert list(private.json()["fields"]) == ["office_email"]
    sign_in(client, make_holder(net.seat("0102"))[1].user)
    assert client.get(path).status_code == 404
    assert client.delete(f"{API}/staff/{made.json()['id']}/").status_code == 404
    sign_in(client, organiser)
    assert [one["name"] for one in client.get(path).json()["items"]] == ["Lou Petit"]
    assert client.delete(f"{API}/staff/{made.json()['id']}/").status_code == 204
    assert client.get(path).json()["items"] == []
    told = Entry.objects.filter(name__startswith="staff.").order_by("pk").values_list("name", "data")
    assert [name for name, _data in told] == ["staff.noted", "staff.removed"]
    assert "Lou" not in str([*told])


def test_they_go_with_the_mandate(deputy, organiser):
    services.note_staff(holder_id=deputy.pk, by=organiser, now=now(), **LOU)
    Mandate.objects.update(ends_on=in_days())
    assert services.forget_staff(today=in_days()) == 0
    assert services.forget_staff(today=in_days() + timedelta(days=1)) == 1
    assert not StaffMember.objects.exists()
    with pytest.raises(Conflict) as refused:
        services.note_staff(holder_id=deputy.pk, by=organiser, now=now(), **LOU)
    assert refused.value.code == "mandate_ended"


def test_an_office_has_an_end(deputy, organiser):
    mandate = deputy.mandates.get()
    StaffMember.objects.bulk_create(StaffMember(mandate=mandate, name=str(number), role="Agenda") for number in range(STAFF_MOST))
    with pytest.raises(Conflict) as refused:
        services.note_staff(holder_id=deputy.pk, by=organiser, now=now(), **LOU)
    assert refused.value.code == "too_many"
