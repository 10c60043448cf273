"""What one relay opens before a meeting: the page behind the link of the mail, and the same in the application.

The brief names every block that there is, so that all that is known of the place is read and drawn. Compared with a bare view that does
the same SQL and sends the rows, as the hot lists are (`reads`).
"""

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any

from tests.load.bench import Figure, Result, compare
from tests.load.figures.reads import _p95, _scene, _taken_down

MOST_QUERIES = 14


def figures() -> list[Figure]:
    """One figure for each way to read it."""
    unit = "times a bare view's p95"
    return [Figure(way, target=1.5, unit=unit, better="below", measure=_against(way)) for way in ("page", "application")]


def _against(way: str) -> Callable[[], Result]:
    def measure() -> Result:
        from tests.load.bare import reads as bare

        client, address = _relay()[way]
        client.get(address)  # what a process keeps for all seats is drawn once
        statements, answer = _taken_down(client, address)
        bare.STATEMENTS[:] = statements
        result = compare(_p95(client, address), _p95(client, "/bare/"), rounds=7)
        said = answer.content.decode()
        result.correct = answer.status_code == 200 and len(statements) <= MOST_QUERIES and all(word in said for word in ("Trois", "<li>"))
        result.extra = {"queries": len(statements), "bytes": len(answer.content)}
        return result

    return measure


@cache
def _relay() -> dict[str, tuple[Any, str]]:
    """Launch an action whose brief names every block, and return how the relay of a seat in the middle of the country reads it."""
    from django.test import Client

    from maillage.actions import selectors, services
    from maillage.actions.domain import as_named
    from maillage.actions.selectors.briefs import BLOCKS
    from maillage.kernel.clock import now
    from tests.backend.accounts.factories import sign_in
    from tests.load.figures.launch import filled_network

    _scene()
    network, start = filled_network(), now() + timedelta(days=3)
    brief = "\n\n".join(["## Trois questions", "Une **réponse** avant le soir.", *(as_named(name) for name in BLOCKS)])
    texts = {"fr": {"title": "Rendez-vous partout", "summary": "", "brief": brief}}
    draft = services.draft_action(network=network, texts=texts, starts_at=start, ends_at=start + timedelta(hours=9), by=None, now=now())
    action = services.launch_action(action_id=draft.pk, by=None, now=now())
    assignments = action.assignments.select_related("action", "holder__user", "seat__area").order_by("seat__area__code")
    asked = assignments.get(seat__area__code="2601")
    for other in assignments.exclude(pk=asked.pk)[:300]:
        services.accept_assignment(assignment_id=other.pk, author_id=other.holder_id, now=now())
    signed_in, anonymous = Client(SERVER_NAME="127.0.0.1"), Client(SERVER_NAME="127.0.0.1")
    sign_in(signed_in, asked.holder.user)
    token = selectors.answer_token(asked, author_id=asked.holder_id)
    return {"page": (anonymous, f"/fr/a/{token}/"), "application": (signed_in, f"/api/v1/actions/assignments/{asked.pk}/")}
