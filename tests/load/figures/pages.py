"""Public pages on a slow telephone: when they are painted, whether they jump, what they weigh, and that they work without a script."""

import statistics
from functools import cache

from tests.load.bench import Figure, Result
from tests.load.telephone import SLOW, SLOWEST, Telephone, Visit, browser, served, visiting

VISITS = 3
PAGES = {"home": "/fr/", "constituency": "/fr/places/2603/"}
FINDER = """document.querySelector('[data-island="place-finder"] input')"""
USABLE = f"(!{FINDER} || {FINDER}.getAttribute('role') === 'combobox')"
"""The finder answers the keyboard, or the page has no script left to run."""


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
    visits = []
    with served() as site, browser() as chromium:
        for _number in range(1 + VISITS):  # the first one warms the site up
            with visiting(chromium, site, path, telephone, usable=USABLE) as (_page, seen):
                visits.append(seen.visit())
    return visits[1:]


def _without_script() -> Result:
    """Find a commune's seat, then a vacant one, and ask for it: every step answered by the server alone."""
    with served() as site, browser() as chromium:
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
