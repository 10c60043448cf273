"""Days on which people are away, written one by one or brought as a file."""

from datetime import date
from typing import Any

import pytest

from maillage.accounts.models import User
from maillage.actions.domain.calendar_files import columns_of, read_calendar_line, read_day
from maillage.people.selectors.organisation import hold, unnamed
from maillage.territories.domain import CalendarKind
from maillage.territories.models import CalendarWindow
from tests.backend.accounts.factories import sign_in
from tests.backend.relays.factories import SmallNetwork

API = "/api/v1/actions/calendar/"
HEAD = "kind,area_kind,area,from,to,label_fr,label_en,source\n"


@pytest.fixture
def local(net: SmallNetwork) -> User:
    """Somebody who organises department 01, in a house of Petit-Pays."""
    house = unnamed()
    house.country = net.country.country.country
    hold(house, seconds=3600)
    return net.organiser("department", "01", name="Paul Autre")


def window(**changes: Any) -> dict[str, Any]:
    said = {"kind": "holiday", "area_kind": "department", "area": "01", "starts_on": "2027-02-13", "ends_on": "2027-02-28"}
    return {**said, "labels": {"fr": "Vacances, zone B", "en": "Holidays, zone B"}, "source": "education.example", **changes}


def send(client, verb: str, address: str, data: object):
    return getattr(client, verb)(address, data=data, content_type="application/json", headers={"accept-language": "en"})


def bring(client, text: str, *, dry: bool = False):
    return client.post(f"{API}file/{'?dry=true' if dry else ''}", data=text.encode(), content_type="text/csv")


def test_a_line_of_a_file_is_read_with_days_as_spreadsheets_write_them():
    columns = columns_of(["Kind", "Area kind", "AREA", "from", "to", "label_fr"])
    line = read_calendar_line(["Recess", "", "", "14/02/2027", "2027-02-28", "Suspension"], columns)
    assert (line.kind, line.area, line.starts_on, line.ends_on) == (CalendarKind.RECESS, "", date(2027, 2, 14), date(2027, 2, 28))
    assert (dict(line.labels), line.source) == ({"fr": "Suspension"}, "")
    assert read_day("31.02.2027") is None


def test_days_are_written_changed_and_taken_away_where_one_organises_the_whole(net: SmallNetwork, client, local: User):
    sign_in(client, local)
    made = send(client, "post", API, window())
    assert made.status_code == 201, made.content
    assert (made.json()["called"], made.json()["area"]["is_country"]) == ("Holidays, zone B", False)
    address = f"{API}{made.json()['id']}/"
    assert send(client, "put", address, window(ends_on="2027-03-01")).json()["ends_on"] == "2027-03-01"
    for elsewhere in ({"area": "02"}, {"area_kind": "", "area": ""}):
        assert send(client, "post", API, window(**elsewhere)).status_code == 403
        assert send(client, "put", address, window(**elsewhere)).status_code == 403
    sign_in(client, net.organiser())
    listed = client.get(API).json()["items"]
    assert [(one["ends_on"], one["can_change"]) for one in listed] == [("2027-03-01", True)]
    assert client.delete(address).status_code == 204
    assert not CalendarWindow.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ends_on": "2027-02-12"}, "ends_on"),
        ({"labels": {"fr": " "}}, "labels"),
        ({"labels": {"de": "Ferien"}}, "labels"),
        ({"area": "77"}, "area"),
    ],
)
def test_what_is_wrong_is_said_by_field(net: SmallNetwork, client, local: User, change: dict, field: str):
    sign_in(client, local)
    answer = send(client, "post", API, window(**change))
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])


def test_a_file_is_looked_at_brought_whole_and_not_written_twice(net: SmallNetwork, client, local: User):
    sign_in(client, local)
    text = (
        HEAD + "holiday,department,01,2027-02-13,2027-02-28,Vacances,,\nrecess,constituency,0101,2027-03-01,2027-03-05,Suspension,Recess,\n"
    )
    tried = bring(client, text, dry=True).json()
    assert (tried["is_trial"], tried["added"], [one["line"] for one in tried["items"]]) == (True, 2, [2, 3])
    assert not CalendarWindow.objects.exists()
    assert bring(client, text).json()["added"] == 2
    again = bring(client, text).json()
    assert (again["added"], [one["is_known"] for one in again["items"]], CalendarWindow.objects.count()) == (0, [True, True], 2)


def test_one_wrong_line_keeps_the_whole_file_out_and_each_is_said(net: SmallNetwork, client, local: User):
    sign_in(client, local)
    text = HEAD + (
        "holiday,department,01,2027-02-13,2027-02-28,Vacances,,\n"
        "feast,department,01,2027-02-13,soon,Vacances,,\n"
        "holiday,department,02,2027-02-13,2027-02-28,Vacances,,\n"
        f"holiday,department,01,2027-02-13,2027-02-01,,,{'x' * 301}\n"
    )
    answer = bring(client, text)
    assert (answer.status_code, answer.json()["code"]) == (400, "wrong_lines")
    assert [(row["line"], sorted(row["fields"])) for row in answer.json()["rows"]] == [
        (3, ["kind", "to"]),
        (4, ["area"]),
        (5, ["ends_on", "labels", "source"]),
    ]
    assert not CalendarWindow.objects.exists()
    assert bring(client, "kind,from\n").json()["code"] == "columns_missing"


def test_the_model_is_a_file_that_can_be_brought_as_it_is(net: SmallNetwork, client, local: User):
    sign_in(client, local)
    model = client.get(f"{API}file/")
    assert model["Content-Type"] == "text/csv; charset=utf-8"
    assert bring(client, model.content.decode()).json()["added"] == 1
