from typing import Any

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created


class TerritoriesConfig(AppConfig):
    name = "maillage.territories"
    label = "territories"

    def ready(self) -> None:
        connection_created.connect(_plan_once, dispatch_uid="territories.plan_once")


def _plan_once(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Let the server keep the plans of `selectors.prepared`, and not weigh at each call whether to make another.

    Django's own statements are bound on the client's side: they are never prepared and not concerned.
    """
    raw: Any = connection.connection
    raw.prepare_threshold = 5
    with connection.cursor() as cursor:
        cursor.execute("SET plan_cache_mode = force_generic_plan")
