"""The order of the house: who may import whom, and which way foreign keys point."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import ForeignKey, ManyToManyField

BACKEND = settings.BASE_DIR if hasattr(settings, "BASE_DIR") else Path(__file__).resolve().parents[3] / "backend"
PYPROJECT = tomllib.loads((BACKEND / "pyproject.toml").read_text())
CONTRACTS = PYPROJECT["tool"]["importlinter"]["contracts"]
FLOORS, _ROOF, ROOMS = CONTRACTS
ABOVE_ROOMS = {"kernel", "journal"}
PUBLIC_ROOMS = {"services", "selectors", "models", "domain"}


def floor_of(app: str) -> int:
    """Count floors from the ground (kernel) up."""
    for height, floor in enumerate(reversed(FLOORS["layers"])):
        if app in {name.strip(" ()") for name in floor.split("|")}:
            return height
    raise AssertionError(f"{app} stands on no floor")


def house_apps() -> list[str]:
    return sorted(config.label for config in apps.get_app_configs() if config.name.startswith("maillage."))


def python_files() -> list[Path]:
    return sorted(path for path in (BACKEND / "maillage").rglob("*.py") if "migrations" not in path.parts)


def imported_modules(path: Path) -> set[str]:
    tree = ast.parse(path.read_text())
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return names


def test_import_contracts_hold():
    lint = subprocess.run([str(Path(sys.executable).with_name("lint-imports"))], cwd=BACKEND, capture_output=True, text=True, check=False)
    assert lint.returncode == 0, lint.stdout + lint.stderr


def test_rooms_contract_covers_every_app_but_the_ground():
    contracted = {name.removeprefix("maillage.") for name in ROOMS["containers"]}
    folders = {path.name for path in (BACKEND / "maillage").iterdir() if (path / "__init__.py").exists()}
    assert contracted == folders - ABOVE_ROOMS


def test_every_foreign_key_points_down_the_floors():
    wrong = []
    for model in apps.get_models():
        if model._meta.app_label not in house_apps():
            continue
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey | ManyToManyField):
                target = field.remote_field.model._meta.app_label
                own = model._meta.app_label
                if target in house_apps() and target != own and floor_of(target) >= floor_of(own):
                    wrong.append(f"{model.__name__}.{field.name} -> {target}")
    assert wrong == []


def test_no_foreign_key_leaves_the_journal():
    for model in apps.get_app_config("journal").get_models():
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey):
                assert field.remote_field.model._meta.app_label == "journal", f"{model.__name__}.{field.name}"


def test_other_apps_are_entered_by_their_public_rooms():
    wrong = []
    for path in python_files():
        own = path.relative_to(BACKEND / "maillage").parts[0]
        for name in imported_modules(path):
            parts = name.split(".")
            if parts[0] != "maillage" or len(parts) < 3 or parts[1] in {own, *ABOVE_ROOMS}:
                continue
            if parts[2] not in PUBLIC_ROOMS:
                wrong.append(f"{path.relative_to(BACKEND)} imports {name}")
    assert wrong == []


def test_shapely_is_imported_by_importers_and_bakers_only():
    users = {
        str(path.relative_to(BACKEND / "maillage"))
        for path in python_files()
        if any(n.split(".")[0] == "shapely" for n in imported_modules(path))
    }
    allowed = ("territories/services/importers/", "territories/services/pictures/", "territories/services/pictures")
    assert users, "the check looks in the wrong place"
    assert [user for user in users if not user.startswith(allowed)] == []


@pytest.mark.parametrize("word", ["utils", "helpers", "common", "misc"])
def test_no_room_is_called_by_a_word_that_says_nothing(word):
    assert [str(path) for path in (BACKEND / "maillage").rglob(f"{word}*")] == []


def test_one_word_everywhere():
    """An app, its page in docs/domains and its test folder bear the same name."""
    root = BACKEND.parent
    for app in house_apps():
        assert (root / "docs" / "domains" / f"{app}.md").exists(), f"docs/domains/{app}.md"
        assert (root / "tests" / "backend" / app).is_dir(), f"tests/backend/{app}"
