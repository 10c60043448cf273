"""Each table that names a person is asked for signs of life, or says here why none stands in it."""

from django.apps import apps
from django.conf import settings
from django.db import models

from maillage.actions.selectors import signs as of_actions
from maillage.advocacy.selectors import signs as of_advocacy
from maillage.fundraising.selectors import signs as of_fundraising
from maillage.people.models import Person
from maillage.people.selectors import signs as of_people
from maillage.relays.selectors import signs as of_relays

NO_SIGN = {
    "actions_opening": "a filter that follows the links of mails opens a brief in its reader's name",
    "advocacy_contactstep": "a day of a contact; that it was logged counts",
    "messaging_message": "written to them",
    "people_accessreason": "somebody else's reading",
    "people_consentstate": "the log of consents says it",
    "people_importedperson": "a file brought them; the day on which they joined counts",
    "people_likeness": "found by us",
    "people_merge": "done by an organiser",
    "people_promise": "a call is owed to them; that they asked counts",
    "people_toldapart": "done by an organiser",
    "relays_charterrequest": "written to them; that they agreed counts",
    "relays_friendlycall": "a call is no sign of who is called; who calls holds a term or a role",
    "relays_handover": "written by who holds a term, which counts",
}
"""By table: why what stands there is no sign of the person whom it names, or is told elsewhere."""

ASKED = of_people.SIGNS + of_advocacy.SIGNS + of_relays.SIGNS + of_fundraising.SIGNS + of_actions.SIGNS


def tables_naming_people() -> set[str]:
    models_of_ours = [model for app in settings.MAILLAGE_APPS for model in apps.get_app_config(app.rpartition(".")[2]).get_models()]
    return {model._meta.db_table for model in models_of_ours if model._meta.managed and _names_a_person(model)}


def _names_a_person(model: type[models.Model]) -> bool:
    return model is not Person and any(field.related_model is Person for field in model._meta.concrete_fields)


def test_each_table_that_names_a_person_is_asked_or_says_why_not() -> None:
    for table in tables_naming_people():
        is_asked = table in ASKED.split()
        assert is_asked != (table in NO_SIGN), f"{table}: ask it in its hall's signs, or say here why it holds none; not both"


def test_no_reason_outlives_its_table() -> None:
    assert set(NO_SIGN) <= tables_naming_people()
