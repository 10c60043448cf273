"""What relays says when two records of one person are joined."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.utils.translation import gettext as _

from maillage.accounts import services as accounts
from maillage.accounts.models import Grant
from maillage.people.domain.merging import Change
from maillage.people.models import ConsentState, Person, Promise
from maillage.relays.domain import APPLICANT_CONTACT, WAITING_APPLICATION, ApplicationStatus, TermKind
from maillage.relays.models import Application, Term
from maillage.relays.selectors import terms_without_grant
from maillage.relays.services.terms import ROLES

_FURTHEST = (ApplicationStatus.CONTACTED, ApplicationStatus.SUBMITTED, ApplicationStatus.HELD)


def bars_to_merge(kept_id: UUID, absorbed_id: UUID) -> Iterable[str]:
    """Say what has to be settled before: a seat that both hold in two ways, a call that nobody may make any more."""
    running = Term.objects.filter(ends_at__isnull=True)
    both = running.filter(person_id=kept_id, seat__in=running.filter(person_id=absorbed_id).values("seat")).select_related("seat__area")
    for term in both:
        yield _("One holds the seat of %(place)s and the other stands in there: end one of the two first.") % {
            "place": term.seat.area.called
        }
    asked = Application.objects.filter(status__in=WAITING_APPLICATION)
    taken_back = ConsentState.objects.filter(purpose=APPLICANT_CONTACT.purpose, is_given=False)
    for one_id, other_id in ((kept_id, absorbed_id), (absorbed_id, kept_id)):
        if taken_back.filter(person_id=one_id).exists() and asked.filter(person_id=other_id).exists():
            yield _("One record has an open application, the other took back that anybody calls about one: decide the application first.")


def keep_one_application(change: Change, kept_id: UUID, absorbed_id: UUID, now: datetime) -> None:
    """Of two open applications for one seat leave the one that is further on, or waits longer; nobody owes the other a call any more."""
    asked = Application.objects.filter(status__in=WAITING_APPLICATION, person_id__in=[kept_id, absorbed_id]).select_related("promise")
    for _seat, group in groupby(asked.order_by("seat_id", "confirmed_at", "pk"), key=lambda application: application.seat_id):
        _one, *others = sorted(group, key=lambda application: _FURTHEST.index(ApplicationStatus(application.status)))
        for other in others:
            change(Application, [other.pk], "status", before=other.status, after=ApplicationStatus.WITHDRAWN.value)
            change(Application, [other.pk], "decided_at", before=other.decided_at, after=now)
            if other.promise and other.promise.kept_at is None and other.promise.released_at is None:
                change(Promise, [other.promise.pk], "released_at", before=None, after=now)
                change(Promise, [other.promise.pk], "next_step_at", before=other.promise.next_step_at, after=None)


def grant_missing(person_id: UUID, now: datetime) -> Iterable[Grant]:
    """Give a person who signs in the role of each seat that they hold: one of the records had no account. Facts: role.granted."""
    person = Person.objects.select_related("user").get(pk=person_id)
    for term in terms_without_grant(now=now).filter(person_id=person_id).select_related("seat__area").order_by("pk"):
        if person.user is not None:
            yield accounts.grant_role(
                user=person.user, role=ROLES[TermKind(term.kind)], area=term.seat.area, origin=f"term:{term.pk}", now=now
            )
