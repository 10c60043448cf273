from django.db import migrations

UNDER_WAY = """
UPDATE people_promise promise
SET next_step_at = CASE WHEN application.status IN ('submitted', 'contacted') THEN greatest(promise.made_at + interval '24 hours', now()) END,
    released_at = CASE WHEN application.status = 'withdrawn' THEN application.decided_at END
FROM relays_application application
WHERE application.promise_id = promise.id AND promise.kept_at IS NULL
"""
"""Promises that were made before they could climb begin to; nobody owes a call to who took their application back."""


class Migration(migrations.Migration):
    dependencies = [
        ('relays', '0001_initial'),
        ('people', '0003_promises_climb'),
    ]

    operations = [migrations.RunSQL(UNDER_WAY, migrations.RunSQL.noop)]
