"""Who may do what to what was said of office holders; sent as `abilities` with each object."""

from datetime import datetime

from maillage.advocacy.domain.contacts import REMOVED_WITHIN


def subject_abilities(*, leads: bool, is_closed: bool) -> dict[str, bool]:
    """What an actor may do with a subject: who organises the whole country keeps it while it is open."""
    return {"edit": leads and not is_closed, "close": leads and not is_closed}


def roll_call_abilities(*, leads: bool) -> dict[str, bool]:
    """What who sees a roll call may do with it: who organises the whole country says to which subject it belongs."""
    return {"tie": leads}


def holder_abilities(*, is_organised: bool) -> dict[str, bool]:
    """What who sees an office holder's positions may do: all write, organisers take away all that is held."""
    return {"say": True, "log": True, "export": is_organised}


def position_abilities(*, is_organised: bool, is_mine: bool, is_undone: bool, is_disputed: bool, has_disputed: bool) -> dict[str, bool]:
    """What who sees a position may do with it: others dispute it, once each, an organiser above who did not write it settles that.

    It is undone by whoever wrote it and by the organisers above.
    """
    return {
        "dispute": not is_undone and not is_disputed and not is_mine and not has_disputed,
        "settle": not is_undone and is_disputed and is_organised and not is_mine,
        "undo": not is_undone and (is_organised or is_mine),
    }


def contact_abilities(*, is_mine: bool, is_reported: bool, is_kept: bool, logged_at: datetime, now: datetime) -> dict[str, bool]:
    """What who sees a contact may do with it: all say what happened next, whoever logged it puts it right.

    What a report wrote is put right by correcting the report. `is_kept`: a position or a step of somebody else hangs on it.
    """
    return {
        "add_step": True,
        "correct": is_mine and not is_reported,
        "remove": is_mine and not is_reported and not is_kept and now < logged_at + REMOVED_WITHIN,
    }
