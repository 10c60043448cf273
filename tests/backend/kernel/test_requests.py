import pytest


@pytest.mark.parametrize("address", ["/api/v1/territories/search/?q=a%00b", "/api/v1/territories/search/?q%00=a", "/api/v1/x%00/"])
def test_a_nul_in_an_api_address_is_a_problem(client, address):
    answer = client.get(address)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "nul"


def test_a_nul_in_a_pages_address_is_refused(client):
    assert client.get("/fr/places/?q=%00").status_code == 400
