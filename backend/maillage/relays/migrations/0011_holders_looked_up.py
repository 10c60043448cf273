from django.conf import settings
from django.db import migrations

SEAT_STATE = """
CREATE OR REPLACE VIEW relays_seat_state AS
SELECT
    standing.seat_id,
    standing.network_id,
    standing.area_id,
    standing.state,
    CASE standing.state
        WHEN 'filled' THEN standing.relay_starts_at
        WHEN 'stand_in' THEN standing.stand_in_starts_at
        WHEN 'dormant' THEN coalesce(standing.paused_at, standing.alive_until)
        WHEN 'applied' THEN standing.first_application_at
        ELSE coalesce(standing.last_term_ended_at, standing.opens_at)
    END AS since,
    CASE WHEN standing.state = 'stand_in' THEN standing.stand_in_id ELSE standing.relay_id END AS term_id,
    CASE WHEN standing.state = 'stand_in' THEN standing.stand_in_person_id ELSE standing.relay_person_id END AS holder_id,
    CASE standing.state WHEN 'filled' THEN 'relay' WHEN 'dormant' THEN 'relay' WHEN 'stand_in' THEN 'stand_in' END AS holder_kind,
    standing.state = 'dormant' AND standing.paused_at IS NOT NULL AS is_paused,
    CASE WHEN standing.state = 'stand_in' THEN standing.stand_in_seen_at ELSE standing.relay_seen_at END AS seen_at
FROM (
    SELECT
        facts.*,
        CASE
            WHEN facts.relay_id IS NOT NULL AND facts.paused_at IS NULL AND facts.alive_until >= now() THEN 'filled'
            WHEN facts.stand_in_id IS NOT NULL THEN 'stand_in'
            WHEN facts.relay_id IS NOT NULL THEN 'dormant'
            WHEN facts.first_application_at IS NOT NULL THEN 'applied'
            ELSE 'vacant'
        END AS state
    FROM (
        SELECT
            seat.id AS seat_id,
            seat.network_id,
            seat.area_id,
            network.opens_at,
            relay.id AS relay_id,
            relay.person_id AS relay_person_id,
            relay.starts_at AS relay_starts_at,
            relay.paused_at,
            greatest(relay.seen_at, relay_user.seen_at) AS relay_seen_at,
            greatest(relay.seen_at, relay_user.seen_at) + interval '1440 hours' AS alive_until,
            stand_in.id AS stand_in_id,
            stand_in.person_id AS stand_in_person_id,
            stand_in.starts_at AS stand_in_starts_at,
            greatest(stand_in.seen_at, stand_in_user.seen_at) AS stand_in_seen_at,
            (
                SELECT min(application.confirmed_at) FROM relays_application application
                WHERE application.seat_id = seat.id AND application.status IN ('submitted', 'contacted')
            ) AS first_application_at,
            (SELECT max(term.ends_at) FROM relays_term term WHERE term.seat_id = seat.id) AS last_term_ended_at
        FROM relays_seat seat
        JOIN relays_relaynetwork network ON network.id = seat.network_id
        LEFT JOIN relays_term relay ON relay.seat_id = seat.id AND relay.kind = 'relay' AND relay.ends_at IS NULL
        LEFT JOIN LATERAL (
            SELECT account.seen_at FROM people_person person JOIN accounts_user account ON account.id = person.user_id
            WHERE person.id = relay.person_id LIMIT 1
        ) relay_user ON true
        LEFT JOIN relays_term stand_in ON stand_in.seat_id = seat.id AND stand_in.kind = 'stand_in' AND stand_in.ends_at IS NULL
        LEFT JOIN LATERAL (
            SELECT account.seen_at FROM people_person person JOIN accounts_user account ON account.id = person.user_id
            WHERE person.id = stand_in.person_id LIMIT 1
        ) stand_in_user ON true
    ) facts
) standing
"""
"""Decision 18 in SQL, first that holds; 1440 hours are the 60 days of `relays.domain.SIGN_OF_LIFE`. A sign-in counts
through the holder's user, an answer or a report through the term. Each holder is looked up: joined, everybody of a million
people was put in order to find some hundred."""


class Migration(migrations.Migration):

    dependencies = [
        ('relays', '0010_photos'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunSQL(SEAT_STATE, migrations.RunSQL.noop)]
