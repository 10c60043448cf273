"""Time that has passed: what is stored is moved back in the journeys' database, and the job that sees it is asked for."""

import time

import psycopg

from infra.local.stack import Stack

PATIENCE = 30.0

_PROMISES_OF = """
SELECT application.promise_id FROM relays_application application
JOIN people_contactpoint point ON point.person_id = application.person_id
WHERE point.value = %s AND application.promise_id IS NOT NULL
"""
_BACK = f"""
UPDATE people_promise
SET made_at = made_at - interval '49 hours', due_at = due_at - interval '49 hours', next_step_at = due_at - interval '49 hours'
WHERE id IN ({_PROMISES_OF})
"""
_CLIMB = "INSERT INTO journal_job (name, queue, args, run_at) VALUES ('relays.climb_promises', 'default', '{}', statement_timestamp())"
_IS_CLIMBED = f"SELECT 1 FROM people_promisestep WHERE kind = 'climb' AND promise_id IN ({_PROMISES_OF})"
_MORNING = "UPDATE people_promisestep SET tell_at = least(tell_at, statement_timestamp()) WHERE told_at IS NULL"

_LEAVE = "UPDATE journal_job SET run_at = statement_timestamp() WHERE name = 'relays.send_ask' AND run_at > statement_timestamp()"


def let_questions_leave(stack: Stack) -> None:
    """Let the minutes pass in which a question to a volunteer can still be taken back."""
    with psycopg.connect(stack.database_url.replace("postgis://", "postgresql://"), autocommit=True) as connection:
        assert connection.execute(_LEAVE).rowcount, "no question waits to leave"


def let_the_hour_pass(stack: Stack, *, email: str) -> None:
    """Let the call promised to this address be missed by an hour, and let it be day where that is told."""
    address = stack.database_url.replace("postgis://", "postgresql://")
    with psycopg.connect(address, autocommit=True) as connection:
        assert connection.execute(_BACK, [email]).rowcount == 1, f"nobody promised {email} a call"
        connection.execute(_CLIMB)
        ends_at = time.monotonic() + PATIENCE
        while not connection.execute(_IS_CLIMBED, [email]).fetchone():
            assert time.monotonic() < ends_at, f"the promise to {email} did not climb"
            time.sleep(0.2)
        connection.execute(_MORNING)
        connection.execute(_CLIMB)


_HOUR_AGO = """
UPDATE people_import SET ended_at = ended_at - interval '61 minutes' WHERE ended_at > statement_timestamp() - interval '1 hour'
"""
_ASK = "INSERT INTO journal_job (name, queue, args, run_at) VALUES ('messaging.ask_imported', 'default', '{}', statement_timestamp())"


def let_the_owners_be_asked(stack: Stack) -> None:
    """Let the hour pass within which nobody is asked about an import that was just written."""
    with psycopg.connect(stack.database_url.replace("postgis://", "postgresql://"), autocommit=True) as connection:
        assert connection.execute(_HOUR_AGO).rowcount > 0, "nothing was brought in"
        connection.execute(_ASK)
