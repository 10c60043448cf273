"""Addresses and error pages that exist before any app does."""

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from maillage.kernel.rest.problems import problem_response


def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process answers, and nothing about what it depends on."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether database, migrations and queue are ready, with a reason for each that is not; 503 when one is not."""
    checks = {"database": _database, "migrations": _migrations, "queue": _queue}
    reasons = {name: reason for name, check in checks.items() if (reason := check())}
    body = {"status": "ready" if not reasons else "not_ready", "reasons": reasons}
    return JsonResponse(body, status=503 if reasons else 200)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception as error:
        return f"the database does not answer ({type(error).__name__})"
    return ""


def _migrations() -> str:
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Exception as error:
        return f"migrations cannot be read ({type(error).__name__})"
    return f"{len(plan)} migrations are not applied" if plan else ""


def _queue() -> str:
    try:
        cache.get("readyz")
    except Exception as error:
        return f"the queue does not answer ({type(error).__name__})"
    return ""


def _wants_problem(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:
    """Answer an unknown address: a problem under /api/, a page elsewhere."""
    if _wants_problem(request):
        return problem_response(status=404, code="not_found", detail=_("There is nothing at this address."))
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponseBase:
    """Answer a failure of ours without a context processor, which may be what failed."""
    if _wants_problem(request):
        return problem_response(
            status=500, code="server_error", detail=_("Something failed on our side. Nothing was lost; please try again.")
        )
    return render(None, "errors/500.html", status=500)  # type: ignore[arg-type]


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Answer a write whose page was too old or came from elsewhere."""
    if _wants_problem(request):
        return problem_response(status=403, code="csrf", detail=_("This page is too old. Reload it and try again; what you typed is kept."))
    return render(request, "errors/csrf.html", status=403)
