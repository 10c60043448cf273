"""Every id of everybody here, on every endpoint that takes one, as those whom it is none of their business.

The permission matrix asks each endpoint about one object of the right kind; here each is asked about all of them, of the
right kind or not: nothing is done, nothing is named, nothing breaks.
"""

import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from uuid import UUID

import pytest
from django.core.cache import cache
from django.db import transaction
from django.db.models import Q
from django.test import Client

from maillage.accounts.models import Grant, User
from maillage.actions.models import Assignment
from maillage.messaging.models import Message
from maillage.people.models import AccessReason, ContactPoint, PaperForm, Person, Promise, SavedView
from maillage.relays.models import Application, HandOver, SeatNote, Term
from tests.backend.accounts.factories import sign_in
from tests.backend.architecture.permission_matrix import Line
from tests.backend.architecture.test_access_log import marks_of
from tests.backend.architecture.test_permission_matrix import LINES, send
from tests.backend.architecture.world import World, make_world

OUTSIDERS = ("relay_elsewhere", "organiser_elsewhere", "administrator")
"""Who can do most here, and has no business with anybody of department 01; the matrix asks the others."""
A_KIND = 3
"""How many of a kind are tried, beside every person."""
AN_ID = re.compile(r"\{(?!\w*_token)\w+\}")
REFUSED = {400, 403, 404, 405, 409}


@pytest.fixture
def world(db: None) -> World:
    """The world, each person of which bears names that nobody else bears."""
    world = make_world()
    for number, person in enumerate(Person.objects.order_by("pk")):
        person.given_name, person.family_name = f"Zzgiven{number}x", f"Zzfamily{number}x"
        person.save()
        ContactPoint.objects.filter(person=person).update(value=f"zzmail{number}x@people.example")
    return world


def people_here() -> list[Person]:
    """Everybody of department 01."""
    return list(Person.objects.filter(area__code__startswith="01").order_by("pk"))


def ids_of(people: list[Person]) -> Iterator[tuple[str, UUID]]:
    """All that is kept of them under an id, and who organises there."""
    users = [person.user_id for person in people if person.user_id]
    yield from (("person", person.pk) for person in people)
    for model in (ContactPoint, Promise, PaperForm, AccessReason, Message, Application, Term):
        theirs = model.objects.filter(person__in=people).order_by("pk")
        yield from ((model.__name__, pk) for pk in theirs.values_list("pk", flat=True)[:A_KIND])
    yield from (("Assignment", pk) for pk in Assignment.objects.filter(holder__in=people).values_list("pk", flat=True)[:A_KIND])
    yield from (("SeatNote", pk) for pk in SeatNote.objects.filter(author__in=people).values_list("pk", flat=True)[:A_KIND])
    yield from (("HandOver", pk) for pk in HandOver.objects.filter(term__person__in=people).values_list("pk", flat=True)[:A_KIND])
    yield from (("Grant", pk) for pk in Grant.objects.filter(user__in=users).values_list("pk", flat=True)[:A_KIND])
    here = User.objects.filter(Q(pk__in=users) | Q(grants__area__code="01")).distinct()
    yield from (("User", user.pk) for user in here[:A_KIND])
    yield from (("SavedView", pk) for pk in SavedView.objects.filter(owner__in=here).values_list("pk", flat=True))


def lines_with_an_id() -> list[Line]:
    """The lines of the API whose address names one object."""
    return [line for line in LINES if line.path.startswith("/api/") and AN_ID.search(line.path)]


@pytest.mark.parametrize("role", OUTSIDERS)
def test_ids_of_others_open_nothing(world: World, role: str) -> None:
    people = people_here()
    ids = list(ids_of(people))
    assert {kind for kind, _id in ids} >= {
        "person",
        "Application",
        "Term",
        "Assignment",
        "PaperForm",
        "AccessReason",
        "SavedView",
        "User",
        "SeatNote",
        "HandOver",
    }
    marks = [mark for person in people for mark in marks_of(person)]
    client = Client(headers={"Accept-Language": "en"}, raise_request_exception=False)
    if user := world.actors[role]:
        sign_in(client, User.objects.get(pk=user.pk))
    signed_in = client.cookies.output().replace("Set-Cookie: ", "")
    opened = []
    for line in lines_with_an_id():
        for kind, id in ids:
            cache.clear()  # limits are counted there
            client.cookies = SimpleCookie(signed_in)
            with transaction.atomic():
                answer = send(client, line, {name: id for name in world.rows if not name.endswith("_token")})
                text = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode(errors="replace")
                transaction.set_rollback(True)
            if answer.status_code not in REFUSED or any(mark in text for mark in marks):
                opened.append(f"{line.name} with the id of a {kind}: {answer.status_code}")
    assert not opened, "\n".join(opened)
