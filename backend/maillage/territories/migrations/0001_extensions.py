"""What the database itself must know: geometry, accents, likeness."""

from typing import ClassVar

from django.contrib.postgres.operations import CreateExtension, TrigramExtension, UnaccentExtension
from django.db import migrations
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    """Create the extensions; refused plainly by a database whose role may not."""

    initial = True
    dependencies: ClassVar[list[tuple[str, str]]] = []
    operations: ClassVar[list[Operation]] = [CreateExtension("postgis"), UnaccentExtension(), TrigramExtension()]
