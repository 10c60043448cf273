"""A public page in a real Chromium on a slow telephone, its network and processor slowed down through its own protocol.

Each visit begins with an empty cache, on the demo campaign with its built and compressed files.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from infra.local import machine
from tests.load.bench import MissingData
from tests.load.processes import Web, web
from tests.load.world import campaign


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
    """What one visit measured: seconds from the click, a share of the screen that jumped, what the site itself sent before use.

    `elsewhere`: addresses of other origins that were asked for meanwhile.
    """

    painted: float
    readable: float
    usable: float
    shift: float
    requests: int
    script_kib: float
    elsewhere: tuple[str, ...]


@contextmanager
def served() -> Iterator[Web]:
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
def browser() -> Iterator[Any]:
    """Start a Chromium of the machine."""
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


# Watches from the first line of the page. USABLE is asked once the document is read: its scripts ran, or there are none.
_WATCH = """
window.seen = {painted: 0, readable: 0, shift: 0, usable: 0};
const watch = (type, see) => new PerformanceObserver(list => list.getEntries().forEach(see)).observe({type, buffered: true});
watch('largest-contentful-paint', each => { seen.painted = each.startTime; });
watch('paint', each => { if (each.name === 'first-contentful-paint') seen.readable = each.startTime; });
watch('layout-shift', each => { if (!each.hadRecentInput) seen.shift += each.value; });
addEventListener('DOMContentLoaded', () => setTimeout(() => { if (USABLE) seen.usable = performance.now(); }));
"""


@contextmanager
def visiting(chromium: Any, site: Web, path: str, telephone: Telephone, *, usable: str) -> Iterator[tuple[Any, "Seen"]]:
    """Open a page and wait until it can be used: `usable` is an expression of its script. Yields the page and what is seen of it."""
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
        seen = Seen(page, site.address)
        protocol.on("Network.responseReceived", seen.note)
        protocol.on("Network.loadingFinished", seen.weigh)
        page.add_init_script(_WATCH.replace("USABLE", usable))
        page.goto(site.address + path, wait_until="load", timeout=60_000)
        page.wait_for_function("seen.usable > 0", timeout=60_000)
        page.wait_for_timeout(1500)
        yield page, seen
    finally:
        context.close()


class Seen:
    """What a page asked for until now, and what its own watch noted."""

    def __init__(self, page: Any, address: str) -> None:
        self.page, self.address = page, address
        self.kinds: dict[str, str] = {}
        self.weights: dict[str, float] = {}
        self.elsewhere: list[str] = []

    def note(self, event: Any) -> None:
        """An answer began."""
        url = event["response"]["url"]
        if url.startswith(f"{self.address}/"):
            self.kinds[event["requestId"]] = event["type"]
        elif url.startswith("http"):
            self.elsewhere.append(url)

    def weigh(self, event: Any) -> None:
        """An answer ended."""
        self.weights[event["requestId"]] = event["encodedDataLength"]

    def visit(self) -> Visit:
        """Say what was measured until now."""
        seen = json.loads(self.page.evaluate("JSON.stringify(seen)"))
        return Visit(
            painted=seen["painted"] / 1000,
            readable=seen["readable"] / 1000,
            usable=seen["usable"] / 1000,
            shift=seen["shift"],
            requests=len(self.kinds),
            script_kib=sum(self.weights.get(id, 0.0) for id, kind in self.kinds.items() if kind == "Script") / 1024,
            elsewhere=tuple(self.elsewhere),
        )
