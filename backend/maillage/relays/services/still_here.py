"""What a quiet relay answers from the friendly mail: each answer is theirs, and therefore a sign of life."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.kernel.dates import day_in
from maillage.kernel.errors import Conflict, NotFound
from maillage.relays.domain import StillHere
from maillage.relays.models import QuietAnswer, Term
from maillage.relays.services.pauses import pause_term, resume_term
from maillage.relays.services.terms import note_sign_of_life


def answer_still_here(*, term_id: UUID, answer: StillHere, now: datetime, until: date | None = None) -> Term:
    """Keep that a holder is still here, needs a break until a day, or wishes to hand over; their organisers see the last two.

    Facts: term.answered, and those of a pause.
    Raises: NotFound, Conflict (`term_ended`; `not_a_relay`: who stands in does not pause), Invalid (until).
    """
    with transaction.atomic():
        term = Term.objects.select_for_update(of=("self",)).select_related("person", "seat__area").filter(pk=term_id).first()
        if term is None:
            raise NotFound(code="term_unknown")
        if term.ends_at is not None:
            raise Conflict(_("This term has ended."), code="term_ended")
        note_sign_of_life(person_id=term.person_id, now=now)
        if answer == StillHere.BREAK:
            pause_term(term_id=term.pk, until=until or day_in(now, term.seat.area.time_zone), by=term.person.user, now=now)
        elif answer == StillHere.HERE:
            resume_term(term_id=term.pk, by=term.person.user, now=now)
        QuietAnswer.objects.create(term=term, answer=answer, at=now)
        journal.record("term.answered", subject=term, at=now, seat_id=term.seat_id, answer=str(answer))
        term.refresh_from_db()
    return term
