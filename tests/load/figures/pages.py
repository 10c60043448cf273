"""Public pages on a slow telephone: when they are painted, whether they jump, what they weigh, and that they work without a script.

A real Chromium, its network and its processor slowed down through its own protocol; each visit begins with an empty cache.
"""

import json
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from infra.local import machine
from tests.load.bench import Figure, MissingData, Result
from tests.load.processes import Web, web
from tests.load.world import campaign

VISITS = 3
PAGES = {"home": "/fr/", "constituency": "/fr/places/2603/"}


@dataclass(frozen=True)
class Telephone:
    """What slows a visit: bits a second, seconds of round trip, times a slower processor, pixels across."""

    bits: int
    latency: float
    slower: int
    width: int


SLOW = Telephone(bits=1_600_000, latency=0.150, slower=4, width=390)
SLOWEST = Telephone(bits=400_000, latency=0.400, slower=6, width=360)


@dataclass(frozen=True)
class Visit:
    """What one visit measured: seconds from the click, a share of the screen that jumped, requests and KiB before use."""

    painted: float
    readable: float
    usable: float
    shift: float
    requests: int
    script_kib: float


def figures() -> list[Figure]:
    """List what is measured."""
    rows = []
    for page in PAGES:
        rows += [
            _figure(page, "largest-paint", 1.5, "s at 1.6 Mbit/s, 150 ms, 4x CPU", SLOW, "painted"),
            _figure(page, "layout-shift", 0.02, "cumulative layout shift", SLOW, "shift"),
            _figure(page, "requests", 12, "same-origin requests before use", SLOW, "requests"),
            _figure(page, "javascript", 95, "KiB of JavaScript before use", SLOW, "script_kib"),
            _figure(page, "readable", 3, "s at 400 kbit/s, 400 ms, 6x CPU, 360 px", SLOWEST, "readable"),
            _figure(page, "usable", 6, "s at 400 kbit/s, 400 ms, 6x CPU, 360 px", SLOWEST, "usable"),
        ]
    return [*rows, Figure("without-script", target=1, unit="of 1: finding and asking for a seat", better="above", measure=_without_script)]


def _figure(page: str, name: str, target: float, unit: str, telephone: Telephone, value: str) -> Figure:
    def measure() -> Result:
        visits = _visits(PAGES[page], telephone)
        return Result(ours=statistics.median(getattr(visit, value) for visit in visits))

    return Figure(f"{page}-{name}", target=target, unit=unit, better="below", measure=measure)


@cache
def _visits(path: str, telephone: Telephone) -> list[Visit]:
    with _served() as site, _browser() as chromium:
        _visit(chromium, site.address + path, telephone)
        return [_visit(chromium, site.address + path, telephone) for _number in range(VISITS)]


@contextmanager
def _served() -> Iterator[Web]:
    """Serve the demo campaign with its built and compressed files."""
    from django.conf import settings
    from django.core.management import call_command

    if not settings.DJANGO_VITE["default"]["manifest_path"].is_file():
        raise MissingData("the frontend is not built")
    campaign()
    call_command("collectstatic", interactive=False, verbosity=0)
    with web("config.wsgi:application", settings="config.settings.local") as site:
        yield site


@contextmanager
def _browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    path = machine.chromium()
    if path is None:
        raise MissingData("no Chromium is installed")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield chromium
        finally:
            chromium.close()


# Watches from the first line of the page; `usable` is when the finder answers the keyboard, or the page has no script left to run.
_WATCH = """
window.seen = {painted: 0, readable: 0, shift: 0, usable: 0};
const watch = (type, see) => new PerformanceObserver(list => list.getEntries().forEach(see)).observe({type, buffered: true});
watch('largest-contentful-paint', each => { seen.painted = each.startTime; });
watch('paint', each => { if (each.name === 'first-contentful-paint') seen.readable = each.startTime; });
watch('layout-shift', each => { if (!each.hadRecentInput) seen.shift += each.value; });
addEventListener('DOMContentLoaded', () => setTimeout(() => {
  const finder = document.querySelector('[data-island="place-finder"] input');
  if (!finder || finder.getAttribute('role') === 'combobox') seen.usable = performance.now();
}));
"""


def _visit(chromium: Any, url: str, telephone: Telephone) -> Visit:
    context = chromium.new_context(viewport={"width": telephone.width, "height": 780}, device_scale_factor=2, is_mobile=True)
    try:
        page = context.new_page()
        protocol = context.new_cdp_session(page)
        protocol.send("Network.enable")
        protocol.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": telephone.latency * 1000,
                "downloadThroughput": telephone.bits / 8,
                "uploadThroughput": telephone.bits / 8,
            },
        )
        protocol.send("Emulation.setCPUThrottlingRate", {"rate": telephone.slower})
        kinds: dict[str, str] = {}
        weights: dict[str, float] = {}
        protocol.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
        protocol.on("Network.loadingFinished", lambda event: weights.update({event["requestId"]: event["encodedDataLength"]}))
        page.add_init_script(_WATCH)
        page.goto(url, wait_until="load", timeout=60_000)
        page.wait_for_function("seen.usable > 0", timeout=60_000)
        page.wait_for_timeout(1500)
        seen = json.loads(page.evaluate("JSON.stringify(seen)"))
        return Visit(
            painted=seen["painted"] / 1000,
            readable=seen["readable"] / 1000,
            usable=seen["usable"] / 1000,
            shift=seen["shift"],
            requests=len(kinds),
            script_kib=sum(weights.get(id, 0.0) for id, kind in kinds.items() if kind == "Script") / 1024,
        )
    finally:
        context.close()


def _without_script() -> Result:
    """Find a commune's seat, then a vacant one, and ask for it: every step answered by the server alone."""
    with _served() as site, _browser() as chromium:
        context = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 780})
        page = context.new_page()
        networks = page.request.get(f"{site.address}/api/v1/relays/networks/").json()["items"]
        seats = page.request.get(f"{site.address}/api/v1/relays/networks/{networks[0]['id']}/seats/").json()["items"]
        code = next(seat["code"] for seat in seats if seat["state"] == "vacant")
        page.goto(f"{site.address}/fr/")
        page.fill("#place", "Die")
        page.press("#place", "Enter")
        page.wait_for_url("**/fr/places/2603/")
        page.goto(f"{site.address}/fr/")
        page.fill("#place", code)
        page.press("#place", "Enter")
        page.wait_for_url(f"**/fr/places/{code}/")
        page.click(f'a[href="/fr/relays/apply/{code}/"]')
        page.fill("#given_name", "Claire")
        page.fill("#email", "claire@figures.example")
        page.check("#agrees_to_contact")
        page.check("#is_of_age")
        page.click("form button[type=submit]")
        page.wait_for_url(f"**/relays/apply/{code}/sent/")
        context.close()
    return Result(ours=1)
