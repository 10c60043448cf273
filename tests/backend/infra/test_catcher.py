"""The stand-in for the mail of the outside world."""

import json
import smtplib
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from threading import Thread

import pytest

from infra.local.catcher import smtp, web
from infra.local.catcher.mailbox import Mailbox
from infra.local.server import free_port


class Catcher:
    def __init__(self, folder: Path) -> None:
        self.smtp_port, page_port = free_port(), free_port()
        self.page = f"http://127.0.0.1:{page_port}"
        mailbox = Mailbox(folder)
        self.mails = smtp.controller(mailbox, host="127.0.0.1", port=self.smtp_port)
        self.web = web.server(mailbox, host="127.0.0.1", port=page_port)
        self.mails.start()
        Thread(target=self.web.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def stop(self) -> None:
        self.mails.stop()
        self.web.shutdown()
        self.web.server_close()

    def send(self, *, to: str, subject: str, text: str = "Bonjour", html: str = "", bcc: str = "") -> None:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = "Maillage <bonjour@maillage.example>", to, subject
        message.set_content(text)
        if html:
            message.add_alternative(html, subtype="html")
        with smtplib.SMTP("127.0.0.1", self.smtp_port) as connection:
            connection.send_message(message, to_addrs=[address for address in (to, bcc) if address])

    def get(self, path: str, *, method: str = "GET", **headers: str) -> "tuple[int, str, dict[str, str]]":
        asked = urllib.request.Request(
            self.page + path, method=method, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        try:
            with urllib.request.urlopen(asked, timeout=5) as answer:
                return answer.status, answer.read().decode(), dict(answer.headers)
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(), dict(error.headers)

    def found(self, query: str = "") -> list[dict[str, object]]:
        return json.loads(self.get(f"/api/mails{query}")[1])["items"]


@pytest.fixture
def catcher(tmp_path: Path) -> Iterator[Catcher]:
    one = Catcher(tmp_path)
    yield one
    one.stop()


def test_a_mail_is_found_by_its_recipient_with_its_texts_and_links(catcher):
    catcher.send(to="Ana@example.org", subject="Votre siège", text="Voir http://127.0.0.1:8000/fr/a/xyz/.\nMerci", html="<p>Voir</p>")
    catcher.send(to="bob@example.org", subject="Other", bcc="hidden@example.org")
    assert [mail["subject"] for mail in catcher.found()] == ["Other", "Votre siège"]
    (mail,) = catcher.found("?to=ana@example.org")
    assert (mail["text"].strip(), mail["html"].strip()) == ("Voir http://127.0.0.1:8000/fr/a/xyz/.\nMerci", "<p>Voir</p>")
    assert mail["links"] == ["http://127.0.0.1:8000/fr/a/xyz/"]
    assert [mail["subject"] for mail in catcher.found("?to=hidden@example.org")] == ["Other"]
    assert [mail["subject"] for mail in catcher.found("?q=SI%C3%88GE+ana")] == ["Votre siège"]
    assert catcher.found("?to=nobody@example.org") == []


def test_the_page_lists_and_shows_in_two_languages_and_runs_nothing_of_a_mail(catcher):
    catcher.send(to="ana@example.org", subject="<b>Hello</b>", text="https://example.org/?a=1&b=2", html="<script>alert(1)</script>")
    status, page, headers = catcher.get("/", Accept_Language="fr-FR,fr;q=0.9")
    assert (status, "aucun ne part" in page, "&lt;b&gt;Hello&lt;/b&gt;" in page, "<b>Hello" in page) == (200, True, True, False)
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    id = catcher.found()[0]["id"]
    _, page, _ = catcher.get(f"/mails/{id}", Accept_Language="en")
    assert "Plain text" in page
    assert "sandbox='allow-popups" in page
    assert "href='https://example.org/?a=1&amp;b=2'" in page
    assert "alert(1)" not in page
    _, body, headers = catcher.get(f"/mails/{id}/html")
    assert "alert(1)" in body
    assert headers["Content-Security-Policy"].startswith("sandbox allow-popups")
    assert "allow-scripts" not in headers["Content-Security-Policy"]
    assert catcher.get(f"/mails/{id}.eml")[0] == 200
    assert catcher.get("/mails/none")[0] == 404


def test_mails_outlive_a_restart_and_all_are_deleted_together(catcher, tmp_path):
    catcher.send(to="ana@example.org", subject="One")
    assert [mail.subject for mail in Mailbox(tmp_path).list()] == ["One"]
    assert catcher.get("/delete", method="POST", Sec_Fetch_Site="cross-site")[0] == 403
    assert len(catcher.found()) == 1
    assert catcher.get("/api/mails", method="DELETE")[0] == 204
    assert catcher.found() == []
    assert Mailbox(tmp_path).list() == []


def test_another_name_for_this_machine_is_refused(catcher):
    assert catcher.get("/api/mails", Host="rebound.example:80")[0] == 403


def test_the_domain_that_refuses(catcher):
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        catcher.send(to="ana@refused.example", subject="One")
    assert catcher.found() == []
