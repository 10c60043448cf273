"""The words of names, compared with everybody by night."""

from django.db import connection, transaction


def compare_name_words() -> tuple[int, int]:
    """Add words that are missing and drop those that nobody bears any more; return how many of each.

    The triggers miss a word whose last bearer leaves in the moment in which another comes, and leave those of deleted rows.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_MISSING)
        added = cursor.rowcount
        cursor.execute(_BORNE_BY_NOBODY)
        return added, cursor.rowcount


_BORNE = "SELECT DISTINCT unnest(string_to_array(ltrim(folded_name), ' ')) AS word FROM people_person WHERE folded_name <> ''"
_MISSING = f"""
INSERT INTO people_nameword (word)
SELECT word FROM ({_BORNE}) borne WHERE word NOT IN (SELECT word FROM people_nameword) ORDER BY word ON CONFLICT DO NOTHING
"""  # noqa: S608  a constant
_BORNE_BY_NOBODY = f"""
WITH borne AS MATERIALIZED ({_BORNE})
DELETE FROM people_nameword kept WHERE NOT EXISTS (SELECT FROM borne WHERE borne.word = kept.word)
"""  # noqa: S608
