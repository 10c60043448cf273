"""Who may do what to seats, applications and terms; sent as `abilities` with each object."""

from maillage.relays.domain import OPEN_APPLICATION, WAITING_APPLICATION, ApplicationStatus, SeatState


def seat_abilities(
    *, state: str, takes_applications: bool, organises_here: bool, holds_it: bool, is_paused: bool | None
) -> dict[str, bool]:
    """What an actor may do with a seat. `is_paused` says it of the relay's term where the actor may know; None where not."""
    has_term = state in (SeatState.FILLED, SeatState.STAND_IN, SeatState.DORMANT)
    return {
        "apply": takes_applications and state != SeatState.FILLED and not holds_it,
        "see_applications": organises_here,
        "end_term": has_term and (organises_here or holds_it),
        "pause": is_paused is not None,
        "resume": is_paused is True,
    }


def application_abilities(*, status: str, organises_here: bool, is_applicant: bool) -> dict[str, bool]:
    """What an actor may do with an application: its organiser lets it in or decides, its applicant takes it back."""
    decides = organises_here and status in OPEN_APPLICATION
    looks = organises_here and status == ApplicationStatus.HELD
    return {
        "contact": decides and status == ApplicationStatus.SUBMITTED,
        "approve": decides,
        "decline": decides,
        "release": looks,
        "withdraw": is_applicant and status in WAITING_APPLICATION,
    }
