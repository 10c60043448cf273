from django.db import migrations

END = """
CREATE TEMPORARY TABLE outlived AS
SELECT term.id, term.seat_id, term.person_id, relay.person_id = term.person_id AS is_same, grants.user_id
FROM relays_term term
JOIN relays_term relay ON relay.seat_id = term.seat_id AND relay.kind = 'relay' AND relay.ends_at IS NULL AND relay.starts_at > term.starts_at
JOIN relays_seat_state standing ON standing.seat_id = term.seat_id AND standing.state = 'filled'
LEFT JOIN accounts_grant grants ON grants.origin = 'term:' || term.id AND grants.starts_at <= now()
    AND (grants.ends_at IS NULL OR grants.ends_at > now())
WHERE term.kind = 'stand_in' AND term.ends_at IS NULL;

UPDATE relays_term term SET ends_at = now(), ending = CASE WHEN outlived.is_same THEN 'became_relay' ELSE 'relay_came' END
FROM outlived WHERE term.id = outlived.id;
UPDATE accounts_grant grants SET ends_at = now() FROM outlived
WHERE grants.origin = 'term:' || outlived.id AND grants.starts_at <= now() AND (grants.ends_at IS NULL OR grants.ends_at > now());
UPDATE accounts_vault SET is_over = true WHERE user_id IN (SELECT user_id FROM outlived);
DELETE FROM accounts_session WHERE user_id IN (SELECT user_id FROM outlived);

UPDATE relays_companion companion SET ended_at = now(), status = CASE companion.status WHEN 'running' THEN 'ended' ELSE 'passed' END
FROM outlived WHERE companion.term_id = outlived.id AND companion.status IN ('offered', 'asked', 'running');
UPDATE relays_seatnote note SET handed_at = now()
FROM outlived JOIN relays_handover handover ON handover.term_id = outlived.id AND handover.status = 'begun' AND handover.gives_notes
WHERE NOT outlived.is_same AND note.seat_id = outlived.seat_id AND note.author_id = outlived.person_id AND note.handed_at IS NULL;
DELETE FROM relays_seatnote note USING outlived
WHERE NOT outlived.is_same AND note.seat_id = outlived.seat_id AND note.author_id = outlived.person_id AND note.handed_at IS NULL;
UPDATE relays_handover handover SET status = 'done', settled_at = now()
FROM outlived WHERE handover.term_id = outlived.id AND handover.status = 'begun';

CREATE TEMPORARY TABLE unshown AS
SELECT DISTINCT photo.person_id FROM relays_relayphoto photo JOIN outlived ON outlived.person_id = photo.person_id
WHERE NOT EXISTS (SELECT FROM relays_term term WHERE term.person_id = photo.person_id AND term.ends_at IS NULL);
DELETE FROM relays_relayphoto photo USING unshown WHERE photo.person_id = unshown.person_id;
INSERT INTO people_consent (person_id, controller_id, purpose, channel, act, wording, source, at)
SELECT DISTINCT ON (given.person_id) given.person_id, given.controller_id, given.purpose, given.channel, 'withdrawn', '', 'relays.photo', now()
FROM people_consent given JOIN unshown ON unshown.person_id = given.person_id
WHERE given.purpose = 'relays.photo' AND given.channel = 'email'
ORDER BY given.person_id, given.id DESC;
UPDATE people_consentstate said SET is_given = false, changed_at = now()
FROM unshown WHERE said.person_id = unshown.person_id AND said.purpose = 'relays.photo' AND said.channel = 'email';
DROP TABLE outlived, unshown;
"""
"""Whoever stood in when a relay took the seat, before that ended it, stayed beside them for good and read the people of the place.

Ended are those who began before the relay of a seat that is filled, with all that goes with a term; nobody is written to of what is
months ago. Who began later covers a pause or a silence of that relay and stays, as does whoever covers one now, whenever they began:
organisers see both, and end either. The friendly calls about them are closed by the next run of the ladder."""


class Migration(migrations.Migration):

    dependencies = [
        ('relays', '0019_a_relay_came'),
        ('accounts', '0004_vaults'),
        ('people', '0021_one_spelling_of_numbers'),
    ]

    operations = [migrations.RunSQL(END, migrations.RunSQL.noop)]
