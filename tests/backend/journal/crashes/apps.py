from django.apps import AppConfig


class CrashesConfig(AppConfig):
    name = "tests.backend.journal.crashes"
    label = "crashes"

    def ready(self) -> None:
        """Make points of the product's own steps, in this process only."""
        from maillage.journal import dispatcher, leases, running
        from tests.backend.journal.crashes.points import around

        around(leases, "take", row_of=lambda *, row_id, **_: row_id)
        around(leases, "stamp", row_of=lambda lease: lease.row_id)
        around(running, "run", row_of=lambda *, row_id, **_: row_id)
        around(dispatcher.Dispatcher, "_give", row_of=lambda *_: "dispatcher")
