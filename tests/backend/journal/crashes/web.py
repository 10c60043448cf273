"""A web process that is sent the same request three times, each in a child of its own that may be killed."""

import os

import django
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

REQUESTS = 3


def answer_once() -> None:
    from django.contrib.auth.models import AnonymousUser

    from maillage.journal import idempotency, jobs
    from tests.backend.journal.crashes.points import around, stop_at
    from tests.backend.journal.crashes.tasks import take_effect

    @idempotency.idempotent
    def view(request: HttpRequest) -> HttpResponse:
        take_effect(1)
        jobs.enqueue("trial.within", label=2)
        stop_at("in the view", "web")
        return HttpResponse("done")

    around(idempotency, "_store", row_of=lambda *_: "web")
    request = RequestFactory().post("/ask/", headers={"Idempotency-Key": "the-same-key-each-time"})
    request.user = AnonymousUser()
    view(request)


if __name__ == "__main__":
    django.setup()
    for _ in range(REQUESTS):
        child = os.fork()
        if not child:
            answer_once()
            os._exit(0)
        os.waitpid(child, 0)
