"""Periodic jobs. The dispatcher inserts each due run as a job, unique on its name and instant."""

from datetime import time, timedelta

from maillage.journal.domain import Periodic

SCHEDULE: list[Periodic] = [
    Periodic("accounts.forget_address_changes", every=timedelta(hours=1)),
    Periodic("accounts.clear_sessions", daily_at=time(2, 20)),
    Periodic("actions.close_ended", daily_at=time(2, 30)),
    Periodic("fundraising.check_rollups", daily_at=time(4, 20)),
    Periodic("fundraising.ask_for_yearly_receipts", daily_at=time(5, 10)),
    Periodic("fundraising.forget_proofs", every=timedelta(hours=1)),
    Periodic("fundraising.take_instalments", every=timedelta(hours=1)),  # each recipient's day begins at an hour of its own
    Periodic("fundraising.forget_tries", daily_at=time(2, 25)),
    Periodic("fundraising.give_up_held", every=timedelta(hours=1)),
    Periodic("fundraising.reconcile_all", daily_at=time(4, 40)),
    Periodic("fundraising.watch_new_cards", every=timedelta(minutes=1)),
    Periodic("insights.note_coverage", every=timedelta(hours=1)),  # each country's day ends at an hour of its own
    Periodic("insights.publish_measures", daily_at=time(4, 10)),
    Periodic("journal.erase_bodies", daily_at=time(2, 10)),
    Periodic("journal.forget_answers", every=timedelta(hours=1)),
    Periodic("journal.forget_limits", every=timedelta(hours=1)),
    Periodic("journal.sweep_jobs", daily_at=time(2, 40)),
    Periodic("messaging.ask_imported", every=timedelta(minutes=1)),
    Periodic("messaging.ask_to_stay", every=timedelta(minutes=1)),
    Periodic("messaging.settle_merges", every=timedelta(hours=1)),
    Periodic("people.check_consents", daily_at=time(3, 10)),
    Periodic("people.compare_name_words", daily_at=time(3, 50)),
    Periodic("people.forget_import_lines", daily_at=time(2, 50)),
    Periodic("people.forget_deleted_views", daily_at=time(3, 40)),
    Periodic("people.forget_silent", every=timedelta(hours=1)),
    Periodic("people.forget_silent_accounts", daily_at=time(2, 20)),
    Periodic("people.forget_unconfirmed", every=timedelta(hours=1)),
    Periodic("people.keep_wordings", every=timedelta(hours=1)),
    Periodic("people.look_for_silent", daily_at=time(1, 40)),
    Periodic("people.search_likenesses", every=timedelta(minutes=1)),
    Periodic("people.turn_access_log", daily_at=time(3, 30)),
    Periodic("relays.climb_concerns", every=timedelta(minutes=1)),
    Periodic("relays.climb_promises", every=timedelta(minutes=1)),
    Periodic("relays.climb_quiet_terms", every=timedelta(minutes=10)),
    Periodic("relays.compare_grants", daily_at=time(3, 20)),
    Periodic("relays.end_handed_over", every=timedelta(hours=1)),
    Periodic("relays.find_unread_concerns", every=timedelta(hours=1)),
    Periodic("relays.forget_networks", every=timedelta(hours=1)),
    Periodic("relays.forget_notes", daily_at=time(3, 50)),
    Periodic("relays.lapse_asks", every=timedelta(hours=1)),
    Periodic("relays.lapse_unanswered", every=timedelta(hours=1)),
    Periodic("relays.forget_unconfirmed", every=timedelta(hours=1)),
    Periodic("relays.forget_withdrawn", daily_at=time(3, 55)),
    Periodic("relays.forget_words", every=timedelta(hours=1)),
    Periodic("relays.remind_of_held", every=timedelta(hours=1)),
    Periodic("relays.resume_terms", every=timedelta(hours=1)),
]
