import os
import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.core.checks import run_checks
from django.test import Client
from pytest_django import Settings

from config.paths import BACKEND
from maillage.accounts.domain import Role, demo_sign_in_trouble
from tests.backend.accounts.factories import make_granted, make_user
from tests.backend.territories.factories import SmallCountry

DEMO = "/api/v1/accounts/demo/"


@pytest.fixture
def demo_relay(small_country: SmallCountry) -> None:
    make_granted(Role.RELAY, small_country.area("0101"), email=django_settings.DEMO_ACCOUNTS["relay"])


def test_only_existing_accounts_are_offered(client: Client, demo_relay: None) -> None:
    (account,) = client.get(DEMO, headers={"Accept-Language": "en"}).json()["items"]
    assert (account["key"], account["role"], account["place"]) == ("relay", "relay", "Hautes-Brumes, constituency 1")


def test_one_click_signs_in(client: Client, demo_relay: None) -> None:
    assert client.post(DEMO, {"key": "relay"}, content_type="application/json").status_code == 204
    assert client.get("/api/v1/accounts/me/").json()["email"] == django_settings.DEMO_ACCOUNTS["relay"]


def test_one_click_on_the_page_signs_in(client: Client, demo_relay: None) -> None:
    assert 'value="relay"' in client.get("/en/sign-in/").content.decode()
    answer = client.post("/en/sign-in/demo/", {"key": "relay"})
    assert (answer.status_code, answer["Location"]) == (302, "/app/")
    assert client.get("/api/v1/accounts/me/").status_code == 200


@pytest.mark.parametrize("key", ["administrator", "", "nobody@people.example", "member@people.example"])
def test_nobody_else_is_signed_in(client: Client, demo_relay: None, key: str) -> None:
    make_user("member@people.example")
    assert client.post(DEMO, {"key": key}, content_type="application/json").status_code in (400, 404)
    assert client.post("/en/sign-in/demo/", {"key": key}).status_code == 404
    assert client.get("/api/v1/accounts/me/").status_code == 403


@pytest.mark.parametrize(
    "change", [{"DEMO_SIGN_IN": False}, {"PUBLIC_URL": "https://campaign.example"}, {"ALLOWED_HOSTS": ["testserver", "campaign.example"]}]
)
def test_elsewhere_there_is_nothing(client: Client, demo_relay: None, settings: Settings, change: dict[str, object]) -> None:
    for name, value in change.items():
        setattr(settings, name, value)
    assert client.get(DEMO).status_code == 404
    assert client.post(DEMO, {"key": "relay"}, content_type="application/json").status_code == 404
    assert client.post("/en/sign-in/demo/", {"key": "relay"}).status_code == 404
    assert 'value="relay"' not in client.get("/en/sign-in/").content.decode()


def test_the_start_is_stopped_by_a_check(settings: Settings) -> None:
    assert run_checks(tags=["accounts"]) == []
    settings.PUBLIC_URL = "https://campaign.example"
    (error,) = run_checks(tags=["accounts"])
    assert error.id == "accounts.E001"
    assert error.is_serious()
    settings.DEMO_SIGN_IN = False
    assert run_checks(tags=["accounts"]) == []


@pytest.mark.parametrize(
    ("module", "url", "hosts", "is_trouble"),
    [
        ("config.settings.local", "http://127.0.0.1:8000", ["127.0.0.1", "localhost", "[::1]"], False),
        ("config.settings.local", "http://[::1]:8000", ["[::1]"], False),
        ("config.settings.production", "http://127.0.0.1:8000", ["127.0.0.1"], True),
        ("config.settings.local", "http://192.168.1.5:8000", ["127.0.0.1"], True),
        ("config.settings.local", "http://127.0.0.1.evil.example", ["127.0.0.1"], True),
        ("config.settings.local", "http://127.0.0.1:8000", ["*"], True),
        ("config.settings.local", "", ["127.0.0.1"], True),
    ],
)
def test_where_demo_sign_in_would_be_a_danger(module: str, url: str, hosts: list[str], is_trouble: bool) -> None:
    assert bool(demo_sign_in_trouble(settings_module=module, public_url=url, allowed_hosts=hosts)) is is_trouble


@pytest.mark.parametrize(("public_url", "starts"), [("http://127.0.0.1:8000", True), ("https://campaign.example", False)])
def test_the_web_process_itself_does_not_start_in_danger(public_url: str, starts: bool) -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.local", "PUBLIC_URL": public_url}
    process = subprocess.run(
        [sys.executable, "-c", "import config.wsgi"], cwd=BACKEND, env=environment, capture_output=True, text=True, check=False
    )
    assert (process.returncode == 0) is starts, process.stderr
    assert starts or "accounts.E001" in process.stderr
