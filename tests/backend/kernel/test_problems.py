"""Every kind of error as application/problem+json with a stable code."""

import orjson
import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404
from django.test import RequestFactory
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.kernel import errors
from maillage.kernel.rest.permissions import Anyone
from maillage.kernel.rest.problems import problem_response


def answer(raises=None, *, method="post", body=b"{}", content_type="application/json", **attributes):
    class View(APIView):
        authentication_classes = []
        permission_classes = [Anyone]

        def post(self, request):
            if raises is not None:
                raise raises
            return Response({"got": request.data})

    request = getattr(RequestFactory(), method)("/api/v1/x/", body, content_type=content_type)
    response = View.as_view(**attributes)(request).render()
    return response, orjson.loads(response.content)


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (errors.Invalid("No."), 400, "invalid"),
        (errors.Refusal("No.", code="own_code"), 400, "own_code"),
        (errors.Forbidden("No."), 403, "forbidden"),
        (errors.NotFound("No."), 404, "not_found"),
        (errors.Conflict("No.", code="seat_taken"), 409, "seat_taken"),
        (errors.Unavailable("No."), 503, "unavailable"),
        (Http404("secret"), 404, "not_found"),
        (PermissionDenied("secret"), 403, "forbidden"),
        (RequestDataTooBig("secret"), 413, "too_large"),
        (SuspiciousOperation("secret"), 400, "bad_request"),
        (exceptions.NotAuthenticated(), 403, "not_authenticated"),
        (exceptions.PermissionDenied(), 403, "permission_denied"),
        (exceptions.NotFound(), 404, "not_found"),
        (exceptions.ParseError(), 400, "parse_error"),
        (exceptions.Throttled(wait=7.2), 429, "throttled"),
    ],
)
def test_each_error_is_a_problem_with_a_code(error, status, code):
    response, problem = answer(error)
    assert response.status_code == problem["status"] == status
    assert response["Content-Type"] == "application/problem+json"
    assert problem["code"] == code
    assert problem["type"] == "about:blank"
    assert problem["title"]
    assert "secret" not in response.content.decode()


def test_fields_say_what_is_wrong_at_any_depth():
    class Line(serializers.Serializer):
        amount = serializers.IntegerField()

    class Form(serializers.Serializer):
        name = serializers.CharField(max_length=2)
        lines = Line(many=True)

        def validate(self, asked):
            raise serializers.ValidationError("The whole is wrong.")

    form = Form(data={"name": "long", "lines": [{"amount": 1}, {"amount": "x"}]})
    form.is_valid()
    _, problem = answer(exceptions.ValidationError(form.errors))
    assert problem["code"] == "invalid"
    assert set(problem["fields"]) == {"name", "lines.1.amount"}
    whole = Form(data={"name": "ok", "lines": []})
    whole.is_valid()
    _, problem = answer(exceptions.ValidationError(whole.errors))
    assert problem["fields"] == {"_": ["The whole is wrong."]}


def test_a_refusal_carries_its_fields_and_what_helps():
    _, problem = answer(errors.Invalid("Look again.", code="split", fields={"place": ["Say the street."]}, seats=["2601", "2602"]))
    assert problem["fields"] == {"place": ["Say the street."]}
    assert problem["seats"] == ["2601", "2602"]
    assert problem["detail"] == "Look again."


@pytest.mark.parametrize(
    ("asks", "status", "code"),
    [
        ({"body": b"{"}, 400, "parse_error"),
        ({"body": b"\xff"}, 400, "parse_error"),
        ({"body": b"<a/>", "content_type": "text/xml"}, 415, "unsupported_media_type"),
        ({"method": "put"}, 405, "method_not_allowed"),
    ],
)
def test_what_cannot_be_read_is_a_problem(asks, status, code):
    response, problem = answer(**asks)
    assert (response.status_code, problem["code"]) == (status, code)


def test_a_bug_stays_a_bug():
    with pytest.raises(ZeroDivisionError):
        answer(ZeroDivisionError())


def test_when_to_come_back_is_said():
    response, _ = answer(exceptions.Throttled(wait=7.2))
    assert 8 <= int(response["Retry-After"]) <= 9


def test_outside_rest_framework():
    response = problem_response(status=404, code="not_found", detail="Nothing.")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
