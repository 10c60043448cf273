"""The payment fields of the stand-in for Stripe, in a page that uses them as the product does."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import stripe
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.backend.stripe_stand_in import StandIn, StripeAccount, standing_in
from tests.e2e.conftest import WIDTHS
from tests.e2e.look import AXE, RULES, RUN, assert_sound

PAGE = """<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>Gift</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>Gift</h1><div id="fields"></div><button id="pay">Pay</button><p id="said" role="status"></p></main>
<script src="{script}"></script><script src="/shop.js"></script></body></html>"""
SHOP = """
const asked = new URLSearchParams(location.search);
const said = document.getElementById('said');
window.heard = [];
const stripe = Stripe(asked.get('key'), {{ locale: '{language}' }});
const elements = stripe.elements({{ mode: 'payment', amount: 2000, currency: 'eur', locale: '{language}', {options} }});
const fields = elements.create('payment', {{ layout: 'tabs' }});
for (const event of ['ready', 'change', 'loaderror', 'focus', 'blur'])
  fields.on(event, (told) => heard.push({{ event, ...told }}));
fields.mount('#fields');
window.elements = elements; window.stripe = stripe; window.fields = fields;
document.getElementById('pay').addEventListener('click', async () => {{
  const checked = await elements.submit();
  if (checked.error) return (said.textContent = checked.error.code);
  const {{ confirmationToken, error }} = await stripe.createConfirmationToken({{ elements, params: {{ return_url: location.href }} }});
  if (error) return (said.textContent = error.code);
  let outcome = await charge(confirmationToken.id);
  if (outcome.status === 'requires_action') {{
    const after = await stripe.handleNextAction({{ clientSecret: outcome.secret }});
    outcome = after.error ? {{ status: after.error.code }} : {{ status: after.paymentIntent.status }};
  }}
  said.textContent = `${{outcome.status}} ${{checked.selectedPaymentMethod}}`;
}});
"""


class Shop:
    """A page of another origin than the stand-in's, behind a policy as narrow as the product's."""

    def __init__(self, browser: Browser, stand_in: StandIn) -> None:
        self.browser = browser
        self.account: StripeAccount = stand_in.account()
        self.served: dict[str, tuple[str, str]] = {}
        self.contexts: list[Any] = []
        shop = self

        class Server(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                kind, body = shop.served.get(self.path.partition("?")[0], ("text/plain", ""))
                self.send_response(200)
                self.send_header("Content-Type", f"{kind}; charset=utf-8")
                own, theirs = "'self'", shop.account.address
                policy = f"default-src 'none'; script-src {own} {theirs}; frame-src {theirs}; style-src {own}; img-src data:"
                self.send_header("Content-Security-Policy", policy)
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def open(self, language: str = "fr", *, width: str = "phone", options: str = "", key: str = "", intent: Any = None) -> Page:
        values = {"language": language, "options": options, "script": f"{self.account.address}/v3/"}
        self.served = {"/": ("text/html", PAGE.format(**values)), "/shop.js": ("text/javascript", SHOP.format(**values))}
        context = self.browser.new_context(viewport=WIDTHS[width], locale={"fr": "fr-FR", "en": "en-GB"}[language], reduced_motion="reduce")
        context.set_default_timeout(10_000)
        self.contexts.append(context)
        page = context.new_page()
        page.expose_function("charge", self.charge)
        page.goto(f"{self.address}/?key={key or self.account.publishable_key}")
        return page

    def charge(self, token: str) -> dict[str, str]:
        """Do what the product's server does with a token."""
        params: Any = {"amount": 2_000, "currency": "eur", "confirm": True, "confirmation_token": token}
        try:
            made = self.account.client.v1.payment_intents.create(params)
        except stripe.CardError as error:
            return {"status": error.error.decline_code if error.error else ""}
        return {"status": made.status, "secret": made.client_secret or ""}

    def close(self) -> None:
        for context in self.contexts:
            context.close()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    with standing_in(tmp_path_factory.mktemp("stripe")) as one:
        yield one


@pytest.fixture
def shop(browser: Browser, running: StandIn) -> Iterator[Shop]:
    one = Shop(browser, running)
    yield one
    one.close()


def frame_of(page: Page) -> FrameLocator:
    return page.frame_locator("#fields iframe")


def typed(page: Page, number: str) -> None:
    fields = frame_of(page)
    fields.locator("#number").press_sequentially(number)
    fields.locator("#expiry").press_sequentially("1239")
    fields.locator("#cvc").press_sequentially("123")


