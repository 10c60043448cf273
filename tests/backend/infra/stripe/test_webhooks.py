"""Webhooks: signed, tried again, and broken on purpose."""

import json
import time

import pytest
import stripe

from tests.backend.infra.stripe.paying import pay, refused
from tests.backend.stripe_stand_in import receiving, standing_in


@pytest.fixture
def receiver():
    with receiving() as one:
        yield one


@pytest.fixture
def told(stripe_account, receiver):
    """The account, whose webhooks come to the receiver."""
    stripe_account.deliver_to(receiver.url)
    return stripe_account


def settled(account):
    """Wait until nothing is waiting, and tell the states."""
    deadline = time.monotonic() + 10
    while any(one["state"] == "waiting" for one in account.deliveries()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return [one["state"] for one in account.deliveries()]


def verified(account, came) -> list:
    good = []
    for body, signature in came:
        try:
            good.append(stripe.Webhook.construct_event(body, signature, account.webhook_secret))
        except (stripe.SignatureVerificationError, ValueError):
            continue
    return good


def test_events_come_signed_with_the_object_as_it_was(told, receiver):
    intent = pay(told, metadata={"gift": "9"})
    events = verified(told, receiver.wait_for(3))
    assert [event.type for event in events] == ["payment_intent.created", "charge.succeeded", "payment_intent.succeeded"]
    assert [event.data.object.status for event in events] == ["requires_payment_method", "succeeded", "succeeded"]
    assert (events[2].data.object.id, events[2].data.object.metadata["gift"]) == (intent.id, "9")
    assert (events[0].api_version, events[0].livemode) == (stripe.api_version, False)
    assert events[0].request.idempotency_key
    kept = told.client.v1.events.retrieve(events[2].id)
    assert (kept.type, kept.data.object.id) == ("payment_intent.succeeded", intent.id)
    assert settled(told) == ["delivered"] * 3
    assert told.client.v1.events.retrieve(events[2].id).pending_webhooks == 0


def test_an_event_nobody_takes_is_tried_again_by_the_clock(told, receiver):
    receiver.answers = [500, 302]
    told.client.v1.customers.create()
    receiver.wait_for(1)
    told.move(by=3)
    receiver.wait_for(2)
    told.move(by=10)
    receiver.wait_for(3)
    assert settled(told) == ["delivered"]
    (delivery,) = told.deliveries()
    assert [one["status"] for one in delivery["tries"]] == [500, 302, 200]
    assert len({body for body, _ in receiver.taken}) == 1


def test_an_endpoint_is_made_through_the_api(stripe_account, receiver):
    client = stripe_account.client.v1.webhook_endpoints
    made = client.create({"url": receiver.url, "enabled_events": ["charge.succeeded", "charge.refunded"]})
    pay(stripe_account)
    ((body, signature),) = receiver.wait_for(1)
    assert stripe.Webhook.construct_event(body, signature, made.secret).type == "charge.succeeded"
    assert not hasattr(client.retrieve(made.id), "secret")
    client.update(made.id, {"disabled": True})
    assert [one.status for one in client.list().data] == ["disabled"]
    pay(stripe_account)
    assert client.delete(made.id).deleted
    with refused("resource_missing"):
        client.retrieve(made.id)
    assert len(receiver.taken) == 1
    for url in ("https://example.org/hook", "http://192.0.2.1/hook", "ftp://127.0.0.1/"):
        with refused("url_invalid"):
            client.create({"url": url, "enabled_events": ["*"]})


def test_the_address_of_the_option_is_an_endpoint_of_every_account(tmp_path, receiver):
    with standing_in(tmp_path, webhook=f"{receiver.url}{{account}}/") as running:
        account = running.account("agent")
        account.client.v1.customers.create()
        ((body, signature),) = receiver.wait_for(1)
        assert stripe.Webhook.construct_event(body, signature, "whsec_standin_agent").type == "customer.created"
        assert [one.url for one in account.client.v1.webhook_endpoints.list().data] == [f"{receiver.url}agent/"]


def test_copies_delay_and_holding(told, receiver):
    told.switch("webhooks", hold=True, copies=3)
    pay(told)
    time.sleep(0.3)
    assert receiver.taken == []
    told.switch("webhooks", hold=False)
    assert len(verified(told, receiver.wait_for(9))) == 9
    assert len({event.id for event in verified(told, receiver.taken)}) == 3
    told.switch("webhooks", copies=1, delay=60)
    told.client.v1.customers.create()
    time.sleep(0.3)
    assert len(receiver.taken) == 9
    told.move(by=61)
    receiver.wait_for(10)


def test_another_order(told, receiver):
    told.switch("webhooks", hold=True, shuffle=True, seed=4)
    for _ in range(10):
        told.client.v1.customers.create()
    told.switch("webhooks", hold=False)
    came = [json.loads(body)["data"]["object"]["id"] for body, _ in receiver.wait_for(10)]
    made = [one.id for one in told.client.v1.customers.list({"limit": 10}).data][::-1]
    assert sorted(came) == sorted(made)
    assert came != made


@pytest.mark.parametrize("fault", ["forge", "stale", "cut"])
def test_a_broken_message_does_not_verify_and_a_whole_one_follows(told, receiver, fault):
    told.switch("webhooks", **{fault: 1.0})
    receiver.answers = [400]
    told.client.v1.customers.create()
    assert verified(told, receiver.wait_for(1)) == []
    told.switch("webhooks")
    told.move(by=2)
    assert [event.type for event in verified(told, receiver.wait_for(2))] == ["customer.created"]
    assert settled(told) == ["delivered"]
    assert [one["fault"] for one in told.deliveries()[0]["tries"]] == [fault, ""]


def test_a_share_is_dropped_and_delivered_again_when_asked(told, receiver):
    told.switch("webhooks", drop=0.5, seed=7)
    for _ in range(20):
        told.client.v1.customers.create()
    states = settled(told)
    assert 0 < states.count("dropped") < 20
    assert len(receiver.taken) == states.count("delivered")
    lost = next(one for one in told.deliveries() if one["state"] == "dropped")
    told.switch("webhooks")
    before = len(receiver.taken)
    told.control("deliveries", {"event": lost["event"]})
    assert json.loads(receiver.wait_for(before + 1)[-1][0])["id"] == lost["event"]


def test_a_switch_that_is_none_is_refused(stripe_account):
    where = f"/_stand-in/accounts/{stripe_account.name}"
    for group, wrong in (("webhooks", {"drip": 1}), ("api", {"outage": "418"}), ("bank", {"debit_days": "soon"})):
        assert stripe_account.ask("POST", f"{where}/{group}", wrong)[0] == 400
    assert stripe_account.ask("POST", f"{where}/clock", {"by": -1})[0] == 400
    assert stripe_account.ask("POST", f"{where}/nothing", {})[0] == 404
    assert stripe_account.ask("POST", f"{where}/bank", {"debit_days": 9}, Sec_Fetch_Site="cross-site")[0] == 403
    assert stripe_account.control("bank")["debit_days"] == 2


def test_a_slow_receiver_does_not_hold_up_an_answer(told, receiver):
    told.deliver_to("http://127.0.0.1:9/")  # nobody there
    began = time.monotonic()
    for _ in range(5):
        pay(told)
    assert time.monotonic() - began < 3
    assert told.deliveries()[0]["state"] == "waiting"
