"""The page on which one gives, on a slow telephone: painted soon, never jumping, light; the provider's script comes when it is in sight."""

import os
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from infra.local.stripe import keys
from tests.backend.stripe_stand_in import standing_in
from tests.load.bench import Figure, Result
from tests.load.telephone import SLOW, Visit, browser, served, visiting

VISITS = 3
GIVE = "/fr/give/rive-commune/"
USABLE = "document.querySelector('[data-give]')?.disabled === false"
ACCOUNTS = ("demo", "demo-association")


def figures() -> list[Figure]:
    """List what is measured."""
    return [
        _figure("largest-paint", 1.5, "s at 1.6 Mbit/s, 150 ms, 4x CPU", "painted"),
        _figure("layout-shift", 0, "cumulative layout shift, down to the card's fields", "shift"),
        _figure("requests", 12, "same-origin requests before the form can be used", "requests"),
        _figure("javascript", 95, "KiB of JavaScript of ours before the form can be used", "script_kib"),
        Figure("provider-when-in-sight", target=1, unit="of 1: asked for in sight, not before", better="above", measure=_provider),
        Figure("without-script", target=1, unit="of 1: other ways to give are told", better="above", measure=_without_script),
    ]


def _figure(name: str, target: float, unit: str, value: str) -> Figure:
    def measure() -> Result:
        before, scrolled = _visits()
        visits = scrolled if value == "shift" else before
        return Result(ours=statistics.median(getattr(visit, value) for visit in visits))

    return Figure(name, target=target, unit=unit, better="below", measure=measure)


@cache
def _visits() -> tuple[list[Visit], list[Visit]]:
    """Visit the page some times: as it is once it can be used, and once the card's fields were scrolled to and are there."""
    before, scrolled = [], []
    with _stand_in(), served() as site, browser() as chromium:
        for _number in range(1 + VISITS):  # the first one warms the site up
            with visiting(chromium, site, GIVE, SLOW, usable=USABLE) as (page, seen):
                before.append(seen.visit())
                page.evaluate("document.querySelector('.slot').scrollIntoView()")
                page.frame_locator("[data-fields] iframe").locator("#number").wait_for(timeout=60_000)
                page.wait_for_timeout(500)
                scrolled.append(seen.visit())
    return before[1:], scrolled[1:]


def _provider() -> Result:
    before, scrolled = _visits()
    waits = not any(visit.elsewhere for visit in before)
    comes = all(any("/v3/" in url for url in visit.elsewhere) for visit in scrolled)
    return Result(ours=int(waits and comes), correct=waits and comes)


def _without_script() -> Result:
    with _stand_in(), served() as site, browser() as chromium:
        context = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 780})
        page = context.new_page()
        page.goto(site.address + GIVE)
        told = page.locator("#other-ways")
        said = told.inner_text() if told.is_visible() else ""
        context.close()
    return Result(ours=int("chèque" in said and "virement" in said), correct=bool(said))


@contextmanager
def _stand_in() -> Iterator[None]:
    """Run the stand-in for Stripe, and name it to the web process that is started meanwhile."""
    with TemporaryDirectory() as folder, standing_in(Path(folder)) as running:
        names = {"STRIPE_API_URL": running.address, "STRIPE_JS_URL": f"{running.address}/v3/", "STRIPE_ACCOUNTS": keys.written(*ACCOUNTS)}
        with patch.dict(os.environ, names):
            yield
