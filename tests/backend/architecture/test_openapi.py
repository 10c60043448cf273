"""The committed OpenAPI file is what the code serves."""

import ast
from io import StringIO
from pathlib import Path

from django.core.management import call_command

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
