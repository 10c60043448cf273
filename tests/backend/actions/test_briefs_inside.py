"""What is known of who sits for a place stands in its brief for who serves or organises it, and for nobody else."""

import pytest
from django.test import Client
from django.utils import translation

from maillage.accounts.models import User
from maillage.actions import selectors, services
from maillage.actions.models import Action, Assignment
from maillage.actions.selectors import answer_token, paper_token, rehearsal_token
from maillage.advocacy.domain import ReadableBy, Stance
from maillage.advocacy.models import OfficeHolder
from maillage.kernel.clock import now
from maillage.messaging.domain import RENDERERS
from maillage.messaging.models import Message
from maillage.relays import services as relays
from tests.backend.accounts.factories import sign_in
from tests.backend.actions.factories import assignment_of, make_action, make_launched
from tests.backend.advocacy.factories import log, make_deputy, make_subject, say
from tests.backend.relays.factories import SmallNetwork, make_holder

TEXTS = {"en": {"title": "Small lines", "summary": "", "brief": "Go.\n\n{{ positions }}\n\n{{ contacts }}"}}
KNOWN = ("Le guichet humain", "rather for", "Vingt minutes.")
OUTSIDE = "Whoever serves this place reads here what is known of it."


@pytest.fixture
def national(net: SmallNetwork) -> User:
    return net.organiser()


@pytest.fixture
def deputy(net: SmallNetwork, national: User) -> OfficeHolder:
    """Who sits for 0101 said something, and one spoke with them: once for relays to read, once for organisers only."""
    found = make_deputy(net.seat("0101").area)
    make_holder(net.seat("0101"), language="en")
    make_holder(net.seat("0201"), language="en")
    say(found, make_subject(), Stance.RATHER_FOR, by=national, days_ago=10)
    log(found, by=national)
    return found


@pytest.fixture
def launched(net: SmallNetwork, deputy: OfficeHolder) -> Action:
    return make_launched(net, texts=TEXTS, default_language="en")


def test_who_holds_the_seat_reads_it_everywhere(client: Client, launched: Action):
    assignment = assignment_of(launched, "0101")
    assert assignment.holder_id
    with translation.override("en"):
        mail = RENDERERS["actions.brief"](Message.objects.get(purpose="actions.brief", person_id=assignment.holder_id)).plain()
    page = client.get(f"/en/a/{answer_token(assignment, author_id=assignment.holder_id)}/").text
    paper = client.get(f"/en/brief/{paper_token(assignment, author_id=assignment.holder_id)}/paper/").text
    for words in KNOWN:
        assert all(words in read for read in (mail, page, paper)), words
    other = selectors.brief_of(assignment_of(launched, "0201"), language="en", now=now())
    assert "Nothing is known yet of where they stand." in other.plain
    assert "Nobody of ours is known to have spoken with them yet." in other.plain


def test_who_holds_it_no_more_reads_nothing_of_it(client: Client, launched: Action, net: SmallNetwork):
    assignment = assignment_of(launched, "0101")
    assert assignment.holder_id
    links = [
        f"/en/a/{answer_token(assignment, author_id=assignment.holder_id)}/",
        f"/en/brief/{paper_token(assignment, author_id=assignment.holder_id)}/paper/",
    ]
    relays.end_term(term_id=net.seat("0101").terms.get().pk, by=None, now=now())
    services.hand_over_seat(seat_id=net.seat("0101").pk, now=now())
    for link in links:
        page = client.get(link).text
        assert OUTSIDE in page
        assert not any(words in page for words in KNOWN)


def test_a_rehearsal_tells_nobody(net: SmallNetwork, national: User, deputy: OfficeHolder):
    action = make_action(net, texts=TEXTS, default_language="en")
    services.rehearse_action(
        action_id=action.pk, seat_id=net.seat("0101").pk, version=1, colleague_ids=[], by=national, now=now(), language="en"
    )
    with translation.override("en"):
        mail = RENDERERS["actions.rehearsal"](Message.objects.get(purpose="actions.rehearsal")).plain()
    assert mail.count(OUTSIDE) == 2
    assert not any(words in mail for words in KNOWN)


def test_who_organises_a_part_previews_its_seats_alone(client: Client, launched: Action, net: SmallNetwork):
    asked = {"brief": TEXTS["en"]["brief"], "language": "en"}
    address = f"/api/v1/actions/{launched.pk}/preview/"
    sign_in(client, net.organiser("department", "02", name="Paul Autre"))
    refused = client.post(address, {**asked, "seat": str(net.seat("0101").pk)}, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (404, "seat_unknown")
    assert client.post(address, asked, content_type="application/json").json()["seat"]["code"] == "0201"
    listed = client.get(f"/api/v1/actions/{launched.pk}/seats/").json()["items"]
    assert {seat["code"][:2] for seat in listed} == {"02"}
    sign_in(client, net.organiser("department", "01", name="Anne Voisin"))
    page = client.post(address, asked, content_type="application/json").json()
    assert page["seat"]["code"] == "0101"
    assert all(words in page["html"] for words in KNOWN)


def test_the_link_of_a_rehearsal_ends_with_the_launch(client: Client, net: SmallNetwork, national: User, deputy: OfficeHolder):
    action = make_action(net, texts=TEXTS, default_language="en")
    asked = {"seat_id": net.seat("0101").pk, "version": 1, "colleague_ids": [], "by": national, "now": now()}
    link = f"/en/rehearsal/{rehearsal_token(services.rehearse_action(action_id=action.pk, **asked), user_id=national.pk)}/"
    assert OUTSIDE in client.get(link).text
    services.launch_action(action_id=action.pk, by=None, now=now())
    assert client.get(link).status_code == 410


def test_a_brief_tells_the_last_contacts_that_relays_may_read(launched: Action, deputy: OfficeHolder, national: User):
    log(deputy, by=national, readable_by=ReadableBy.ORGANISERS)
    for _time in range(4):
        log(deputy, by=national)
    plain = selectors.brief_of(assignment_of(launched, "0101"), language="en", now=now()).plain
    assert plain.count("Vingt minutes.") == 3


def test_what_is_known_takes_three_queries(launched: Action, django_assert_num_queries):
    asked = Assignment.objects.filter(action=launched, seat__area__code__in=["0101", "0201"]).order_by("seat__area__code")
    assignments = list(asked.select_related("action", "seat__area__kind").prefetch_related("action__texts"))
    with django_assert_num_queries(1 + 3):
        briefs = selectors.briefs_of(assignments, language="en", now=now())
    assert [KNOWN[0] in brief.plain for brief in briefs] == [True, False]
