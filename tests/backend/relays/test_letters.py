"""Each letter says who does what by when, in French and in English, and its links open what they say."""

import re
from datetime import datetime

import pytest
from django.utils import translation

from maillage.kernel.clock import now
from maillage.kernel.links import read_link
from maillage.messaging.domain import RENDERERS, Button, Letter
from maillage.messaging.models import Message
from maillage.people.selectors import mailbox_mark
from maillage.relays import services
from maillage.relays.domain import CONFIRM_LINK, WITHDRAW_LINK
from maillage.relays.models import Application
from tests.backend.relays.factories import SmallNetwork, make_application, make_holder

AT = datetime.fromisoformat("2026-11-22T17:10:00+00:00")


def letter_of(message: Message) -> Letter:
    with translation.override(message.language):
        return RENDERERS[message.purpose](message)


def url_of(letter: Letter) -> str:
    return next(block.url for block in letter.blocks if isinstance(block, Button))


def ask(net: SmallNetwork, *, language: str = "fr", at: datetime = AT) -> Application:
    services.apply_for_seat(
        seat_id=net.seat("0101").pk,
        given_name="Samir",
        family_name="Belkacem",
        email="samir@people.example",
        language=language,
        agrees_to_contact=True,
        is_of_age=True,
        now=at,
    )
    return Application.objects.latest("created_at")


def confirm(application: Application, *, at: datetime = AT) -> Application:
    point = application.person.contact_points.get()
    return services.confirm_application(application_id=application.pk, contact_point_id=point.pk, now=at)


def test_the_confirming_mail_asserts_nothing_and_its_link_confirms(net: SmallNetwork):
    application = ask(net, at=now())
    letter = letter_of(Message.objects.get())
    token = re.search(r"/fr/relays/apply/confirm/([^/]+)/$", url_of(letter))[1]
    point = application.person.contact_points.get()
    assert read_link(CONFIRM_LINK, token, now=now()) == (application.pk, point.pk, mailbox_mark(point.value))
    assert "Samir" not in letter.plain()


def test_the_applicant_reads_who_calls_by_when(net: SmallNetwork):
    net.organiser("department", "01", name="Nadia Ferhat")
    application = confirm(ask(net, language="en"))
    letter = letter_of(Message.objects.get(purpose="relays.application_received"))
    assert letter.preview == "Nadia Ferhat calls you before Tuesday 24\N{NO-BREAK SPACE}November, 6:10\N{NO-BREAK SPACE}pm."
    three, last = letter.blocks[-5:-2], letter.blocks[-1]
    assert [block.url.rpartition("/en/")[2] for block in three] == ["places/0101/", "what-a-relay-does/", "places/0101/"]
    token = re.search(r"/en/relays/apply/withdraw/([^/]+)/$", last.url)[1]
    assert read_link(WITHDRAW_LINK, token, now=AT) == (application.pk, mailbox_mark(application.person.contact_points.get().value))


def test_the_hour_is_that_of_the_place(net: SmallNetwork):
    application = ask(net, language="en")
    Application.objects.filter(pk=application.pk).update(seat=net.seat("0301"))
    application.refresh_from_db()
    confirm(application)
    letter = letter_of(Message.objects.get(purpose="relays.application_received"))
    assert "Tuesday 24\N{NO-BREAK SPACE}November, 1:10\N{NO-BREAK SPACE}pm" in letter.preview


def test_without_an_organiser_known_by_name_the_team_calls(net: SmallNetwork):
    confirm(ask(net, language="en", at=now()), at=now())
    assert "Somebody of the team calls you before" in letter_of(Message.objects.get(purpose="relays.application_received")).plain()


def test_the_organiser_reads_until_when_and_no_telephone_number(net: SmallNetwork):
    net.organiser(name="Nadia Ferhat")
    application = confirm(ask(net, at=now()), at=now())
    letter = letter_of(Message.objects.get(purpose="relays.application_waiting"))
    assert "Samir Belkacem" in letter.plain()
    assert url_of(letter).endswith(f"/app/desk/applications?application={application.pk}")


def test_welcome_names_the_organiser_and_says_how_to_sign_in(net: SmallNetwork):
    application = make_application(net.seat("0101"))
    services.approve_application(application_id=application.pk, by=net.organiser(name="Nadia Ferhat"), now=now())
    letter = letter_of(Message.objects.get(purpose="relays.welcome"))
    assert "Nadia Ferhat" in letter.plain()
    assert url_of(letter).endswith("/fr/sign-in/")


def test_a_refusal_passes_on_words_and_nothing_else(net: SmallNetwork):
    application = make_application(net.seat("0101"))
    services.decline_application(application_id=application.pk, words="Merci <b>bien</b>.\n\nÀ bientôt.", by=net.organiser(), now=now())
    letter = letter_of(Message.objects.get())
    drawn = next(block.safe_html for block in letter.blocks if block.kind == "prose")
    assert drawn == "<p>Merci &lt;b&gt;bien&lt;/b&gt;.</p>\n\n<p>À bientôt.</p>"


def test_whose_term_was_ended_is_told(net: SmallNetwork):
    term, _holder = make_holder(net.seat("0101"))
    services.end_term(term_id=term.pk, by=net.organiser(), now=now())
    assert "Hautes-Brumes, 1re circonscription" in letter_of(Message.objects.get()).plain()


@pytest.mark.parametrize(
    ("language", "place"), [("fr", "Hautes-Brumes, 1re circonscription"), ("en", "Hautes-Brumes, constituency 1")], ids=["fr", "en"]
)
def test_a_place_is_called_in_the_language_of_whoever_is_written_to(net: SmallNetwork, language: str, place: str):
    ask(net, language=language)
    letter = letter_of(Message.objects.get())
    assert letter.subject.startswith(f"{place}\N{NO-BREAK SPACE}:" if language == "fr" else f"{place}:")
    assert place in letter.plain()
    assert net.country.area("0101").name not in letter.plain()


def test_what_is_gone_is_not_said(net: SmallNetwork):
    ask(net)
    message = Message.objects.get()
    Application.objects.all().delete()
    with pytest.raises(Application.DoesNotExist):
        letter_of(message)
