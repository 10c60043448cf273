"""What the models say that the database keeps, it keeps: a migration that alters a column may take more away than it names."""

import pytest
from django.apps import apps
from django.db import connection, models

pytestmark = pytest.mark.django_db

OURS = [model for model in apps.get_models() if model.__module__.startswith("maillage.") and model._meta.managed]


def kept(model: type[models.Model]) -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, model._meta.db_table))


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_constraint_and_index_of_a_model_stands_in_the_database(model: type[models.Model]) -> None:
    said = {each.name for each in [*model._meta.constraints, *model._meta.indexes]}
    assert said - kept(model) == set()
