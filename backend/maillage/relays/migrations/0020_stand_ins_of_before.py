from django.db import migrations

ASK = """
INSERT INTO journal_job (name, queue, args, unique_key, run_at)
SELECT 'relays.end_outlived_stand_in', 'default', jsonb_build_object('seat_id', term.seat_id), term.seat_id::text, now()
FROM relays_term term
JOIN relays_term relay ON relay.seat_id = term.seat_id AND relay.kind = 'relay' AND relay.ends_at IS NULL AND relay.starts_at > term.starts_at
WHERE term.kind = 'stand_in' AND term.ends_at IS NULL
ON CONFLICT (name, unique_key) DO NOTHING
"""
"""Whoever stood in when a relay took the seat, before that ended it, stayed beside them for good and read the people of the place.

Asked for is one job a seat, and nothing else changes here: consents, facts, sessions and mails are the services'. The job looks
anew at who holds the seat when it runs."""


class Migration(migrations.Migration):

    dependencies = [
        ('relays', '0019_a_relay_came'),
        ('journal', '0002_limits'),
    ]

    operations = [migrations.RunSQL(ASK, migrations.RunSQL.noop)]
