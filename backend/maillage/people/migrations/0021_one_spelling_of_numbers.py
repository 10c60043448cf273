from typing import Any

from django.db import migrations

from maillage.people.domain.telephones import international

NUMBERS = """
SELECT value FROM people_contactpoint WHERE channel IN ('phone', 'sms')
UNION SELECT phone FROM people_importreading WHERE phone <> ''
UNION SELECT filled ->> 'phone' FROM people_importedperson WHERE filled ? 'phone'
UNION SELECT filled ->> 'sms' FROM people_importedperson WHERE filled ? 'sms'
"""
"""What undoing compares is respelt with what it is compared with, else everybody of a file would seem to have changed their number."""

FIND = """
-- Of two points of a person that are the same number, the one that is proved, preferred, older stays.
CREATE TEMPORARY TABLE doubled AS
SELECT id, first_value(id) OVER same AS kept_id, verified_at, is_preferred, row_number() OVER same AS nth
FROM (
    SELECT point.*, coalesce(respelt.after, point.value) AS spelt
    FROM people_contactpoint point LEFT JOIN respelt ON respelt.before = point.value
    WHERE point.channel IN ('phone', 'sms')
) point
WINDOW same AS (PARTITION BY person_id, channel, spelt ORDER BY verified_at IS NULL, is_preferred DESC, verified_at, id);
CREATE INDEX ON doubled (id) WHERE nth > 1;
CREATE TEMPORARY TABLE gone AS SELECT kept_id, bool_or(is_preferred) AS is_preferred FROM doubled WHERE nth > 1 GROUP BY kept_id;
"""

NAMING = """
SELECT format('UPDATE %s row SET %I = doubled.kept_id FROM doubled WHERE row.%I = doubled.id AND doubled.nth > 1',
              con.conrelid::regclass, att.attname, att.attname)
FROM pg_constraint con JOIN pg_attribute att ON att.attrelid = con.conrelid AND att.attnum = con.conkey[1]
WHERE con.confrelid = 'people_contactpoint'::regclass AND con.contype = 'f'
"""
"""Whatever row of any app names a point that goes names the one that stays."""

WRITE = """
DELETE FROM people_contactpoint point USING doubled WHERE point.id = doubled.id AND doubled.nth > 1;
UPDATE people_contactpoint point SET is_preferred = true FROM gone WHERE point.id = gone.kept_id AND gone.is_preferred;
UPDATE people_contactpoint point SET value = respelt.after
FROM respelt WHERE point.channel IN ('phone', 'sms') AND point.value = respelt.before;
UPDATE people_importreading reading SET phone = respelt.after,
    identity = CASE reading.known_by WHEN 'name_phone' THEN respelt.after || reading.folded_name ELSE reading.identity END
FROM respelt WHERE reading.phone = respelt.before;
UPDATE people_importedperson met SET filled = jsonb_set(met.filled, '{phone}', to_jsonb(respelt.after))
FROM respelt WHERE met.filled ->> 'phone' = respelt.before;
UPDATE people_importedperson met SET filled = jsonb_set(met.filled, '{sms}', to_jsonb(respelt.after))
FROM respelt WHERE met.filled ->> 'sms' = respelt.before;
DROP TABLE respelt, doubled, gone;
"""

AT_ONCE = 10_000
"""How many numbers are held in memory at a time."""


def respell(apps: Any, schema_editor: Any) -> None:
    """Spell every number as one dials it from anywhere, in the organisation's country; what cannot be read stays as it is."""
    country = apps.get_model("people", "Organisation").objects.values_list("country", flat=True).first() or "FR"
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE respelt (before text PRIMARY KEY, after text NOT NULL)")
        with schema_editor.connection.chunked_cursor() as numbers:
            numbers.execute(NUMBERS)
            while some := numbers.fetchmany(AT_ONCE):
                with cursor.copy("COPY respelt FROM STDIN") as copy:
                    for (before,) in some:
                        after = international(before, country=country)
                        if after and after != before:
                            copy.write_row((before, after))
        cursor.execute("ANALYZE respelt")
        cursor.execute(FIND)
        cursor.execute(NAMING)
        for (repoint,) in cursor.fetchall():
            cursor.execute(repoint)
        cursor.execute(WRITE)


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0020_numbers_for_texts"),
    ]

    operations = [migrations.RunPython(respell, migrations.RunPython.noop)]
