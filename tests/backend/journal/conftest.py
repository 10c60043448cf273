"""Jobs, subscribers and sources that exist for one test."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from maillage.journal import domain, jobs


class Trial:
    """Registers jobs and remembers what they were called with."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []

    def job(self, name: str = "trial.walk", does: Callable[..., object] | None = None, **patience: Any) -> str:
        def function(**ids: Any) -> None:
            self.calls.append(ids)
            if does:
                does(**ids)

        jobs.job(name, **patience)(function)
        return name


@pytest.fixture
def trial() -> Iterator[Trial]:
    registries: tuple[dict[str, Any], ...] = (domain.JOBS, domain.SUBSCRIBERS, domain.SOURCES)
    before = [dict(registry) for registry in registries]
    yield Trial()
    for registry, content in zip(registries, before, strict=True):
        registry.clear()
        registry.update(content)
