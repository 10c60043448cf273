from datetime import timedelta

import pytest

from maillage.actions import selectors, services
from maillage.actions.models import Action
from maillage.advocacy import services as advocacy
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Invalid
from maillage.kernel.markdown import safe_html
from maillage.people import services as people
from maillage.people.domain import Channel
from maillage.people.models import Person
from maillage.relays.domain import TermKind
from maillage.relays.models import Term
from tests.backend.actions.factories import TEXTS, make_action, make_launched
from tests.backend.advocacy.factories import make_subject
from tests.backend.relays.factories import SmallNetwork, make_holder


def test_an_edit_names_the_version_that_it_read(net: SmallNetwork):
    organiser, action = net.organiser(), make_action(net)
    texts = {"fr": {**TEXTS["fr"], "title": "Grandes lignes"}}
    edited = services.edit_action(action_id=action.pk, version=1, texts=texts, by=organiser, now=now())
    assert edited.version == 2
    assert list(edited.texts.values_list("language", "title")) == [("fr", "Grandes lignes")]
    with pytest.raises(Conflict) as refused:
        services.edit_action(action_id=action.pk, version=1, texts=TEXTS, by=organiser, now=now())
    assert (refused.value.code, refused.value.extra["version"]) == ("version_conflict", 2)


def test_what_was_launched_changes_no_more(net: SmallNetwork):
    action = make_launched(net)
    with pytest.raises(Conflict) as refused:
        services.edit_action(action_id=action.pk, version=1, texts=TEXTS, by=net.organiser(), now=now())
    assert refused.value.code == "already_launched"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"lasts": timedelta(0)}, "ends_at"),
        ({"texts": {"en": TEXTS["en"]}}, "texts.fr"),
        ({"texts": {**TEXTS, "xx": TEXTS["en"]}}, "texts"),
        ({"texts": {"fr": {"title": " ", "summary": "", "brief": "x"}}}, "texts.fr.title"),
        ({"texts": {"fr": {"title": "x", "summary": "", "brief": ""}}}, "texts.fr.brief"),
    ],
)
def test_what_is_wrong_is_said_by_field(net: SmallNetwork, change: dict, field: str):
    with pytest.raises(Invalid) as refused:
        make_action(net, **change)
    assert list(refused.value.fields) == [field]


def test_the_dry_run_says_who_would_be_asked(net: SmallNetwork):
    make_holder(net.seat("0101"))
    make_holder(net.seat("0102"), kind=TermKind.STAND_IN, language="en")
    make_holder(net.seat("0103"), email="")
    make_holder(net.seat("0202"), email="", phone="+33612345678")
    _, stopped = make_holder(net.seat("0203"), email="", phone="+33698765432")
    _, agrees = make_holder(net.seat("0301"), email="", phone="+33611223344")
    for person, channel, purpose in ((stopped, Channel.PHONE, "actions.brief"), (agrees, Channel.SMS, "actions.brief")):
        people.withdraw_consent(person_id=person.pk, purpose=purpose, channel=channel, source="tests", now=now())
    make_holder(net.seat("0104"), email="es@people.example", language="es")
    paused, _ = make_holder(net.seat("0201"))
    Term.objects.filter(pk=paused.pk).update(paused_at=now())
    run = selectors.dry_run(make_action(net))
    assert (run.seats, run.with_holder, run.vacant, run.messages) == (12, 7, 5, 3)
    assert (run.without_email, run.by_hand) == (4, 2), "who wants no briefs by telephone is called by whoever leads it"
    assert run.by_language == {"en": 1, "fr": 2}
    action = make_launched(net)
    assert action.assignments.filter(holder__isnull=False).count() == run.with_holder
    assert Person.objects.filter(messages__purpose="actions.brief").count() == run.messages + run.by_hand


@pytest.mark.parametrize(
    ("source", "drawn"),
    [
        ("**fort**", "<p><strong>fort</strong></p>\n"),
        ("# Titre", "<h2>Titre</h2>\n"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("![photo](https://e.example/p.png)", "<p></p>\n"),
        ("[x](https://e.example/)", '<p><a href="https://e.example/" rel="noopener noreferrer nofollow">x</a></p>\n'),
    ],
)
def test_a_brief_is_drawn_without_danger(source: str, drawn: str):
    assert safe_html(source) == drawn


def test_a_subject_is_chosen_kept_and_taken_away(net: SmallNetwork):
    subject, by = make_subject(), net.organiser()
    action = make_action(net, subject_id=subject.pk)
    services.edit_action(action_id=action.pk, version=1, by=by, now=now())
    assert Action.objects.get(pk=action.pk).subject == subject, "what is not said stays"
    services.edit_action(action_id=action.pk, version=2, by=by, subject_id="", now=now())
    assert Action.objects.get(pk=action.pk).subject is None
    advocacy.close_subject(subject_id=subject.pk, by=by, now=now())
    with pytest.raises(Conflict) as refused:
        services.edit_action(action_id=action.pk, version=3, by=by, subject_id=subject.pk, now=now())
    assert refused.value.code == "subject_closed"
