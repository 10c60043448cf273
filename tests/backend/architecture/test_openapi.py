"""The committed OpenAPI file is what the code serves."""

import ast
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.translation import get_language
from drf_spectacular.generators import SchemaGenerator

from maillage.kernel.rest.schema import _described

COMMITTED = Path(__file__).resolve().parents[3] / "backend" / "openapi.yaml"


def test_committed_file_equals_the_code():
    written = StringIO()
    call_command("spectacular", "--lang", "en", "--validate", "--fail-on-warn", stdout=written)
    assert written.getvalue() == COMMITTED.read_text(), "run `make schema` and commit backend/openapi.yaml"


def test_no_two_shapes_have_one_name():
    """Two serializers of one class name would silently be one component of the schema: whichever is read last."""
    named: dict[str, list[str]] = {}
    for path in sorted((COMMITTED.parent / "maillage").glob("*/api/**/*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef) and (
                node.name.endswith(("In", "Out")) or "Serializer" in "".join(ast.unparse(base) for base in node.bases)
            ):
                named.setdefault(node.name, []).append(str(path.relative_to(COMMITTED.parent)))
    assert len(named) > 300, "the shapes of the API are found"
    assert {name: where for name, where in named.items() if len(where) > 1} == {}


@pytest.mark.django_db
def test_the_description_is_made_once_in_each_language(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str | None] = []
    get_schema = SchemaGenerator.get_schema

    def noted(*args: Any, **said: Any) -> Any:
        made.append(get_language())
        return get_schema(*args, **said)

    monkeypatch.setattr(SchemaGenerator, "get_schema", noted)
    _described.cache_clear()
    answers = [Client(headers={"Accept-Language": language}).get("/api/v1/schema/").content for language in ("fr", "en", "fr", "en", "de")]
    assert made == ["fr", "en"]
    assert answers[0] == answers[2] == answers[4]
    assert answers[1] == answers[3]
    assert Client().get("/api/v1/schema/", {"lang": "xx"}).status_code == 200
