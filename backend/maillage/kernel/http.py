"""Addresses and error pages that exist before any app does."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from maillage.kernel import readiness
from maillage.kernel.rest.problems import problem_response


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process answers, and nothing about what it depends on."""
    return JsonResponse({"status": "ok"})


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether database, migrations and queue are ready, with a reason for each that is not; 503 when one is not."""
    reasons = readiness.reasons()
    body = {"status": "ready" if not reasons else "not_ready", "reasons": reasons}
    return JsonResponse(body, status=503 if reasons else 200)


def _wants_problem(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an unknown address: a problem under /api/, a page elsewhere."""
    if _wants_problem(request):
        return problem_response(status=404, code="not_found", detail=_("There is nothing at this address."))
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest, *, status: int = 500) -> HttpResponse:
    """Answer a failure of ours without a context processor, which may be what failed."""
    if _wants_problem(request):
        return problem_response(
            status=status, code="server_error", detail=_("Something failed on our side. Nothing was lost; please try again.")
        )
    return render(None, "errors/500.html", status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a write whose page was too old or came from elsewhere."""
    if _wants_problem(request):
        return problem_response(status=403, code="csrf", detail=_("This page is too old. Reload it and try again; what you typed is kept."))
    return render(request, "errors/csrf.html", status=403)
