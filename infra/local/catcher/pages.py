"""The pages of the caught mails, as HTML."""

from html import escape
from pathlib import Path
from urllib.parse import urlencode

from infra.local.catcher.mailbox import LINK, Caught, Mail
from infra.local.catcher.texts import TEXTS

PER_PAGE = 50
HERE = Path(__file__).parent
FILES = {
    "/style.css": ("text/css; charset=utf-8", (HERE / "style.css").read_bytes()),
    "/fresh.js": ("text/javascript; charset=utf-8", (HERE / "fresh.js").read_bytes()),
}


def list_page(mails: list[Caught], *, words: str, page: int, language: str) -> str:
    """Show the mails found, newest first, with a search and a button that deletes all."""
    t = TEXTS[language]
    shown = mails[page * PER_PAGE : (page + 1) * PER_PAGE]
    count = t["one"] if len(mails) == 1 else t["count"].format(count=len(mails))
    nothing = t["none"].format(words=escape(words)) if words else t["empty"]
    rows = "".join(_row(mail, language=language) for mail in shown)
    return _page(
        f"""
<form class="find" role="search"><label><span class="unseen">{t["search"]}</span>
<input type="search" name="q" value="{escape(words)}" placeholder="{t["search"]}"></label><button>{t["find"]}</button></form>
<div class="bar"><p>{count}</p>
<form method="post" action="/delete"><button class="quiet"{"" if mails else " disabled"}>{t["delete"]}</button></form></div>
{f"<ol class='mails'>{rows}</ol>" if shown else f"<p class='nothing'>{nothing}</p>"}
{_turn(len(mails), words=words, page=page, language=language)}
<script src="/fresh.js" data-newest="{mails[0].id if mails else ""}"></script>""",
        title=t["title"],
        language=language,
    )


def mail_page(mail: Mail, *, language: str) -> str:
    """Show one mail: its HTML in a sandbox, its text, its headers, what is attached."""
    t = TEXTS[language]
    caught = mail.caught
    address = f"/mails/{caught.id}"
    headers = "".join(f"<tr><th scope='row'>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in mail.headers)
    attached = "".join(
        f"<li><a href='{address}/attached/{number}'>{escape(name)}</a> <small>{len(content):,} B</small></li>"
        for number, (name, _, content) in enumerate(mail.attachments)
    )
    text = f"<pre>{_linked(mail.text)}</pre>" if mail.text else f"<p class='nothing'>{t['notext']}</p>"
    shown = f"<iframe sandbox='allow-popups allow-popups-to-escape-sandbox' src='{address}/html' title='{escape(caught.subject)}'></iframe>"
    return _page(
        f"""
<p><a href="/">← {t["all"]}</a></p>
<article><h2>{escape(caught.subject)}</h2>
<dl><dt>{t["from"]}</dt><dd>{escape(caught.sender)}</dd><dt>{t["to"]}</dt><dd>{escape(", ".join(caught.to))}</dd></dl>
{_time(caught)}
<section><h3>{t["html"]}</h3>{shown if mail.html else f"<p class='nothing'>{t['nohtml']}</p>"}</section>
<details{"" if mail.html else " open"}><summary>{t["text"]}</summary>{text}</details>
<details><summary>{t["headers"]}</summary><table>{headers}</table></details>
{f"<section><h3>{t['attached']}</h3><ul>{attached}</ul></section>" if attached else ""}
<p><a href="{address}.eml">{t["file"]}</a></p></article>""",
        title=caught.subject or t["title"],
        language=language,
    )


def missing_page(*, language: str) -> str:
    """Say that there is no such mail."""
    t = TEXTS[language]
    return _page(f"<p class='nothing'>{t['missing']}</p><p><a href='/'>← {t['all']}</a></p>", title=t["title"], language=language)


def _page(body: str, *, title: str, language: str) -> str:
    t = TEXTS[language]
    return f"""<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title><link rel="stylesheet" href="/style.css"><link rel="icon" href="data:,"></head>
<body><header><h1><a href="/">{t["title"]}</a></h1><p>{t["standin"]}</p></header><main>{body}</main></body></html>"""


def _row(mail: Caught, *, language: str) -> str:
    to = f"<span>{TEXTS[language]['to']} {escape(', '.join(mail.to))}</span>"
    return f"<li><a href='/mails/{mail.id}'><strong>{escape(mail.subject) or '—'}</strong>{to}{_time(mail)}</a></li>"


def _time(mail: Caught) -> str:
    local = mail.received_at.astimezone()
    return f"<time datetime='{mail.received_at.isoformat()}'>{local:%Y-%m-%d %H:%M:%S}</time>"


def _turn(total: int, *, words: str, page: int, language: str) -> str:
    t = TEXTS[language]
    links = []
    if page:
        links.append(f"<a href='?{urlencode({'q': words, 'page': page - 1})}'>← {t['newer']}</a>")
    if total > (page + 1) * PER_PAGE:
        links.append(f"<a href='?{urlencode({'q': words, 'page': page + 1})}'>{t['older']} →</a>")
    return f"<nav>{' '.join(links)}</nav>" if links else ""


def _linked(text: str) -> str:
    return LINK.sub(r"<a href='\g<0>' target='_blank' rel='noopener'>\g<0></a>", escape(text))
