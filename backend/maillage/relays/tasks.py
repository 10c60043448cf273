"""Jobs of relays."""

from uuid import UUID

from maillage import journal
from maillage.kernel.clock import now
from maillage.relays import services


@journal.jobs.job("relays.compare_grants")
def compare_grants() -> None:
    """Check nightly that every running term has its grant, and every grant of a term its running term."""
    services.compare_grants(now=now())


@journal.jobs.job("relays.forget_unconfirmed")
def forget_unconfirmed() -> None:
    """Forget each hour the applications and joinings that nobody confirmed."""
    services.forget_unconfirmed(now=now())
    services.forget_joinings(now=now())


@journal.jobs.job("relays.forget_withdrawn")
def forget_withdrawn() -> None:
    """Empty each night what was written in applications that were taken back."""
    services.forget_withdrawn(now=now())


@journal.jobs.job("relays.forget_networks")
def forget_networks() -> None:
    """Forget each hour from which network an application of the day before was confirmed."""
    services.forget_networks(now=now())


@journal.jobs.job("relays.remind_of_held")
def remind_of_held() -> None:
    """Remind organisers each hour, by day, of the applications that wait for a look."""
    services.remind_of_held(now=now())


@journal.jobs.job("relays.climb_promises")
def climb_promises() -> None:
    """Remind each minute of promises about to be missed, and let those climb whose hour has passed."""
    services.climb_promises(now=now())


@journal.jobs.job("relays.resume_terms")
def resume_terms() -> None:
    """Resume each hour, by day, the terms whose pause ends today."""
    services.resume_terms(now=now())


@journal.jobs.job("relays.end_handed_over")
def end_handed_over() -> None:
    """End each hour the terms whose last day is over where their seat is."""
    services.end_handed_over(now=now())


@journal.jobs.job("relays.end_outlived_stand_in")
def end_outlived_stand_in(*, seat_id: UUID) -> None:
    """The upgrade that lets a relay end a stand-in asks, once a seat, to end the one who stayed beside theirs."""
    services.end_outlived_stand_in(seat_id=seat_id, now=now())


@journal.jobs.job("relays.forget_notes")
def forget_notes() -> None:
    """Forget each night the notes that were handed on a year ago."""
    services.forget_notes(now=now())


@journal.jobs.job("relays.tell_of_proposal")
def tell_of_proposal(*, subject_id: UUID, **_: object) -> None:
    """A version of the charter is proposed: tell whoever holds a seat."""
    services.tell_of_proposal(version_id=subject_id, now=now())


@journal.jobs.job("relays.ask_to_agree")
def ask_to_agree(*, subject_id: UUID, **_: object) -> None:
    """A version of the charter came into force: ask whoever holds a seat to agree to it."""
    services.ask_to_agree(version_id=subject_id, now=now())


@journal.jobs.job("relays.climb_quiet_terms")
def climb_quiet_terms() -> None:
    """Take each ten minutes the rungs of the friendly ladder that are due, and close what is settled."""
    services.climb_quiet_terms(now=now())


@journal.jobs.job("relays.offer_companions")
def offer_companions(*, subject_id: UUID, **_: object) -> None:
    """A term began: its holder is offered a facilitator and a buddy."""
    services.offer_companions(term_id=subject_id, now=now())


@journal.jobs.job("relays.follow_ended_role")
def follow_ended_role(*, subject_id: UUID, **_: object) -> None:
    """A role has ended: what its holder had taken on with it goes on to others."""
    services.follow_ended_role(grant_id=subject_id, now=now())


@journal.jobs.job("relays.lapse_unanswered")
def lapse_unanswered() -> None:
    """Close each hour, by day, what companions were asked and left unanswered."""
    services.lapse_unanswered(now=now())


@journal.jobs.job("relays.climb_concerns")
def climb_concerns() -> None:
    """Let climb each minute what nobody took up in time."""
    services.climb_concerns(now=now())


@journal.jobs.job("relays.find_unread_concerns")
def find_unread_concerns() -> None:
    """Tell the operators each hour of what waits and nobody may read any more."""
    services.find_unread_concerns(now=now())


@journal.jobs.job("relays.forget_words")
def forget_words() -> None:
    """Forget each hour the conversations and concerns whose time is over."""
    services.forget_conversations(now=now())
    services.forget_concerns(now=now())


@journal.jobs.job("relays.send_ask")
def send_ask(*, ask_id: UUID) -> None:
    """Hand one question about a seat to messaging, a few minutes after it was asked."""
    services.send_ask(ask_id=ask_id, now=now())


@journal.jobs.job("relays.lapse_asks")
def lapse_asks() -> None:
    """Let the questions lapse each hour that nobody answered in their time."""
    services.lapse_asks(now=now())
