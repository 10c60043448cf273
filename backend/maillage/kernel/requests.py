"""What no request may carry, wherever it goes."""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from maillage.kernel.rest.problems import problem_response

Answer = Callable[[HttpRequest], HttpResponseBase]


def refuse_nul(answer: Answer) -> Answer:
    """Middleware: refuse an address that holds a NUL character, which PostgreSQL cannot keep and nobody types."""

    def refusing(request: HttpRequest) -> HttpResponseBase:
        asked = request.META.get("QUERY_STRING", "")
        if "\0" in request.path or b"\0" in unquote_to_bytes(asked):
            if request.path.startswith("/api/"):
                return problem_response(status=400, code="nul", detail=_("This address holds a character that cannot be read."))
            return HttpResponse(status=400)
        return answer(request)

    return refusing
