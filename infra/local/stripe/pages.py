"""The pages of the stand-in, as HTML: the overview, and the bank that asks for consent."""

from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infra.local.stripe import balance
from infra.local.stripe.texts import STATES, TEXTS

if TYPE_CHECKING:
    from infra.local.stripe.desk import Desk
    from infra.local.stripe.web import StandInHandler
    from infra.local.stripe.world import World

HERE = Path(__file__).parent
STYLE = (HERE / "style.css").read_bytes()
RECENT = 50
POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; form-action 'self'; base-uri 'none'"
OWN_PAGE = {"Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'"}
# A page of the bank stands in the frame that the product's page opens, and leads back to the product.
NEAR = "http://127.0.0.1:* http://localhost:*"
FRAMED = {"Content-Security-Policy": POLICY.replace("form-action 'self'", f"form-action 'self' {NEAR}") + f"; frame-ancestors {NEAR}"}


def take(handler: "StandInHandler", path: str, asked: dict[str, str]) -> None:
    """Answer a page or a file of one."""
    if path == "/":
        handler.html(200, overview_page(handler.world, asked.get("account", ""), language=handler.language), **OWN_PAGE)
    elif path == "/style.css":
        handler.send(200, "text/css; charset=utf-8", STYLE)
    else:
        handler.html(404, nothing_page(language=handler.language), **OWN_PAGE)


def overview_page(world: "World", account: str, *, language: str) -> str:
    """Show the payments of an account, and what can be done to them."""
    t = TEXTS[language]
    accounts = world.accounts
    if not accounts:
        return _page(f"<p class='nothing'>{t['no_account']}</p>", title=t["title"], language=language)
    chosen = account if account in accounts else "demo" if "demo" in accounts else accounts[0]
    desk = world.desk(chosen)
    options = "".join(f"<option{' selected' if name == chosen else ''}>{escape(name)}</option>" for name in accounts)
    base = f"/_stand-in/accounts/{chosen}"
    clocks = "".join(
        _button(f"{base}/clock", t[text], **{name: value})
        for text, name, value in (("by_day", "days", "1"), ("by_debit", "working_days", "2"), ("by_month", "days", "30"))
    )
    available, pending = (_euros(cents, language) for cents in balance.sums(desk))
    rows = "".join(_row(desk, intent, base, language=language) for intent in _recent(desk))
    states = dict(world.store.rows("SELECT state, count(*) FROM deliveries WHERE account = ? GROUP BY state", chosen))
    other = sum(count for state, count in states.items() if state not in ("delivered", "waiting"))
    counted = t["counted"].format(delivered=states.get("delivered", 0), waiting=states.get("waiting", 0), other=other)
    return _page(
        f"""
<form class="find"><label>{t["account"]} <select name="account">{options}</select></label><button>{t["show"]}</button></form>
<section><h2>{t["clock"]}</h2><p>{_time(desk.now)}</p><div class="bar">{clocks}</div>
<p>{t["balance"].format(available=available, pending=pending)}</p></section>
<section><h2>{t["payments"]}</h2>{f"<ol>{rows}</ol>" if rows else f"<p class='nothing'>{t['none']}</p>"}</section>
<section><h2>{t["deliveries"]}</h2><p>{counted}</p></section>""",
        title=t["title"],
        language=language,
    )


def authentication_page(intent: dict[str, Any], *, language: str) -> str:
    """Play the bank that asks the payer."""
    t = TEXTS[language]
    if intent["status"] != "requires_action":
        return answered_page(intent, language=language)
    what = t["pay"].format(amount=_euros(intent["amount"], language)) if "amount" in intent else t["save"]
    buttons = "".join(f"<button name='answer' value='{name}'>{t[name]}</button>" for name in ("agree", "refuse"))
    body = f"<h2>{t['bank']}</h2><p>{t['proof']}</p><p><strong>{what}</strong></p><p>{t['test']}</p>"
    return _page(f"{body}<form method='post' class='bar'>{buttons}</form>", title=t["bank"], language=language)


def answered_page(intent: dict[str, Any], *, language: str) -> str:
    """Say that the answer was taken; the script in the page that asked looks for itself."""
    t = TEXTS[language]
    state = STATES[language].get(intent["status"], intent["status"])
    body = f"<h2>{t['bank']}</h2><p id='answered' data-intent='{escape(intent['id'])}'>{t['answered']}</p><p>{escape(state)}</p>"
    return _page(body, title=t["bank"], language=language)


