"""The process: what it keeps, what it says of itself, what people see."""

import os
import re
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from infra.local import processes
from tests.backend.infra.stripe.paying import debit, pay, read
from tests.backend.stripe_stand_in import receiving, standing_in


def test_everything_outlives_a_sigkill(tmp_path):
    with receiving() as receiver, standing_in(tmp_path) as running:
        account = running.account("demo")
        account.deliver_to(receiver.url)
        account.switch("webhooks", hold=True)
        paid = pay(account, key="one")
        waiting = debit(account)
        account.move(by=3600)
        now = account.now
        running.kill()
        with pytest.raises(OSError, match="refused"):
            socket.create_connection(("127.0.0.1", int(account.address.rpartition(":")[2])), timeout=1)
        running.start_again()
        again = running.account("demo")
        assert read(again, paid.id).status == "succeeded"
        assert pay(again, key="one").id == paid.id
        assert again.now >= now
        assert again.control("webhooks")["hold"]
        again.switch("webhooks")
        receiver.wait_for(7)
        again.move(working_days=2)
        assert read(again, waiting.id).status == "succeeded"


@pytest.mark.parametrize("milliseconds", [2, 6, 15])
def test_what_was_begun_is_whole_or_not_there(tmp_path, milliseconds):
    with standing_in(tmp_path) as running, ThreadPoolExecutor(1) as pool:
        account = running.account("demo")
        pay(account)  # what is read once at first is read
        begun = pool.submit(pay, account, key="one")
        time.sleep(milliseconds / 1000)
        running.kill()
        begun.exception()
        running.start_again()
        client = running.account("demo").client.v1
        counts = {
            len(client.charges.list().data),
            len(client.balance_transactions.list({"type": "charge"}).data),
            len(client.events.list({"type": "payment_intent.succeeded"}).data),
        }
        assert counts in ({1}, {2})
        assert pay(running.account("demo"), key="one").status == "succeeded"
        assert len(client.charges.list().data) == 2


def test_it_listens_on_the_loopback_only_and_says_what_it_is(stripe_account):
    port = int(stripe_account.address.rpartition(":")[2])
    own = next((found[4][0] for found in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)), "127.0.0.1")
    if not own.startswith("127."):
        with pytest.raises(OSError, match="refused"):
            socket.create_connection((own, port), timeout=1)
    for path in ("/", "/healthz", "/v1/balance", "/style.css", "/nothing", "/_stand-in/accounts"):
        assert "not Stripe" in stripe_account.ask("GET", path)[2]["Stand-In"]


def test_the_page_shows_payments_and_what_a_bank_may_do(stripe_account):
    pay(stripe_account)
    debit(stripe_account, amount=123_456)
    asking = pay(stripe_account, "pm_card_authenticationRequired")
    stripe_account.move(days=5)
    status, page, headers = stripe_account.ask("GET", f"/?account={stripe_account.name}", Accept_Language="fr")
    assert (status, "Aucun argent réel" in page, "1\u202f234,56\u00a0€" in page) == (200, True, True)
    assert {"Contester", "Rejeter le prélèvement", "Accepter", "Avancer d’un jour"} <= set(re.findall(r">([^<>]+?)(?: <|<)", page))
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    way = f"/_stand-in/authenticate/{asking.id}"
    assert way in page
    status, _, headers = stripe_account.ask("POST", way, "answer=agree&then=overview")
    assert (status, headers["Location"]) == (303, f"/?account={stripe_account.name}")
    assert read(stripe_account, asking.id).status == "succeeded"
    before = stripe_account.now
    assert stripe_account.ask("POST", f"/_stand-in/accounts/{stripe_account.name}/clock", "days=1")[0] == 303
    assert stripe_account.now >= before + 86_400
    _, page, _ = stripe_account.ask("GET", f"/?account={stripe_account.name}", Accept_Language="en")
    assert "No real money moves" in page


def test_receipts_and_mandates_can_be_read(stripe_account):
    charge = pay(stripe_account, expand=["latest_charge"]).latest_charge
    status, page, _ = stripe_account.ask("GET", charge.receipt_url.removeprefix(stripe_account.address), Accept_Language="en")
    assert (status, "Receipt for €20.00" in page, "no real money" in page) == (200, True, True)
    debited = debit(stripe_account, expand=["latest_charge.payment_method_details.sepa_debit.mandate"])
    terms = debited.latest_charge.payment_method_details.sepa_debit.mandate.payment_method_details.sepa_debit
    status, page, _ = stripe_account.ask("GET", terms.url.removeprefix(stripe_account.address), Accept_Language="fr")
    assert (status, terms.reference in page, "2606" in page) == (200, True, True)
    assert stripe_account.ask("GET", "/_stand-in/receipts/ch_none")[0] == 404


def test_the_script_and_its_frames_are_served(stripe_account):
    status, script, headers = stripe_account.ask("GET", "/v3/")
    assert (status, "window.Stripe = " in script, headers["Content-Type"].partition(";")[0]) == (200, True, "text/javascript")
    asked = f"?key={stripe_account.publishable_key}&locale=en&origin=http://127.0.0.1:1"
    status, page, headers = stripe_account.ask("GET", f"/_stand-in/element{asked}", Accept_Language="fr")
    assert (status, "Card number" in page, "no real money" in page) == (200, True, True)
    assert "frame-ancestors http://127.0.0.1:* http://localhost:*" in headers["Content-Security-Policy"]
    for key in ("pk_live_abc", stripe_account.secret_key, ""):
        _, page, _ = stripe_account.ask("GET", f"/_stand-in/element?key={key}", Accept_Language="fr")
        assert ("rien ne peut être payé" in page, "<input" in page) == (True, False)
    for name in re.findall(r'"(/_stand-in/frame/[^"]+)"', page + stripe_account.ask("GET", f"/_stand-in/controller{asked}")[1]):
        assert stripe_account.ask("GET", name)[0] == 200
    assert stripe_account.ask("GET", "/_stand-in/frame/../texts.py")[0] == 404


def test_the_product_never_imports_it():
    backend = Path(__file__).resolve().parents[4] / "backend"
    importing = re.compile(r"^\s*(?:from|import) infra\b", re.MULTILINE)
    assert [path for path in backend.rglob("*.py") if importing.search(path.read_text())] == []


def test_the_stack_starts_it_with_the_address_of_the_site():
    words = processes.STRIPE.words(stripe_port="1", stripe_folder="/a b/stripe", webhook="http://127.0.0.1:2/webhooks/stripe/{account}/")
    assert words[-2:] == ["--webhook", "http://127.0.0.1:2/webhooks/stripe/{account}/"]


def test_three_hundred_are_answered_in_a_second_of_one_core(stripe_stand_in, stripe_account):
    intent = pay(stripe_account)
    stat = Path(f"/proc/{stripe_stand_in.server.process.pid}/stat")

    def worked() -> float:
        """Seconds that the process has worked, however busy the machine is."""
        user, system = stat.read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    before = worked()
    for _ in range(300):
        read(stripe_account, intent.id)
    assert worked() - before < 1
