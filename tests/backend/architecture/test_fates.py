"""What becomes of each row when its person asks to be erased is said by its model (decision 8)."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from maillage.kernel.fates import Fate, KeepUntil
from maillage.people.models import Person

MODELS = [model for app in settings.MAILLAGE_APPS for model in apps.get_app_config(app.rpartition(".")[2]).get_models()]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_each_model_states_its_fate_itself(model: type[models.Model]) -> None:
    fate = vars(model).get("erasure")
    assert isinstance(fate, Fate | KeepUntil), f"{model._meta.label}: state `erasure`, one of kernel.fates"
    if isinstance(fate, KeepUntil):
        assert fate.law
        assert fate.years > 0


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_each_model_says_what_one_row_means(model: type[models.Model]) -> None:
    written = model.__doc__ or ""
    assert written, model._meta.label
    assert not written.startswith(f"{model.__name__}("), f"{model._meta.label}: Django wrote this docstring, not we"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_row_that_names_a_person_is_personal(model: type[models.Model]) -> None:
    points_at_person = [field.name for field in model._meta.get_fields() if field.concrete and field.related_model in (Person,)]
    if points_at_person and model._meta.managed:  # a view keeps nothing
        assert vars(model)["erasure"] is not Fate.NOT_PERSONAL, f"{model._meta.label} points at a person by {points_at_person}"


@pytest.mark.parametrize(
    "model", [model for model in MODELS if vars(model).get("erasure") is Fate.DELETE], ids=lambda model: model._meta.label
)
def test_a_row_that_goes_with_its_person_is_not_in_the_way(model: type[models.Model]) -> None:
    for field in model._meta.concrete_fields:
        if field.related_model is Person:
            assert field.remote_field.on_delete is not models.PROTECT, (
                f"{model._meta.label}.{field.name} would stop the erasure of its person"
            )
