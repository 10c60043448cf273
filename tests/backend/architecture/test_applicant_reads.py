"""Until a term starts an applicant reads public things only: what anybody reads, and what is their own."""

import pytest
from django.test import Client

from tests.backend.accounts.factories import sign_in
from tests.backend.architecture.permission_matrix import API, Line, lines
from tests.backend.architecture.test_permission_matrix import send
from tests.backend.architecture.world import World

OWN = (
    "/api/v1/accounts/",
    "/api/v1/people/me/",
    "/api/v1/people/organisation/",
    "/api/v1/relays/applications/",
)
"""What tells who asks about themselves and the house; the tests of each say what it holds."""


def asked(client: Client, line: Line, world: World) -> tuple[int, bytes]:
    """What somebody gets."""
    answer = send(client, line, world.rows)
    return answer.status_code, getattr(answer, "content", b"")


def names_of(world: World, *roles: str) -> set[str]:
    """What would name the people behind these roles."""
    people = [user.person for role in roles if (user := world.actors[role]) and hasattr(user, "person")]
    return {name for person in people for name in (person.given_name, person.family_name, person.user.email) if name}


@pytest.mark.django_db
def test_an_applicant_reads_what_anybody_reads(world: World):
    """Word for word what a stranger gets where strangers get anything; where they do not, nothing about anybody else."""
    nobody, applicant = Client(), Client()
    user = world.actors["applicant"]
    assert user
    sign_in(applicant, user)
    others = names_of(world, *(role for role in world.actors if role != "applicant")) - names_of(world, "applicant")
    assert len(others) > 10
    for line in [line for line in lines(API) if line.method == "GET" and line.expected["applicant"] == 200]:
        public, _theirs = asked(nobody, line, world)
        _status, read = asked(applicant, line, world)
        if public == 200 and not line.path.startswith(OWN):
            assert (line.path, read) == (line.path, asked(nobody, line, world)[1])
        found = sorted(name for name in others if name.encode() in read)
        assert (line.path, found) == (line.path, [])
