"""Names that cross a table exist at both ends: jobs, periodic jobs, facts that somebody waits for."""

import ast
from pathlib import Path

from django.conf import settings

from config.schedule import SCHEDULE
from infra.local.processes import WORKER
from maillage.journal.domain import JOBS, SUBSCRIBERS

MAILLAGE = Path(__file__).resolve().parents[3] / "backend" / "maillage"


def first_arguments_of(function_names: set[str]) -> dict[str, str]:
    """Collect the first argument, when a literal, of each call of these functions: {name: file}."""
    found: dict[str, str] = {}
    for path in MAILLAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in function_names:
                    found[node.args[0].value] = str(path.relative_to(MAILLAGE))
    return found


def test_every_enqueued_job_exists():
    enqueued = first_arguments_of({"enqueue", "enqueue_many"})
    assert enqueued
    assert {name: place for name, place in enqueued.items() if name not in JOBS} == {}


def test_every_scheduled_job_exists():
    assert SCHEDULE
    assert [periodic.job for periodic in SCHEDULE if periodic.job not in JOBS] == []


def test_a_worker_takes_from_every_queue():
    words = WORKER.words()
    assert words[words.index("-Q") + 1].split(",") == list(settings.JOBS_QUEUES)


def test_every_subscribed_fact_is_recorded_and_its_job_exists():
    recorded = first_arguments_of({"record"})
    for fact, jobs in SUBSCRIBERS.items():
        assert fact in recorded, f"nobody records {fact}"
        assert set(jobs.values()) <= set(JOBS)


def test_facts_are_a_noun_and_a_past_participle():
    for fact, place in first_arguments_of({"record"}).items():
        noun, _, participle = fact.partition(".")
        assert noun.isidentifier(), f"{fact} in {place}"
        assert participle.replace("_", "").isalpha(), f"{fact} in {place}"
