from django.db import migrations

WRITE = """
WITH copied AS (
    INSERT INTO people_contactpoint (id, person_id, channel, value, is_preferred, verified_at)
    SELECT gen_random_uuid(), phone.person_id, 'sms', phone.value, true, phone.verified_at
    FROM (
        SELECT DISTINCT ON (point.person_id) point.person_id, point.value, point.verified_at
        FROM people_contactpoint point
        WHERE point.channel = 'phone' AND point.verified_at IS NOT NULL
          AND EXISTS (SELECT FROM people_consentstate state
                      WHERE state.person_id = point.person_id AND state.channel = 'sms' AND state.is_given)
          AND NOT EXISTS (SELECT FROM people_contactpoint other WHERE other.person_id = point.person_id AND other.channel = 'sms')
        ORDER BY point.person_id, point.is_preferred DESC, point.id
    ) phone
    RETURNING person_id, value
)
UPDATE people_importedperson met SET filled = met.filled || jsonb_build_object('sms', copied.value)
FROM copied WHERE met.person_id = copied.person_id AND met.filled ->> 'phone' = copied.value
"""
"""Files that were brought in wrote a number as a telephone only, also where its owner agreed to text messages: nobody could use that.

What a file filled in goes when the file is undone: so does its copy.
"""


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0019_house_wordings"),
    ]

    operations = [migrations.RunSQL(WRITE, migrations.RunSQL.noop)]
