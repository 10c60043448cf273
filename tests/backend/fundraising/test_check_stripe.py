"""`manage.py check_stripe` against the stand-in: what is wrong is said, with what to do."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from maillage.journal.models import Inbound
from tests.backend.fundraising.standing import Place


def check(*asked: str) -> tuple[str, str]:
    """What it says, and how it ends; empty where all is well."""
    out = StringIO()
    try:
        call_command("check_stripe", *asked, stdout=out)
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


@pytest.fixture
def ready(committed: Place, live_server: Any, settings: Any) -> Place:
    settings.PUBLIC_URL = live_server.url
    settings.ALLOWED_HOSTS = ["*"]
    committed.stripe.deliver_to(f"{live_server.url}/webhooks/stripe/{committed.stripe.name}/")
    return committed


def test_an_account_that_is_ready(ready: Place) -> None:
    said, trouble = check()
    assert trouble == "", said
    assert "test keys, no real money moves" in said
    assert "It takes SEPA direct debits." in said
    assert "taken in at that address" in said
    assert Inbound.objects.filter(external_id__startswith=f"{ready.stripe.name}:evt_check_").count() == 1
    ready.hear([])


def test_a_key_that_stripe_does_not_know(ready: Place, settings: Any) -> None:
    settings.STRIPE_ACCOUNTS = settings.STRIPE_ACCOUNTS.replace("sk_test_standin_", "sk_test_of_nobody_")
    said, trouble = check()
    assert "refuses the secret key" in said
    assert trouble == "1 thing to do."


def test_another_secret_in_the_web_processes(ready: Place, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from maillage.fundraising.gateways import own_door

    monkeypatch.setattr(own_door, "knock", lambda url, **_: 400)
    said, _ = check()
    assert "answered 400 to a message that we signed ourselves" in said


def test_an_address_where_nobody_answers_and_of_which_stripe_knows_nothing(place: Place, settings: Any) -> None:
    settings.PUBLIC_URL = "http://127.0.0.1:9"
    said, trouble = check(place.stripe.name)
    assert "does not answer from here" in said
    assert "Stripe sends no messages to http://127.0.0.1:9/webhooks/stripe/" in said
    assert trouble == "2 things to do."


def test_no_webhook_secret_and_events_that_are_lacking(place: Place, settings: Any) -> None:
    place.stripe.client.v1.webhook_endpoints.create(
        {"url": f"http://127.0.0.1/webhooks/stripe/{place.stripe.name}/", "enabled_events": ["payment_intent.succeeded"]}
    )
    settings.PUBLIC_URL = "http://127.0.0.1"
    settings.STRIPE_ACCOUNTS = place.stripe.written.rpartition(",")[0] + ","
    said, _ = check()
    assert "No webhook secret is set" in said
    assert "does not tell payment_intent.payment_failed" in said


def test_wallets_are_offered_where_stripe_knows_the_host(place: Place, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from maillage.fundraising.gateways import own_door

    monkeypatch.setattr(own_door, "knock", lambda url, **_: 200)
    settings.PUBLIC_URL = "https://give.example"
    said, _ = check()
    assert "NO  Stripe does not know give.example, so its pages offer no wallet" in said
    assert not list(place.stripe.client.v1.payment_method_domains.list().data), "looking changes nothing"
    said, _ = check(place.stripe.name, "--register-domain")
    assert "ok  Pages at give.example may offer Apple Pay." in said
    said, _ = check()
    assert "ok  Pages at give.example may offer Google Pay." in said


def test_stripe_is_away(place: Place, settings: Any) -> None:
    settings.STRIPE_API_URL = "http://127.0.0.1:9"
    assert "http://127.0.0.1:9 does not answer" in check()[0]


def test_no_fund_has_the_account(place: Place) -> None:
    place.fund.stripe_account = None
    place.fund.save()
    assert "No fund has the account" in check()[0]


def test_keys_that_cannot_be_used_are_named_without_being_shown(settings: Any) -> None:
    settings.STRIPE_ACCOUNTS = "agent=sk_test_1"
    assert "STRIPE_ACCOUNTS is read as" in check()[1]
    settings.STRIPE_ACCOUNTS = ""
    assert check()[1] == "STRIPE_ACCOUNTS names no account."
    assert check("agent")[1] == "STRIPE_ACCOUNTS names no account agent."
