import django.contrib.postgres.indexes
from django.db import migrations, models

KEEP = """
CREATE FUNCTION people_keep_name_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO people_nameword (word)
    SELECT DISTINCT named.word FROM written, unnest(string_to_array(ltrim(written.folded_name), ' ')) AS named(word)
    WHERE NOT EXISTS (SELECT FROM people_nameword kept WHERE kept.word = named.word)
    ORDER BY named.word
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE FUNCTION people_change_name_words() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    gone text;
BEGIN
    INSERT INTO people_nameword (word)
    SELECT DISTINCT named.word FROM unnest(string_to_array(ltrim(NEW.folded_name), ' ')) AS named(word) ORDER BY named.word
    ON CONFLICT DO NOTHING;
    FOR gone IN
        SELECT unnest(string_to_array(ltrim(OLD.folded_name), ' ')) EXCEPT SELECT unnest(string_to_array(ltrim(NEW.folded_name), ' '))
    LOOP
        EXECUTE format(
            'DELETE FROM people_nameword WHERE word = %L AND NOT EXISTS (SELECT FROM people_person WHERE folded_name LIKE %L)',
            gone, '% ' || gone || '%'
        );
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER people_person_named AFTER INSERT ON people_person REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION people_keep_name_words();
CREATE TRIGGER people_person_renamed AFTER UPDATE OF folded_name ON people_person
    FOR EACH ROW WHEN (OLD.folded_name <> NEW.folded_name) EXECUTE FUNCTION people_change_name_words();
INSERT INTO people_nameword (word)
SELECT DISTINCT unnest(string_to_array(ltrim(folded_name), ' ')) FROM people_person WHERE folded_name <> '';
"""
"""In the order of words, so that two who write the same new ones never wait for each other. The question who still bears a
word is put anew each time (EXECUTE): for a common one the first row answers, for a rare one the index does."""

DROP = """
DROP TRIGGER people_person_renamed ON people_person;
DROP TRIGGER people_person_named ON people_person;
DROP FUNCTION people_change_name_words();
DROP FUNCTION people_keep_name_words();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0011_imported_people_of_a_file'),
    ]

    operations = [
        migrations.CreateModel(
            name='NameWord',
            fields=[
                ('word', models.TextField(primary_key=True, serialize=False)),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['word'], name='people_nameword_search', opclasses=['gin_trgm_ops'])],
            },
        ),
        migrations.RunSQL(KEEP, DROP),
    ]