def heard(page: Page, event: str) -> list[dict[str, Any]]:
    return [told for told in page.evaluate("heard") if told["event"] == event]


def test_the_offered_test_card_pays_and_the_page_never_sees_it(shop):
    page = shop.open("fr")
    expect(frame_of(page).get_by_text("Test\u00a0: aucun argent réel.")).to_be_visible()
    frame_of(page).get_by_role("button", name="Remplir avec la carte de test").click()
    page.get_by_role("button", name="Pay").click()
    expect(page.locator("#said")).to_have_text("succeeded card")
    assert len(heard(page, "ready")) == 1
    last = heard(page, "change")[-1]
    assert (last["elementType"], last["complete"], last["empty"], last["value"]) == ("payment", True, False, {"type": "card"})
    assert "4000" not in page.content() + str(page.evaluate("heard"))
    (charge,) = shop.account.client.v1.charges.list().data
    assert (charge.payment_method_details.card.last4, charge.payment_method_details.card.country) == ("0003", "FR")


def test_what_is_wrong_is_said_beside_its_field(shop):
    page = shop.open("fr")
    fields = frame_of(page)
    page.get_by_role("button", name="Pay").click()
    expect(page.locator("#said")).to_have_text("incomplete_number")
    expect(fields.get_by_label("Numéro de carte")).to_be_focused()
    expect(fields.get_by_text("Le numéro de votre carte est incomplet.")).to_be_visible()
    typed(page, "4242424242424241")
    expect(fields.get_by_label("Numéro de carte")).to_have_value("4242 4242 4242 4241")
    page.get_by_role("button", name="Pay").click()
    expect(page.locator("#said")).to_have_text("invalid_number")
    fields.get_by_label("Numéro de carte").fill("4111 1111 1111 1111")
    page.get_by_role("button", name="Pay").click()
    expect(page.locator("#said")).to_have_text("card_declined")  # a real card's number is none of a test
    assert shop.account.client.v1.charges.list().data == []


def test_a_decline_comes_from_the_server(shop):
    page = shop.open("en")
    typed(page, "4000000000009995")
    page.get_by_role("button", name="Pay").click()
    expect(page.locator("#said")).to_have_text("insufficient_funds card")


@pytest.mark.parametrize(("answer", "outcome"), [("Accepter", "succeeded card"), ("Refuser", "payment_intent_authentication_failure card")])
def test_the_bank_asks_over_the_page(shop, answer, outcome):
    page = shop.open("fr")
    typed(page, "4000002760003184")
    page.get_by_role("button", name="Pay").click()
    bank = page.get_by_role("dialog", name="Votre banque (test)")
    expect(bank).to_be_visible()
    assert_sound(page)
    frame = page.frame_locator("[role=dialog] iframe")
    expect(frame.get_by_text("Un paiement de 20,00")).to_be_visible()
    frame.get_by_role("button", name=answer).click()
    expect(page.locator("#said")).to_have_text(outcome)
    expect(bank).to_have_count(0)
    assert page.locator("main").evaluate("node => node.inert") is False


def test_a_bank_that_is_gone_to_leads_back(shop):
    page = shop.open("en")
    expect(frame_of(page).get_by_role("tab").first).to_be_visible()
    back = f"{shop.address}/thanks"
    staying: Any = {"amount": 2_000, "currency": "eur", "confirm": True, "return_url": back}
    intent = shop.account.client.v1.payment_intents.create(staying | {"payment_method": "pm_card_authenticationRequired"})
    page.evaluate("secret => void stripe.handleNextAction({ clientSecret: secret })", intent.client_secret)
    page.get_by_role("button", name="Agree").click()
    page.wait_for_url(f"{back}?payment_intent={intent.id}*redirect_status=succeeded")
    assert shop.account.client.v1.payment_intents.retrieve(intent.id).status == "succeeded"


def test_a_bank_account_is_chosen_by_keyboard(shop):
    page = shop.open("fr")
    fields = frame_of(page)
    fields.get_by_role("tab", name="Carte").focus()
    page.keyboard.press("ArrowRight")
    expect(fields.get_by_role("tab", name="Prélèvement SEPA")).to_be_focused()
    expect(fields.get_by_label("IBAN")).to_be_visible()
    assert heard(page, "change")[-1]["value"] == {"type": "sepa_debit"}
    page.get_by_role("button", name="Pay").click()
    expect(page.locator("#said")).to_have_text("incomplete_iban")
    fields.get_by_label("IBAN").press_sequentially("fr1420041010050500013m02606")
    fields.get_by_label("Titulaire du compte").fill("Ana")
    fields.get_by_label("Adresse électronique").fill("ana@example.org")
    expect(fields.get_by_label("IBAN")).to_have_value("FR14 2004 1010 0505 0001 3M02 606")
    page.get_by_role("button", name="Pay").click()
    expect(page.locator("#said")).to_have_text("processing sepa_debit")


