"""Every environment variable is explained, and the page says nothing that is not so."""

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from config.env import env
from infra.local import processes

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "environment.md").read_text()
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ["prepare", "web", "worker", "dispatcher"]
DJANGO = {"DJANGO_SETTINGS_MODULE": "config.settings.local"}
READ_IN_CODE = re.compile(r"""(?:environ(?:\.get\(|\.setdefault\(|\[)|^VARIABLE = )["']([A-Z_]+)["']""", re.MULTILINE)
OF_THE_SYSTEM = {"PATH", "PGPASSWORD", "PYTEST_XDIST_WORKER"}


def table(title: str) -> dict[str, str]:
    """Read a table of the page: variable to default, as it is written there."""
    section = PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line.startswith("| `")]
    return {cells[0].strip("`"): "" if cells[2] == "*empty*" else cells[2].strip("`") for cells in rows}


def declared() -> dict[str, str]:
    return {name: str(default) for name, (_, default) in env.scheme.items()} | DJANGO


def test_the_page_explains_each_variable_with_its_default():
    assert table("Maillage") == declared()


def test_what_the_scripts_and_tests_read_is_explained():
    scripts = [*(ROOT / "infra" / "local").rglob("*.py"), ROOT / "tests" / "services.py", *(ROOT / "tests" / "load").rglob("*.py")]
    read = {name for path in scripts for name in READ_IN_CODE.findall(path.read_text())}
    assert read - OF_THE_SYSTEM - set(declared()) <= set(table("Building and testing"))


def test_no_variable_is_read_past_its_declaration():
    files = [path for path in (ROOT / "backend").rglob("*.py") if "environ[" in path.read_text() or "getenv" in path.read_text()]
    assert files == []


def test_the_example_names_known_variables_and_all_that_are_needed():
    named = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    needed = set(re.findall(r"^\| `([A-Z_]+)`.*\| yes \|$", PAGE, re.MULTILINE))
    assert named <= set(declared())
    assert needed <= named


def test_compose_starts_the_same_stack():
    assert set(SERVICES) == {"postgis", "redis", *OURS, "mail-catcher"}
    for process in processes.PRODUCT:
        assert SERVICES[process.name]["command"].split() == process.words(host="0.0.0.0", port="8000")
    assert SERVICES["prepare"]["command"] == processes.PREPARE
    assert SERVICES["postgis"]["image"].startswith("postgis/postgis:15")
    assert SERVICES["redis"]["image"].startswith("redis:7")


def test_compose_gives_every_process_the_same_known_variables():
    for name in OURS:
        # PORT is the machine's: inside the container the web listens where the image says.
        assert set(SERVICES[name]["environment"]) == set(declared()) - {"PORT"}
        assert SERVICES[name]["environment"] == SERVICES["web"]["environment"]


def test_compose_offers_everything_on_the_loopback_only_and_prepares_first():
    for service in SERVICES.values():
        assert all(str(port).startswith("127.0.0.1:") for port in service.get("ports", []))
    for process in processes.PRODUCT:
        assert SERVICES[process.name]["depends_on"] == {"prepare": {"condition": "service_completed_successfully"}}
    assert SERVICES["prepare"]["depends_on"] == {name: {"condition": "service_healthy"} for name in ("postgis", "redis")}


PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "of-this-test-only-00000000000000000000000000000000",
    "PUBLIC_URL": "https://maillage.example",
    "DATABASE_URL": "postgis://nobody@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}
ASK = "from config.wsgi import application; from django.test import Client; print(Client().get({path!r}, HTTP_HOST={host!r}).status_code)"


def test_a_real_installation_answers_the_health_check_of_its_container():
    address = urlsplit(re.search(r"http://[^']+", SERVICES["web"]["healthcheck"]["test"])[0])
    # The image collects what is static; a checkout has not.
    asked = [sys.executable, "-W", "error", "-W", "ignore:No directory at", "-c", ASK.format(path=address.path, host=address.netloc)]
    answer = subprocess.run(asked, cwd=ROOT / "backend", env={**os.environ, **PRODUCTION}, capture_output=True, text=True, check=False)
    assert answer.stdout.split() == ["200"], answer.stderr


def test_the_database_is_asked_by_the_network():
    """While the image makes its first database, a server answers on the socket that is about to stop."""
    assert SERVICES["postgis"]["healthcheck"]["test"].startswith("pg_isready -h 127.0.0.1 ")


def test_secrets_stay_out_of_the_repository_and_of_the_image():
    for name in (".gitignore", ".dockerignore"):
        assert ".env" in (ROOT / name).read_text().splitlines()


def test_the_image_is_built_from_what_is_there_and_starts_the_web():
    dockerfile = (ROOT / "infra" / "docker" / "Dockerfile").read_text()
    copied = [word for line in re.findall(r"^COPY (?!--from)(.+) \S+$", dockerfile, re.MULTILINE) for word in line.split()]
    assert copied
    assert [name for name in copied if not (ROOT / name).exists()] == []
    command = re.search(r"^CMD (\[.+\])$", dockerfile, re.MULTILINE)
    assert yaml.safe_load(command[1]) == processes.WEB.words(host="0.0.0.0", port="8000")
