"""Petit-Pays loaded by the importers, from its files or from files changed for a test."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import connection

from maillage.territories.domain import Profile, read_profile
from maillage.territories.services.importers.loading import Report, load_country
from maillage.territories.services.importers.sources import Given
from tests.backend.territories.factories import FIXTURES

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
PROFILE = read_profile(FIXTURES / "xm.toml")

TABLES = [
    "areakind", "area", "areaalias", "areaclosure", "areaneighbour", "areaoverlap", "boundaryset", "areashape", "dataset", "areapiece",
    "areaborder", "locality", "seatcard", "findable", "indicator", "areafigure",
]  # fmt: skip


def load(folder: Path = FIXTURES, *, profile: Profile = PROFILE, now: datetime = NOW, **options: Any) -> Report:
    """Load Petit-Pays."""
    return load_country(profile=profile, given=Given(folder=folder), now=now, **options)


def copied(folder: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    """Copy the files of Petit-Pays and change its boundaries."""
    shutil.copytree(FIXTURES, folder, dirs_exist_ok=True)
    boundaries = folder / "constituencies.geojson"
    content = json.loads(boundaries.read_text())
    change(content)
    boundaries.write_text(json.dumps(content))
    return folder


def feature(content: dict[str, Any], code: str) -> dict[str, Any]:
    """Give the feature of a seat."""
    return next(row for row in content["features"] if row["properties"]["ref"] == code)


def digests() -> dict[str, str]:
    """Sum up each table of places, every column of every row: two equal sums are two equal tables."""
    sums = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(
                "SELECT count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '') "
                f"FROM territories_{table} t"
            )
            sums[table] = cursor.fetchone()[0]
    return sums
