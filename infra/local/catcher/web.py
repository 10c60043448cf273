"""Serves the caught mails: pages for people, JSON for the journeys, on the loopback only."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from infra.local.catcher import pages
from infra.local.catcher.mailbox import Mail, Mailbox
from infra.local.catcher.texts import language_of

HTML, JSON = "text/html; charset=utf-8", "application/json"
OWN_PAGE = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; "
    "img-src data:; form-action 'self'; base-uri 'none'"
)
# What a mail holds may be anybody's: no script, no request but pictures written into it.
MAIL = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
AT_MOST = 200


class MailboxHandler(BaseHTTPRequestHandler):
    """One request. `mailbox` is set on the class by `serve`."""

    protocol_version = "HTTP/1.1"
    mailbox: Mailbox

    def do_GET(self) -> None:
        """Answer a page, a mail, or JSON."""
        url = urlsplit(self.path)
        asked = {name: values[-1] for name, values in parse_qs(url.query).items()}
        match url.path.strip("/").split("/"):
            case _ if not self._is_for_us():
                self._answer(403, "text/plain", b"loopback only")
            case [""]:
                page = int(asked["page"]) if asked.get("page", "").isdigit() else 0
                words = asked.get("q", "")
                self._html(200, pages.list_page(self.mailbox.list(words), words=words, page=page, language=self._language))
            case ["healthz"]:
                self._json(200, {"status": "ok"})
            case ["api", "newest"]:
                mails = self.mailbox.list()
                self._json(200, {"id": mails[0].id if mails else ""})
            case ["api", "mails"]:
                self._json(200, {"items": self._found(asked)})
            case ["api", "mails", id]:
                mail = self.mailbox.read(id)
                self._json(200, mail.as_dict()) if mail else self._json(404, {"detail": "no such mail"})
            case ["mails", id, *rest]:
                self._mail(id, rest)
            case _ if url.path in pages.FILES:
                self._answer(200, *pages.FILES[url.path])
            case _:
                self._html(404, pages.missing_page(language=self._language))

    def do_POST(self) -> None:
        """Delete all, asked from our own page."""
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == "/delete" and self._is_for_us() and self.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin":
            self.mailbox.empty()
            self._answer(303, "text/plain", b"", Location="/")
        else:
            self._answer(403, "text/plain", b"")

    def do_DELETE(self) -> None:
        """Delete all, asked by a program."""
        if self.path == "/api/mails" and self._is_for_us() and "Origin" not in self.headers:
            self.mailbox.empty()
            self._answer(204, JSON, b"")
        else:
            self._answer(403, "text/plain", b"")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class's name
        """Keep the log for mails."""

    @property
    def _language(self) -> str:
        return language_of(self.headers.get("Accept-Language", ""))

    def _is_for_us(self) -> bool:
        """Refuse a name that somebody else's page made point at this machine."""
        return self.headers.get("Host", "").rpartition(":")[0] in LOOPBACK

    def _found(self, asked: dict[str, str]) -> list[dict[str, object]]:
        """Find by exact recipient (`to`), by words (`q`), newest first."""
        to = asked.get("to", "").casefold()
        found = (mail for mail in self.mailbox.list(asked.get("q", "")) if not to or to in {address.casefold() for address in mail.to})
        opened = (self.mailbox.read(mail.id) for mail in list(found)[:AT_MOST])
        return [mail.as_dict() for mail in opened if mail]

    def _mail(self, id: str, rest: list[str]) -> None:
        mail = self.mailbox.read(id.removesuffix(".eml"))
        match rest:
            case _ if mail is None:
                self._html(404, pages.missing_page(language=self._language))
            case [] if id.endswith(".eml"):
                self._answer(200, "message/rfc822", mail.message.as_bytes(), **{"Content-Disposition": f'attachment; filename="{id}"'})
            case []:
                self._html(200, pages.mail_page(mail, language=self._language))
            case ["html"]:
                self._answer(200, HTML, _in_new_tabs(mail.html).encode(), **{"Content-Security-Policy": MAIL})
            case ["attached", number] if number.isdigit() and int(number) < len(mail.attachments):
                self._attached(mail, int(number))
            case _:
                self._html(404, pages.missing_page(language=self._language))

    def _attached(self, mail: Mail, number: int) -> None:
        _, kind, content = mail.attachments[number]
        self._answer(
            200, kind, content, **{"Content-Disposition": f'attachment; filename="{number}"', "Content-Security-Policy": "sandbox"}
        )

    def _html(self, status: int, page: str) -> None:
        self._answer(status, HTML, page.encode(), **{"Content-Security-Policy": OWN_PAGE})

    def _json(self, status: int, body: dict[str, object]) -> None:
        self._answer(status, JSON, json.dumps(body, ensure_ascii=False).encode())

    def _answer(self, status: int, kind: str, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", **headers}.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def server(mailbox: Mailbox, *, host: str, port: int) -> ThreadingHTTPServer:
    """Make the web server of one mailbox; `serve_forever` runs it."""
    handler = type("OneMailbox", (MailboxHandler,), {"mailbox": mailbox})
    return ThreadingHTTPServer((host, port), handler)


def _in_new_tabs(html: str) -> str:
    """Let the links of a mail open beside it, not in its frame."""
    before, head, after = html.partition("<head>")
    return f'{before}{head}<base target="_blank">{after}' if head else f'<base target="_blank">{html}'
