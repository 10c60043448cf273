from django.conf import settings
from django.db import migrations

SEAT_STATE = """
CREATE OR REPLACE VIEW relays_seat_state AS
SELECT
    seat.id AS seat_id,
    seat.network_id,
    seat.area_id,
    standing.state,
    CASE standing.state
        WHEN 'filled' THEN relay.starts_at
        WHEN 'stand_in' THEN stand_in.starts_at
        WHEN 'dormant' THEN coalesce(
            relay.paused_at,
            greatest(relay.seen_at, (
                SELECT account.seen_at FROM people_person person JOIN accounts_user account ON account.id = person.user_id
                WHERE person.id = relay.person_id
            )) + interval '1440 hours'
        )
        WHEN 'applied' THEN (
            SELECT min(application.confirmed_at) FROM relays_application application
            WHERE application.seat_id = seat.id AND application.status IN ('submitted', 'contacted')
        )
        ELSE coalesce(
            (SELECT max(term.ends_at) FROM relays_term term WHERE term.seat_id = seat.id),
            (SELECT network.opens_at FROM relays_relaynetwork network WHERE network.id = seat.network_id)
        )
    END AS since,
    CASE WHEN standing.state = 'stand_in' THEN stand_in.id ELSE relay.id END AS term_id,
    CASE WHEN standing.state = 'stand_in' THEN stand_in.person_id ELSE relay.person_id END AS holder_id,
    CASE standing.state WHEN 'filled' THEN 'relay' WHEN 'dormant' THEN 'relay' WHEN 'stand_in' THEN 'stand_in' END AS holder_kind,
    standing.state = 'dormant' AND relay.paused_at IS NOT NULL AS is_paused,
    CASE
        WHEN standing.state = 'stand_in' THEN greatest(stand_in.seen_at, (
            SELECT account.seen_at FROM people_person person JOIN accounts_user account ON account.id = person.user_id
            WHERE person.id = stand_in.person_id
        ))
        ELSE greatest(relay.seen_at, (
            SELECT account.seen_at FROM people_person person JOIN accounts_user account ON account.id = person.user_id
            WHERE person.id = relay.person_id
        ))
    END AS seen_at
FROM relays_seat seat
LEFT JOIN LATERAL (
    SELECT term.id, term.person_id, term.starts_at, term.paused_at, term.seen_at FROM relays_term term
    WHERE term.seat_id = seat.id AND term.kind = 'relay' AND term.ends_at IS NULL LIMIT 1
) relay ON true
LEFT JOIN LATERAL (
    SELECT term.id, term.person_id, term.starts_at, term.seen_at FROM relays_term term
    WHERE term.seat_id = seat.id AND term.kind = 'stand_in' AND term.ends_at IS NULL LIMIT 1
) stand_in ON true
CROSS JOIN LATERAL (
    SELECT
        CASE
            WHEN relay.id IS NOT NULL AND relay.paused_at IS NULL AND (
                relay.seen_at + interval '1440 hours' >= now()
                OR (
                    SELECT account.seen_at FROM people_person person JOIN accounts_user account ON account.id = person.user_id
                    WHERE person.id = relay.person_id
                ) + interval '1440 hours' >= now()
            ) THEN 'filled'
            WHEN stand_in.id IS NOT NULL THEN 'stand_in'
            WHEN relay.id IS NOT NULL THEN 'dormant'
            WHEN EXISTS (
                SELECT FROM relays_application application
                WHERE application.seat_id = seat.id AND application.status IN ('submitted', 'contacted')
            ) THEN 'applied'
            ELSE 'vacant'
        END AS state
    OFFSET 0
) standing
"""
"""Decision 18 in SQL, first that holds; 1440 hours are the 60 days of `relays.domain.SIGN_OF_LIFE`. A sign-in counts
through the holder's user, an answer or a report through the term.

What is not needed is not looked up: a holder's user only where the term itself gave no sign for 60 days, an application only where nobody
holds the seat, the end of its last term only of a vacant one. The state is told once for each seat (`OFFSET 0` keeps it from being written
out anew wherever it is named), and terms and holders are looked up seat by seat (`LIMIT 1`, of which there is never more): joined, the terms of
all networks were read twice for those of one, and everybody of a million people was put in order to find some hundred."""


class Migration(migrations.Migration):

    dependencies = [
        ('relays', '0017_concerns_from_visitors'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunSQL(SEAT_STATE, migrations.RunSQL.noop)]