def receipt_page(charge: dict[str, Any], *, language: str) -> str:
    """Show what a charge's `receipt_url` leads to."""
    t = TEXTS[language]
    title = t["receipt"].format(amount=_euros(charge["amount_captured"], language))
    return _page(f"<h2>{title}</h2><p>{_time(charge['created'])}</p><p>{t['test']}</p>", title=title, language=language)


def mandate_page(mandate: dict[str, Any], method: dict[str, Any], *, language: str) -> str:
    """Show what a debit's mandate leads to."""
    t = TEXTS[language]
    title = t["mandate"].format(reference=mandate["payment_method_details"]["sepa_debit"]["reference"])
    agreed = t["agreed"].format(last4=method["sepa_debit"]["last4"])
    return _page(f"<h2>{title}</h2><p>{agreed}</p><p>{t['test']}</p>", title=title, language=language)


def nothing_page(*, language: str) -> str:
    """Say that there is nothing."""
    t = TEXTS[language]
    return _page(f"<p class='nothing'>{t['nothing']}</p><p><a href='/'>{t['home']}</a></p>", title=t["title"], language=language)


def _recent(desk: "Desk") -> list[dict[str, Any]]:
    rows = desk.store.rows(
        "SELECT id FROM objects WHERE account = ? AND kind = 'payment_intent' ORDER BY place DESC LIMIT ?", desk.account, RECENT
    )
    return [intent for (id,) in rows if (intent := desk.look(id))]


def _row(desk: "Desk", intent: dict[str, Any], base: str, *, language: str) -> str:
    t = TEXTS[language]
    amount = _euros(intent["amount"], language)
    charge = desk.look(intent["latest_charge"]) or {}
    details = charge.get("payment_method_details") or {}
    kind = details.get("type", "")
    means = f"{t[kind]} ·· {details[kind]['last4']}, " if kind else ""
    hint = t["for"].format(amount=amount, id=intent["id"])
    acts = ""
    if intent["status"] == "requires_action":
        way = f"/_stand-in/authenticate/{intent['id']}"
        acts = "".join(_button(way, t[answer], hint, answer=answer, then="overview") for answer in ("agree", "refuse"))
    elif charge.get("disputed"):
        for dispute in desk.each("dispute", charge=charge["id"]):
            if dispute["status"] in ("needs_response", "under_review"):
                way = f"{base}/disputes/{dispute['id']}"
                acts += _button(way, t["win"], hint, outcome="won") + _button(way, t["lose"], hint, outcome="lost")
    elif charge.get("status") == "succeeded" and charge["captured"] and not charge["refunded"]:
        way, text = ("disputes", t["dispute"]) if kind == "card" else ("returns", t["return"])
        acts = _button(f"{base}/{way}", text, hint, charge=charge["id"])
    state = STATES[language].get(intent["status"], intent["status"])
    head = f"<p><strong>{escape(amount)}</strong> {escape(means)}{escape(state)} {_time(intent['created'])}</p>"
    acts = f"<div class='bar'>{acts}</div>" if acts else ""
    return f"<li>{head}{acts}</li>"


def _button(action: str, text: str, hint: str = "", **values: str) -> str:
    fields = "".join(f"<input type='hidden' name='{escape(name)}' value='{escape(value)}'>" for name, value in values.items())
    unseen = f" <span class='unseen'>{escape(hint)}</span>" if hint else ""
    return f"<form method='post' action='{escape(action)}'>{fields}<button>{text}{unseen}</button></form>"


def _page(body: str, *, title: str, language: str) -> str:
    t = TEXTS[language]
    return f"""<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title><link rel="stylesheet" href="/style.css"><link rel="icon" href="data:,"></head>
<body><header><h1>{t["title"]}</h1><p>{t["standin"]}</p></header><main>{body}</main></body></html>"""


def _time(seconds: float) -> str:
    moment = datetime.fromtimestamp(seconds, UTC)
    return f"<time datetime='{moment.isoformat()}'>{moment.astimezone():%Y-%m-%d %H:%M}</time>"


def _euros(cents: int, language: str) -> str:
    sign, cents = ("-" if cents < 0 else ""), abs(cents)
    if language == "fr":
        return f"{sign}{cents // 100:,}".replace(",", "\u202f") + f",{cents % 100:02}\u00a0€"
    return f"{sign}€{cents // 100:,}.{cents % 100:02}"
