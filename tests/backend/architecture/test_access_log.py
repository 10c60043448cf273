"""Whatever shows one person something about another leaves a line in the access log (decision 9).

Every person of the world bears names that nobody else bears; every address of the permission matrix is read as every
role and written as some; whoever is named in an answer must find the reader in the log.
"""

from http.cookies import SimpleCookie

import pytest
from django.db import transaction
from django.test import Client

from maillage.accounts.models import User
from maillage.people.models import Access, ContactPoint, Person
from tests.backend.accounts.factories import sign_in
from tests.backend.architecture.permission_matrix import ROLES, Line
from tests.backend.architecture.test_permission_matrix import LINES, send
from tests.backend.architecture.world import World, make_world

ACT = ("relay_here", "organiser_here", "organiser_national")
"""Whose writes are tried too: their answers show what was changed."""


@pytest.fixture
def world(db: None) -> World:
    """The world, each person with marked names and addresses; nobody shows a first name in public."""
    world = make_world()
    for number, person in enumerate(Person.objects.order_by("pk")):
        person.given_name, person.family_name, person.shows_given_name = f"Zzgiven{number}x", f"Zzfamily{number}x", False
        person.save()
        ContactPoint.objects.filter(person=person).update(value=f"zzmail{number}x@people.example")
    return world


BY_THEIR_OWN_LINK = "{own_data_token}"
"""It is mailed to the person's proved address alone: whoever shows it is the person, signed in or not."""


BY_THEIR_OFFICE = ("/api/v1/relays/concerns/mine/", "/wrong/")
"""Where the safety contact is named to whoever may tell them something: it is what they are named for."""


def marks_of(person: Person) -> list[str]:
    return [person.given_name, person.family_name, *person.contact_points.values_list("value", flat=True)]


def shown(line: Line, world: World, client: Client, marks: dict[str, Person]) -> tuple[set[str], set[str]]:
    """Ask once; return the ids of the people whom the answer names, and of those whom the log then names. Undo all."""
    with transaction.atomic():
        answer = send(client, line, world.rows)
        text = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode(errors="replace")
        logged = {str(id) for ids in Access.objects.values_list("person_ids", flat=True) for id in ids}
        transaction.set_rollback(True)
    return {str(person.pk) for mark, person in marks.items() if mark in text}, logged


@pytest.mark.django_db
def test_who_is_named_in_an_answer_finds_the_reader_in_the_log(world: World) -> None:
    marks = {mark: person for person in Person.objects.all() for mark in marks_of(person)}
    unlogged, readings = [], set()
    for role in ROLES.values():
        client = Client(headers={"Accept-Language": "en"}, raise_request_exception=False)
        if user := world.actors[role]:
            sign_in(client, User.objects.get(pk=user.pk))
        signed_in = client.cookies.output()
        own = {str(pk) for pk in Person.objects.filter(user=user).values_list("pk", flat=True)} if user else set()
        for line in (line for line in LINES if line.method == "GET" or role in ACT):
            if BY_THEIR_OWN_LINK in line.path or line.path.endswith(BY_THEIR_OFFICE):
                continue
            client.cookies = SimpleCookie(signed_in.replace("Set-Cookie: ", ""))  # one of the lines signs out
            named, logged = shown(line, world, client, marks)
            if missing := named - own - logged:
                unlogged.append(f"{line.name} as {role} names {len(missing)} without a line in the log")
            if named - own:
                readings.add((line.path, role))
    assert not unlogged, "\n" + "\n".join(unlogged)
    assert {role for _path, role in readings} >= {"relay_here", "organiser_here", "organiser_national"}
    assert len({path for path, _role in readings}) >= 6, sorted(readings)
