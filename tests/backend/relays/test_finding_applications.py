"""The desk finds applications by name, seat or commune, and orders them, on the server."""

from django.test import Client

from tests.backend.accounts.factories import sign_in
from tests.backend.relays.factories import SmallNetwork, make_application

LIST = "/api/v1/relays/applications/"


def desk(net: SmallNetwork) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    sign_in(client, net.organiser())
    return client


def test_names_and_codes_are_found_whatever_the_accent_or_the_slip(net: SmallNetwork) -> None:
    make_application(net.seat("0101"), given_name="Éloïse", family_name="Bérard", email="e@people.example")
    make_application(net.seat("0201"), given_name="Samir", family_name="Belkacem", email="s@people.example")
    client = desk(net)

    def found(typed: str) -> list[str]:
        return [row["person"]["name"] for row in client.get(LIST, {"status": "submitted", "q": typed}).json()["items"]]

    assert found("eloise") == ["Éloïse Bérard"]
    assert found("BERARD elo") == ["Éloïse Bérard"]
    assert found("0201") == ["Samir Belkacem"]
    assert found("belkasem") == ["Samir Belkacem"]
    assert found("smair") == ["Samir Belkacem"]
    assert found("zzzzzz") == []
    assert len(found("")) == 2


def test_pages_run_in_the_order_asked_for(net: SmallNetwork) -> None:
    for code, name in (("0101", "Zoé"), ("0102", "Ada"), ("0201", "Milo")):
        make_application(net.seat(code), given_name=name, family_name="", email=f"{code}@people.example")
    client = desk(net)
    for sort, names in (("name", ["Ada", "Milo", "Zoé"]), ("seat", ["Zoé", "Ada", "Milo"]), ("due", ["Zoé", "Ada", "Milo"])):
        seen, after = [], ""
        while True:
            page = client.get(LIST, {"status": "submitted", "sort": sort, "limit": 2, **({"after": after} if after else {})}).json()
            seen += [row["person"]["name"] for row in page["items"]]
            after = page["next"]
            if not after:
                break
        assert seen == names
    assert client.get(LIST, {"sort": "luck"}).status_code == 400
