"""Concerns that moved with a record that was joined to another go back to whoever told them (ADR 17)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("relays", "0011_holders_looked_up"),
        ("people", "0008_merging"),
    ]

    operations = [
        migrations.RunSQL(
            """
            UPDATE relays_concern concern SET reporter_id = first.before
            FROM (
                SELECT DISTINCT ON (row) row::uuid AS id, (before #>> '{}')::uuid AS before
                FROM people_mergestep WHERE model = 'relays.Concern' AND "column" = 'reporter_id' ORDER BY row, id
            ) first
            WHERE concern.id = first.id;
            DELETE FROM people_mergestep WHERE model = 'relays.Concern';
            """,
            migrations.RunSQL.noop,
        ),
    ]
