"""Who may do what to seats, applications and terms; sent as `abilities` with each object."""

from maillage.relays.domain import (
    OPEN_APPLICATION,
    WAITING_APPLICATION,
    ApplicationStatus,
    CompanionStatus,
    ConversationStatus,
    SeatState,
    TermKind,
)
from maillage.relays.domain.filling import AskKind, AskStatus
from maillage.relays.domain.handing_over import HandOverStatus
from maillage.relays.domain.notes import DATED


def seat_abilities(*, state: str, takes_applications: bool, organises_here: bool, holds_it: bool) -> dict[str, bool]:
    """What an actor may do with a seat."""
    return {
        "apply": takes_applications and state != SeatState.FILLED and not holds_it,
        "see_applications": organises_here,
    }


def term_abilities(*, kind: str, is_paused: bool, organises_here: bool, is_mine: bool) -> dict[str, bool]:
    """What an actor may do with a running term: its organisers and its holder end it or hand it over, a relay's is paused too."""
    does = organises_here or is_mine
    return {
        "end": does,
        "pause": does and kind == TermKind.RELAY,
        "resume": does and is_paused,
    }


def holder_readiness_abilities(*, is_running: bool, organises_here: bool, is_mine: bool, misses_charter: bool) -> dict[str, bool]:
    """What an actor may do so that a holder may hold another seat too: nobody writes down what they have learnt themselves.

    They are sent the charter with all other holders who have not agreed to it.
    """
    readies = is_running and organises_here and not is_mine
    return {"send_charter": False, "note_paper": readies and misses_charter, "qualify": readies}


def readiness_abilities(*, status: str, organises_here: bool, misses_charter: bool, has_address: bool) -> dict[str, bool]:
    """What an actor may do so that an applicant becomes ready to hold a seat: only while the application waits."""
    readies = organises_here and status in WAITING_APPLICATION
    return {
        "send_charter": readies and misses_charter and has_address,
        "note_paper": readies and misses_charter,
        "qualify": readies,
    }


def application_abilities(
    *, status: str, organises_here: bool, is_applicant: bool, is_on_paper: bool = False, is_entered_by_me: bool = False
) -> dict[str, bool]:
    """What an actor may do with an application: its organiser lets it in or decides, its applicant takes it back, and no more.

    Of one on paper, another organiser than who entered it decides; any of them takes it back once the applicant says so,
    since no mail brings the applicant a link.
    """
    sees_first = organises_here and not is_entered_by_me and not is_applicant
    decides = sees_first and status in OPEN_APPLICATION
    looks = sees_first and status == ApplicationStatus.HELD
    return {
        "contact": decides and status == ApplicationStatus.SUBMITTED,
        "approve": decides,
        "decline": decides,
        "release": looks,
        "withdraw": (is_applicant or (organises_here and is_on_paper)) and status in WAITING_APPLICATION,
    }


def hand_over_abilities(*, status: str, organises_here: bool, is_own: bool) -> dict[str, bool]:
    """What an actor may do with a hand-over: its organisers complete it, its holder says what becomes of the notes."""
    is_under_way = status == HandOverStatus.BEGUN
    return {
        "take_back": is_under_way and (organises_here or is_own),
        "complete": is_under_way and organises_here,
        "let_notes_go": is_under_way and is_own,
    }


def note_abilities(*, kind: str, is_mine: bool, is_handed_on: bool, holds_seat: bool) -> dict[str, bool]:
    """What an actor may do with a note: its author changes it while they hold the seat, and throws it away at any time."""
    return {
        "mend": is_mine and holds_seat and not is_handed_on,
        "throw_away": is_mine,
        "tick": kind in DATED and holds_seat and (is_mine or is_handed_on),
    }


def companion_abilities(*, status: str, is_newcomer: bool) -> dict[str, bool]:
    """What one of the two may answer: the newcomer to an offer, the companion once asked, either once both said yes."""
    answers = status == (CompanionStatus.OFFERED if is_newcomer else CompanionStatus.ASKED)
    takes_back = is_newcomer and status == CompanionStatus.ASKED
    return {
        "say_yes": answers,
        "ask_another": is_newcomer and answers,
        "say_no": answers or takes_back,
        "end": status == CompanionStatus.RUNNING,
    }


def conversation_abilities(*, status: str, is_mine: bool, is_held: bool, organises_here: bool, is_blocked: bool) -> dict[str, bool]:
    """What an actor may do with a conversation: whoever has it answers and ends it; an organiser above too, unless it is held now.

    A writer is blocked, and let in again, by either: what one place suffers, the next would.
    """
    answers = is_mine or (organises_here and not is_held)
    return {
        "answer": answers and status == ConversationStatus.WAITING,
        "end": answers and status in (ConversationStatus.WAITING, ConversationStatus.ANSWERED),
        "block": (is_mine or organises_here) and not is_blocked,
        "unblock": (is_mine or organises_here) and is_blocked,
    }


def concern_abilities(*, is_taken: bool, is_closed: bool) -> dict[str, bool]:
    """What its one reader may do with a concern."""
    return {"take_up": not is_taken, "close": is_taken and not is_closed}


def filling_abilities(*, looks: bool, is_taken: bool, is_mine: bool) -> dict[str, bool]:
    """What an organiser above may do about a seat to fill; one that looks for nobody meanwhile only keeps its notes."""
    return {"take_on": looks and not is_taken, "hand_on": is_taken, "let_go": is_taken and is_mine, "snooze": looks, "ask": looks}


def ask_abilities(*, status: str, kind: str, has_left: bool) -> dict[str, bool]:
    """What an organiser above may do about a question: undo it before it leaves, answer a neighbour's yes."""
    agreed = kind == AskKind.STAND_IN and status == AskStatus.AGREED
    return {"take_back": status == AskStatus.WAITING and not has_left, "confirm": agreed, "set_aside": agreed}
