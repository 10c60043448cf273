from django.db import migrations

SETTLE = """
UPDATE people_merge SET settled_at = now()
WHERE settled_at IS NULL AND undone_at IS NULL AND objected_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM people_mergestep step WHERE step.merge_id = people_merge.id AND step.before = step.after)
"""
"""Joins made before anybody wrote down what the record that stays had: nothing tells any more what came since, and until now
each of these was read as one by its people. They can still be taken apart."""


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0017_brought_by"),
    ]

    operations = [migrations.RunSQL(SETTLE, migrations.RunSQL.noop)]
