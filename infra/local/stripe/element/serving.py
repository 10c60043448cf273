"""Serves the script at `/v3/`, and the frames that it opens."""

import json
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from infra.local.stripe.element.texts import TEXTS
from infra.local.stripe.errors import Refused
from infra.local.stripe.keys import read_key

if TYPE_CHECKING:
    from infra.local.stripe.web import StandInHandler

HERE = Path(__file__).parent
PARTS = ("frames", "elements", "actions", "stripe")
SCRIPT = "\n".join(["(() => {", "'use strict';", *((HERE / "page" / f"{part}.js").read_text() for part in PARTS), "})();"])
FILES = {path.name: path.read_bytes() for path in (HERE / "frame").iterdir() if path.is_file()}
KINDS = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
# Any page of this machine may hold the frames; nothing but the stand-in is asked from within.
FRAMED = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors http://127.0.0.1:* http://localhost:*"
}
AUTOFILL = {"number": "cc-number", "expiry": "cc-exp", "cvc": "cc-csc", "iban": "off", "name": "name", "email": "email"}
NUMERIC = ("number", "expiry", "cvc")


def take_script(handler: "StandInHandler") -> None:
    """Answer the script."""
    handler.send(200, KINDS[".js"], SCRIPT.encode())


def take_frame(handler: "StandInHandler", path: list[str], asked: dict[str, str]) -> bool:
    """Answer a frame or a file of one; False when it is none."""
    language = asked.get("locale", "") if asked.get("locale") in TEXTS else handler.language
    match path:
        case ["element"]:
            handler.html(200, _element(asked.get("key", ""), language), **FRAMED)
        case ["controller"]:
            handler.html(200, _page('<script type="module" src="/_stand-in/frame/controller.js"></script>', language), **FRAMED)
        case ["frame", name] if name in FILES:
            handler.send(200, KINDS[Path(name).suffix], FILES[name])
        case _:
            return False
    return True


def _element(key: str, language: str) -> str:
    t = TEXTS[language]
    try:
        if read_key("", key).is_secret:
            raise Refused("secret")
    except Refused:
        return _page(f"<p role='alert' class='error'>{t['refused']}</p>", language)
    tabs = "".join(
        f"<button type='button' role='tab' id='tab-{kind}' data-type='{kind}' aria-controls='panel-{kind}' aria-selected='{chosen}' "
        f"tabindex='{0 if kind == 'card' else -1}'>{t[kind]}</button>"
        for kind, chosen in (("card", "true"), ("sepa_debit", "false"), ("wallet", "false"))
    )
    fill = {kind: f"<button type='button' class='fill' data-fill='{kind}'>{t[f'fill_{kind}']}</button>" for kind in ("card", "sepa_debit")}
    card = f"{_field('number', t)}<div class='pair'>{_field('expiry', t)}{_field('cvc', t)}</div>{fill['card']}"
    debit = (
        f"{_field('iban', t)}{_field('name', t)}{_field('email', t)}<p class='quiet' id='mandate'>{t['mandate']}</p>{fill['sepa_debit']}"
    )
    panels = "".join(
        f"<div role='tabpanel' id='panel-{kind}' aria-labelledby='tab-{kind}'{'' if kind == 'card' else ' hidden'}>{body}</div>"
        for kind, body in (("card", card), ("sepa_debit", debit), ("wallet", f"<p tabindex='0'>{t['in_wallet']}</p>"))
    )
    texts = json.dumps({name: text for name, text in t.items() if name.startswith(("incomplete", "invalid"))}).replace("<", "\\u003c")
    return _page(
        f"""<p class="test">{t["test"]}</p><div role="tablist" aria-label="{t["means"]}">{tabs}</div>{panels}
<script type="application/json" id="texts">{texts}</script><script type="module" src="/_stand-in/frame/element.js"></script>""",
        language,
    )


def _field(name: str, t: dict[str, str]) -> str:
    mode = " inputmode='numeric'" if name in NUMERIC else ""
    kind = "email" if name == "email" else "text"
    return (
        f"<div class='field'><label for='{name}'>{escape(t[name])}</label>"
        f"<input id='{name}' type='{kind}' autocomplete='{AUTOFILL[name]}'{mode} spellcheck='false' aria-describedby='{name}-error' "
        f"aria-required='true'><p class='error' id='{name}-error'></p></div>"
    )


def _page(body: str, language: str) -> str:
    return f"""<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{TEXTS[language]["label"]}</title><link rel="stylesheet" href="/_stand-in/frame/element.css"><link rel="icon" href="data:,"></head>
<body><main>{body}</main></body></html>"""
