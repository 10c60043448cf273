"""What a part of the territory adds to a launched brief: who may, who reads it, and two at once."""

import pytest
from django.test import Client

from maillage.accounts.models import User
from maillage.actions import selectors, services
from maillage.actions.models import Action, LocalParagraph
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Invalid
from maillage.messaging.models import Message
from tests.backend.accounts.factories import sign_in
from tests.backend.actions.factories import assignment_of, make_action, make_launched
from tests.backend.relays.factories import SmallNetwork, make_holder

WORDS = "Bring the **petition** of the valley.\n\n{{ official }}"


@pytest.fixture
def local(net: SmallNetwork) -> User:
    return net.organiser("department", "01", name="Paul Autre")


@pytest.fixture
def launched(net: SmallNetwork) -> Action:
    make_holder(net.seat("0101"))
    return make_launched(net)


def write(net: SmallNetwork, action: Action, by: User, **said: object) -> LocalParagraph:
    said = {"area": net.country.area("01", "department"), "language": "en", "words": WORDS, "version": 0, **said}
    return services.write_paragraph(action_id=action.pk, by=by, now=now(), **said)


def test_the_seats_below_read_it_at_the_end_and_nobody_is_written_to(net: SmallNetwork, launched: Action, local: User):
    written = Message.objects.count()
    write(net, launched, local)
    write(net, launched, local, area=net.country.area("0101"), language="fr", words="Rendez-vous à la gare.")
    assert Message.objects.count() == written
    brief = selectors.brief_of(assignment_of(launched, "0101"), language="en", now=now())
    place = net.country.area("01", "department").name
    assert f"<h2>Also for {place}</h2>" in brief.html
    assert "<strong>petition</strong>" in brief.html
    assert "<p>Nobody sits for this place at the moment.</p>" in brief.html
    assert brief.html.index("petition") < brief.html.index('<div lang="fr">') < brief.html.index("la gare")
    assert brief.plain.rstrip().endswith("Rendez-vous à la gare.")
    assert "petition" not in selectors.brief_of(assignment_of(launched, "0201"), language="en", now=now()).html


def test_one_query_reads_those_of_all_places(net: SmallNetwork, launched: Action, local: User, django_assert_num_queries):
    for language in ("fr", "en"):
        write(net, launched, local, language=language, words=f"Word in {language}")
    assignments = [assignment_of(launched, code) for code in ("0101", "0102")]
    for assignment in assignments:
        list(assignment.action.texts.all())
    with django_assert_num_queries(1 + 2):  # the texts of each action, which these assignments did not bring
        briefs = selectors.briefs_of(assignments, language="fr", now=now())
    assert ["Word in fr" in brief.plain for brief in briefs] == [True, True]
    assert not any("Word in en" in brief.plain for brief in briefs)


def test_two_at_once(net: SmallNetwork, launched: Action, local: User):
    first = write(net, launched, local)
    for version in (0, 7):
        with pytest.raises(Conflict) as refused:
            write(net, launched, local, version=version, words="Other")
        assert (refused.value.code, refused.value.extra["version"]) == ("version_conflict", 1)
    assert write(net, launched, local, version=1, words="Other").version == 2
    with pytest.raises(Conflict):
        services.remove_paragraph(action_id=launched.pk, paragraph_id=first.pk, version=1, by=local, now=now())
    services.remove_paragraph(action_id=launched.pk, paragraph_id=first.pk, version=2, by=local, now=now())
    assert not LocalParagraph.objects.exists()


@pytest.mark.parametrize("words", [" ", "x" * 2_001, "Go {{ figures }}", "{{ weather }}"])
def test_what_is_wrong_is_said(net: SmallNetwork, launched: Action, local: User, words: str):
    with pytest.raises(Invalid) as refused:
        write(net, launched, local, words=words)
    assert list(refused.value.fields) == ["words"]


def test_only_a_launched_brief_takes_one(net: SmallNetwork, local: User):
    with pytest.raises(Conflict) as refused:
        write(net, make_action(net), local)
    assert refused.value.code == "not_running"


def test_by_role(net: SmallNetwork, launched: Action, local: User, client: Client):
    national, elsewhere = net.organiser(), net.organiser("department", "02", name="Ada Loin")
    address = f"/api/v1/actions/{launched.pk}/paragraphs/"
    department = str(net.country.area("01", "department").pk)
    body = {"area": department, "language": "en", "words": "Bring it.", "version": 0}
    for user, status in ((elsewhere, 403), (local, 200), (national, 409)):
        sign_in(client, user)
        assert client.put(address, body, content_type="application/json").status_code == status
    sign_in(client, local)
    asked = {"brief": "Go.", "language": "en", "seat": str(net.seat("0101").pk)}
    preview = client.post(f"/api/v1/actions/{launched.pk}/preview/", asked, content_type="application/json")
    assert "Bring it." in preview.json()["html"]
    sign_in(client, national)
    (paragraph,) = client.get(address).json()["items"]
    assert (paragraph["by"], paragraph["area"]["id"], paragraph["is_theirs"]) == ("Paul Autre", department, True)
    assert client.put(address, {**body, "area": str(net.network.country_id)}, content_type="application/json").status_code == 404
    sign_in(client, elsewhere)
    assert client.get(address).json()["items"] == []
    one = f"{address}{paragraph['id']}/?version=1"
    assert client.delete(one).status_code == 404
    sign_in(client, local)
    assert [area["id"] for area in client.get(address).json()["areas"]] == [department]
    assert client.delete(one).json()["items"] == []
