"""Reads that are asked at each keystroke or click: REST framework's documentation and rules, without its machinery.

Content negotiation, parsers and authentication cost more than the question. A lean view reads the query string itself
and answers JSON; everything else (another method, the schema) goes the usual way.
"""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from rest_framework.views import APIView

from maillage.kernel.errors import Refusal
from maillage.kernel.rest.permissions import Anyone
from maillage.kernel.rest.problems import CONTENT_TYPE, problem


class LeanView(APIView):
    """A public GET without session. Subclasses write `answer` and document `get`."""

    policy = "anyone"
    authentication_classes = []
    permission_classes = [Anyone]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer a GET at once."""
        if request.method != "GET":
            return super().dispatch(request, *args, **kwargs)
        try:
            response = HttpResponse(orjson.dumps(self.answer(request)), content_type="application/json")
        except Refusal as refusal:
            body = problem(status=refusal.status, code=refusal.code, detail=refusal.detail, fields=refusal.fields, **refusal.extra)
            response = HttpResponse(orjson.dumps(body), status=refusal.status, content_type=CONTENT_TYPE)
        response.headers["Cache-Control"] = "no-store"
        return response

    def answer(self, request: HttpRequest) -> dict[str, Any]:
        """Give the answer's members. Raises: Refusal."""
        raise NotImplementedError
