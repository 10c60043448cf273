"""The committed OpenAPI file is what the code serves."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command

COMMITTED = Path(__file__).resolve().parents[3] / "backend" / "openapi.yaml"


def test_committed_file_equals_the_code():
    written = StringIO()
    call_command("spectacular", "--lang", "en", "--validate", "--fail-on-warn", stdout=written)
    assert written.getvalue() == COMMITTED.read_text(), "run `make schema` and commit backend/openapi.yaml"
