"""A brief completed by its place, the same for mail, page, paper and API; and how few queries that takes."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from django.utils import translation

from maillage.actions import selectors, services
from maillage.actions.domain import Met
from maillage.actions.models import Action, Assignment
from maillage.actions.selectors import answer_token, paper_token
from maillage.advocacy.domain import Stance
from maillage.advocacy.models import Mandate, OfficeHolder
from maillage.kernel.clock import now
from maillage.kernel.errors import Invalid
from maillage.messaging.domain import RENDERERS
from maillage.messaging.models import Message
from maillage.territories.models import AreaFigure, Indicator
from maillage.territories.selectors.comparing import forget_figures
from tests.backend.accounts.factories import sign_in
from tests.backend.actions.factories import assignment_of, make_action, make_launched
from tests.backend.relays.factories import SmallNetwork, make_holder, make_neighbours

BLOCKS = "Go and ask.\n\n{{ figures }}\n\n{{ official }}\n\n{{ neighbours }}\n\nThank you."
TEXTS = {language: {"title": "Small lines", "summary": "", "brief": BLOCKS} for language in ("fr", "en")}
CODES = ("0101", "0102", "0103")


@pytest.fixture(autouse=True)
def _figures_unread() -> Iterator[None]:
    forget_figures()
    yield
    forget_figures()


@pytest.fixture
def known(net: SmallNetwork) -> SmallNetwork:
    """A net of which three places are known: figures, who sits, who lies beside whom; each has a holder."""
    retired = Indicator.objects.create(country="XM", code="inactret", name={"fr": "Retraités"}, source="Institut")
    areas = {code: net.country.area(code) for code in CODES}
    values = {areas["0101"]: 28.0, areas["0102"]: 27.0, areas["0103"]: 40.0, net.country.country: 25.0}
    AreaFigure.objects.bulk_create(AreaFigure(indicator=retired, area=area, value=value) for area, value in values.items())
    for code, area in areas.items():
        holder = OfficeHolder.objects.create(source="xm", external_id=code, given_name="Odile", family_name=f"Pradelle {code}")
        Mandate.objects.create(holder=holder, area=area, body="xm", begins_on=date(2024, 7, 7))
        make_holder(net.seat(code), language="en")
    make_neighbours(net, "0101", {"0102": 900, "0103": 100})
    make_neighbours(net, "0102", {"0101": 900})
    make_neighbours(net, "0103", {"0101": 100})
    return net


@pytest.fixture
def launched(known: SmallNetwork) -> Action:
    """The place next door met its representative."""
    action = make_launched(known, texts=TEXTS)
    beside = assignment_of(action, "0102")
    assert beside.holder_id
    services.report_assignment(assignment_id=beside.pk, author_id=beside.holder_id, met=Met.HOLDER, stance=Stance.FOR, now=now())
    return action


SAID = ("are retired", "Petit-Pays", "Odile Pradelle 0101", "1 of 2 places next door has reported", "Thank you.")


def test_everybody_reads_the_same_brief(client: Client, launched: Action):
    assignment = assignment_of(launched, "0101")
    assert assignment.holder_id
    message = Message.objects.get(purpose="actions.brief", person_id=assignment.holder_id)
    with translation.override("en"):
        mail = RENDERERS["actions.brief"](message).plain()
    page = client.get(f"/en/a/{answer_token(assignment, author_id=assignment.holder_id)}/").text
    paper = client.get(f"/en/brief/{paper_token(assignment, author_id=None)}/paper/").text
    assert assignment.holder is not None
    sign_in(client, assignment.holder.user)
    api = client.get(f"/api/v1/actions/assignments/{assignment.pk}/", headers={"accept-language": "en"}).json()["action"]["brief_html"]
    for words in SAID:
        assert all(words in read for read in (mail, page, paper, api)), words
    assert "{{" not in mail + page + paper + api
    assert "\n\n\n" not in mail


def test_the_public_reads_what_each_seat_reads_there(client: Client, launched: Action):
    page = client.get(f"/en/actions/{launched.pk}/").text
    assert "<em>Each seat reads here: who sits there" in page
    assert "{{" not in page
    assert "Pradelle" not in page


def test_a_place_of_which_nothing_is_known_says_so(known: SmallNetwork):
    brief = selectors.brief_of(assignment_of(make_launched(known, texts=TEXTS), "0301"), language="en", now=now())
    for words in ("No official figures are known of this place.", "Nobody sits for this place at the moment."):
        assert f"<p>{words}</p>" in brief.html
    assert "No place of this network lies next door." in brief.plain


def test_blocks_are_said_in_the_language_of_the_brief(known: SmallNetwork):
    action = make_launched(known, texts={"fr": TEXTS["fr"]})
    brief = selectors.brief_of(assignment_of(action, "0101"), language="en", now=now())
    assert brief.is_fallback
    assert "sont à la retraite" in brief.html
    assert "Hautes-Brumes, 2e circonscription" in brief.plain


def whole(action: Action) -> list[Assignment]:
    asked = Assignment.objects.filter(action=action, seat__area__code__in=CODES)
    return list(asked.select_related("action", "seat__area__kind").prefetch_related("action__texts"))


def test_one_brief_takes_five_queries_and_many_take_no_more(launched: Action, django_assert_num_queries):
    assignments = whole(launched)
    selectors.brief_of(assignments[0], language="en", now=now())  # the figures are read once, for everybody
    with django_assert_num_queries(5):
        selectors.brief_of(assignments[0], language="en", now=now())
    with django_assert_num_queries(5):
        assert len(selectors.briefs_of(assignments, language="en", now=now())) == 3


def test_a_brief_without_blocks_asks_who_sits_there_and_what_was_added(known: SmallNetwork, django_assert_num_queries):
    assignments = whole(make_launched(known))
    with django_assert_num_queries(2):
        assert selectors.brief_of(assignments[0], language="en", now=now()).official is not None
    with django_assert_num_queries(1):
        selectors.briefs_of(assignments, language="en", now=now())


def test_the_mails_of_an_action_read_what_is_the_same_for_all_once(launched: Action, django_assert_num_queries):
    messages = list(Message.objects.filter(purpose="actions.brief").select_related("person"))
    assert len(messages) == 3
    with translation.override("en"):
        RENDERERS["actions.brief"](messages[0])
        with django_assert_num_queries(2 * (2 + 5)):
            for message in messages[1:]:
                RENDERERS["actions.brief"](message)


@pytest.mark.parametrize("brief", ["Hello {{ figures }}", "{{ weather }}"])
def test_a_draft_with_a_wrong_block_is_refused(net: SmallNetwork, brief: str):
    with pytest.raises(Invalid) as refused:
        make_action(net, texts={"fr": {"title": "x", "summary": "", "brief": brief}})
    assert "{{ neighbours }}" in refused.value.fields["texts.fr.brief"][0]


def test_any_seat_is_previewed(known: SmallNetwork, client: Client):
    action = make_action(known)
    sign_in(client, known.organiser())
    address = f"/api/v1/actions/{action.pk}/preview/"

    def preview(**asked: object) -> dict:
        return client.post(address, {"brief": "{{ official }}", **asked}, content_type="application/json").json()

    first = preview()
    assert first["seat"]["code"] == "0101"
    assert "Pradelle 0101" in first["html"]
    second = preview(seat=str(known.seat("0102").pk), language="en")
    assert "Pradelle 0102" in second["html"]
    assert "Sits since" in second["html"]
    assert preview(seat=str(action.pk))["code"] == "seat_unknown"
    named = [block["written"] for block in client.get("/api/v1/actions/blocks/").json()["items"]]
    assert named == ["{{ figures }}", "{{ official }}", "{{ positions }}", "{{ contacts }}", "{{ neighbours }}"]
