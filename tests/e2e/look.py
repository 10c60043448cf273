"""What every page of a journey must be: reachable by everyone, not wider than the window."""

import json
from pathlib import Path
from time import monotonic

from playwright.sync_api import Error, Page

AXE = (Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js").read_text
RUN = """async rules => {
  const {violations} = await axe.run(document, {runOnly: {type: 'tag', values: rules}});
  const where = v => v.nodes.slice(0, 3).map(n => `${n.target.join(" ")}: ${n.failureSummary}`);
  return violations.map(v => ({rule: v.id, help: v.help, where: where(v)}));
}"""
HEARD = """() => {
  const over = document.querySelectorAll('[role=dialog], [role=alertdialog]').length;
  return over || document.querySelector('h1:not([inert] *)') ? {over} : null;
}"""
"""How many dialogs lie over the page, once there is something to be heard: a dialog, or the page's own heading."""
TRIES = 5
"""How often a page that changes under axe is looked at again: a dialog goes once."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def ask_until(page: Page, question: str, *, seconds: float = 15) -> None:
    """Ask a page a question until the answer is yes; a promise of one is waited for, which `wait_for_function` takes for a yes itself.

    A page that is left in that moment is asked anew. Raises: AssertionError, when it was never yes.
    """
    until = monotonic() + seconds
    while monotonic() < until:
        try:
            if page.evaluate(question):
                return
        except Error as left:
            if "Execution context was destroyed" not in left.message:
                raise
        page.wait_for_timeout(100)
    raise AssertionError(f"{page.url}: never true in {seconds:.0f} s: {question}")


def assert_sound(page: Page) -> None:
    """Find nothing with axe (WCAG 2.2 AA) and no sideways scroll, once the page's heading, or a dialog over it, can be heard.

    A dialog that is gone leaves the page inert for a moment, to axe a page without heading and landmark; to `get_by_role` it is
    there, and its heading may be that of the page before. One that goes while axe looks: the page is looked at again without it.
    Lists are scrolled to their top first: a row half way under the head that stays is as large as any other.
    """
    for _ in range(TRIES):
        heard = page.wait_for_function(HEARD).json_value()
        page.evaluate("document.querySelectorAll('main *').forEach(part => { if (part.scrollTop) part.scrollTop = 0 })")
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE())
        found = page.evaluate(RUN, RULES)
        if page.evaluate(HEARD) == heard:
            break
    else:
        raise AssertionError(f"{page.url} changed each of the {TRIES} times that axe looked at it\nThe page shows: {_shown(page)}")
    assert found == [], f"{page.url}: {json.dumps(found, ensure_ascii=False, indent=1)}\nThe page shows: {_shown(page)}"
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, f"{page.url} is {wider} px wider than the window"


def _shown(page: Page) -> str:
    """Say the last letters of what the page shows: a dialog, which hides all else from who listens, stands at its end."""
    return page.locator("body").inner_text()[-500:]
