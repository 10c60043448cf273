"""Whether the queue moves, for `/readyz`."""

from django.conf import settings
from django.db import connection

from maillage.journal.dispatcher import APPLICATION_NAME

LATE_SECONDS = 60
BROKER_SECONDS = 2
"""For how long the broker may be silent."""

_LATE = " UNION ALL ".join(
    f"(SELECT 1 FROM {table} WHERE state = 'waiting' AND run_at < statement_timestamp() - interval '{LATE_SECONDS} seconds' LIMIT 1)"  # noqa: S608
    for table in ("journal_job", "journal_inbound")
)
_ASK = f"""
SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s), EXISTS ({_LATE})
"""  # noqa: S608


def broker() -> str:
    """Ask Redis; raises what the connection raises when it does not answer."""
    from redis import Redis  # only here: no other line of a web process speaks to the broker

    with Redis.from_url(settings.CELERY_BROKER_URL, socket_connect_timeout=BROKER_SECONDS, socket_timeout=BROKER_SECONDS) as redis:
        redis.ping()
    return ""


def dispatcher() -> str:
    """Say why jobs would not be handed out, empty when they are: no dispatcher is connected, or work waits for a minute."""
    with connection.cursor() as cursor:
        cursor.execute(_ASK, [APPLICATION_NAME])
        is_connected, is_late = cursor.fetchone()
    if not is_connected:
        return "no dispatcher is connected to the database"
    return f"work that is due has waited for over {LATE_SECONDS} seconds" if is_late else ""