def test_a_wallet_pays(shop):
    page = shop.open("en")
    frame_of(page).get_by_role("tab", name="Wallet (test)").click()
    page.get_by_role("button", name="Pay").click()
    expect(page.locator("#said")).to_have_text("succeeded google_pay")


def test_only_the_means_that_are_asked_for_are_offered(shop):
    page = shop.open("en", options="allowedPaymentMethodTypes: ['sepa_debit'],")
    expect(frame_of(page).get_by_role("tab")).to_have_text(["SEPA debit"])
    page.evaluate("elements.update({ allowedPaymentMethodTypes: ['card'], amount: 500 })")
    expect(frame_of(page).get_by_role("tab")).to_have_text(["Card", "Wallet (test)"])
    page.evaluate("fields.unmount()")
    expect(page.locator("#fields iframe")).to_have_count(0)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("width", ["phone", "desk"])
def test_page_and_fields_are_sound(shop, language, width):
    page = shop.open(language, width=width)
    fields = frame_of(page)
    for number in range(3):
        fields.get_by_role("tab").nth(number).click()
        page.get_by_role("button", name="Pay").click() if number < 2 else None
        assert_sound(page)
        inside = page.frames[1]
        inside.evaluate(AXE())
        # The heading is that of the page which the fields are a part of.
        assert [found for found in inside.evaluate(RUN, RULES) if found["rule"] != "page-has-heading-one"] == []
        assert inside.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        height = inside.evaluate("Math.ceil(document.documentElement.getBoundingClientRect().height)")
        page.wait_for_function("height => Math.abs(document.querySelector('#fields iframe').offsetHeight - height) <= 1", arg=height)


def test_a_live_key_is_refused_on_the_screen_and_in_the_console(shop):
    page = shop.open("fr", key="pk_live_abc")
    expect(page.get_by_role("alert")).to_contain_text("Une clé réelle")
    assert page.locator("#fields iframe").count() == 0
    assert page.evaluate("(() => { try { Stripe('sk_test_x') } catch (error) { return error.name } })()") == "IntegrationError"


def test_the_script_asks_to_be_used_as_stripes(shop):
    page = shop.open("en")
    expect(frame_of(page).get_by_role("tab").first).to_be_visible()
    tried = "async ask => {{ try {{ await ({code})(); }} catch (error) {{ return error.name; }} }}"
    for code in (
        "() => stripe.createConfirmationToken({ elements })",
        "() => stripe.elements({ mode: 'payment', amount: 1.5, currency: 'eur' })",
        "() => stripe.elements({ mode: 'give' })",
        "() => elements.create('payment')",
        "() => stripe.handleNextAction({ clientSecret: 'nonsense' })",
        "() => stripe.confirmCardPayment('x')",
    ):
        assert page.evaluate(tried.format(code=code)) == "IntegrationError", code


def test_payments_and_setups_are_confirmed_by_the_script(shop):
    page = shop.open("en")
    frame_of(page).get_by_role("button", name="Fill in the test card").click()
    client = shop.account.client.v1
    payment = client.payment_intents.create({"amount": 2_000, "currency": "eur"})
    confirmed = """async ([secret, name]) => {
      await elements.submit();
      const answer = await stripe[name]({ elements, clientSecret: secret, redirect: 'if_required' });
      return answer.error?.code ?? (answer.paymentIntent ?? answer.setupIntent).status;
    }"""
    assert page.evaluate(confirmed, [payment.client_secret, "confirmPayment"]) == "succeeded"
    setup = client.setup_intents.create()
    assert page.evaluate(confirmed, [setup.client_secret, "confirmSetup"]) == "succeeded"
    read = "async secret => (await stripe.retrievePaymentIntent(secret)).paymentIntent.status"
    assert page.evaluate(read, payment.client_secret) == "succeeded"
    other = client.payment_intents.create({"amount": 2_000, "currency": "eur"})
    leave = """([secret, back]) => { elements.submit().then(() =>
      stripe.confirmPayment({ elements, clientSecret: secret, confirmParams: { return_url: back } })) }"""
    page.evaluate(leave, [other.client_secret, f"{shop.address}/thanks"])
    page.wait_for_url(f"{shop.address}/thanks?payment_intent={other.id}*redirect_status=succeeded")
