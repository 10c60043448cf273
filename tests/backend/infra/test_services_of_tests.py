"""The servers that the tests themselves stand on."""

import os
import subprocess
import sys

import pytest
import redis
from django.conf import settings
from django.db import connection

from infra.local import owned, services
from tests.services import ROOT, addresses

LEAVE_BEHIND = """
import os, sys
from pathlib import Path
from infra.local.services import throw_away_services
with throw_away_services(Path(sys.argv[1])) as (postgres, redis):
    print(postgres.process.pid, redis.process.pid, flush=True)
    os.kill(os.getpid(), 9)
"""


@pytest.mark.django_db
def test_they_are_private_and_real():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('listen_addresses'), current_setting('data_directory'), postgis_version()")
        listens, folder, version = cursor.fetchone()
    assert listens == "127.0.0.1"
    if "test" in folder:
        assert str(ROOT / ".local" / "test") in folder
    assert int(version.split(".")[0]) >= 3
    assert redis.Redis.from_url(settings.CELERY_BROKER_URL).ping()
    assert settings.DATABASES["default"]["PORT"] != 5432


def test_addresses_are_read_from_a_text_or_a_file(tmp_path):
    both = "postgis://a@127.0.0.1:5/b redis://127.0.0.1:6/0"
    file = tmp_path / "services"
    file.write_text(both.replace(" ", "\n"))
    assert addresses(both) == addresses(str(file)) == tuple(both.split())
    with pytest.raises(pytest.UsageError):
        addresses("postgis://a@127.0.0.1:5/b")


def test_a_killed_run_leaves_no_server_and_the_next_removes_its_folder(tmp_path):
    killed = subprocess.run(
        [sys.executable, "-c", LEAVE_BEHIND, str(tmp_path)],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": "."},
    )
    assert killed.returncode == -9, killed.stderr
    left = [int(pid) for pid in killed.stdout.split()]
    assert len(left) == 2
    owned.wait_until_gone(left, seconds=10)
    assert [pid for pid in left if owned.started_at(pid)] == []
    assert len(list(tmp_path.iterdir())) == 1
    with services.throw_away_services(tmp_path):
        assert len(list(tmp_path.iterdir())) == 1
    assert list(tmp_path.iterdir()) == []
