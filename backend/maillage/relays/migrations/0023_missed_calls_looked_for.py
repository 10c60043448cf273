from django.db import migrations

LOOKED_FOR = """
UPDATE people_promise promise
SET next_step_at = now()
FROM relays_application application
WHERE application.promise_id = promise.id AND application.status IN ('submitted', 'contacted')
  AND promise.kept_at IS NULL AND promise.released_at IS NULL AND promise.next_step_at IS NULL
"""
"""Missed calls that had come to the last rung were looked for no more; from now on they are as long as they are owed."""


class Migration(migrations.Migration):

    dependencies = [
        ('relays', '0022_no_answer'),
        ('people', '0023_nobody_to_call'),
    ]

    operations = [migrations.RunSQL(LOOKED_FOR, migrations.RunSQL.noop)]
