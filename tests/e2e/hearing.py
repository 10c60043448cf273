"""What somebody hears who does not see: the scripts of `docs/screen-reader`, held against the pages that run.

A script is a page of Markdown: a step a heading that ends in `{its_name}`, below it a table of key, French and English. What is heard is
written as Chromium tells it to a screen reader; `read` below knows the few forms. `hear` finds a step's lines on a page in the order of
reading, and presses Tab through those that are reached by it.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page

SCRIPTS = Path(__file__).resolve().parents[2] / "docs" / "screen-reader"
LANGUAGES = ("fr", "en")
READ, TAB, FOCUS = "↓", "Tab", "focus"
KEYS = (READ, "H", "D", TAB, FOCUS)
MOST_PRESSES = 90
PATIENCE = 20
"""How often a page that still moves is read again, a tenth of a second apart."""

ANYTHING = "…"
SILENT = {"none", "generic", "InlineTextBox", "RootWebArea", "LineBreak", "ListMarker", "MenuListPopup"}
WORDS_OF_STATES = {
    "checked": {"true": "checked", "false": "not checked", "mixed": "partly checked"},
    "pressed": {"true": "pressed", "false": "not pressed"},
    "expanded": {"true": "expanded", "false": "collapsed"},
    "selected": {"true": "selected", "false": ""},
    "required": {"true": "required", "false": ""},
    "disabled": {"true": "disabled", "false": ""},
    "modal": {"true": "modal", "false": ""},
}
_LINE = re.compile(r'(?P<role>[A-Za-z]+)(?: "(?P<name>[^"]*)")?(?P<states>(?: \[[^\]]+\])*)(?: (?P<how>described|says) "(?P<said>[^"]*)")?')
_ROW = re.compile(r"\| (?P<key>[^|]+?) \| `(?P<fr>[^`]+)` \| `(?P<en>[^`]+)` \|")
_BEFORE_A_MARK = re.compile(r" (?=[.,:;!?%»)])")
_STEP = re.compile(r"## .+ \{(?P<name>[a-z_]+)\}")


@dataclass(frozen=True)
class Heard:
    """One thing of a page: its role, its name, its states, and what it says or is described by."""

    role: str
    name: str = ""
    states: frozenset[str] = frozenset()
    described: str = ""
    says: str = ""

    def answers(self, wanted: "Heard") -> bool:
        """Say whether this is what a script expects: its role, each text that it writes, and at least its states."""
        return (
            self.role == wanted.role
            and wanted.states <= self.states
            and all(
                not there or _like(there).fullmatch(here) is not None
                for there, here in ((wanted.name, self.name), (wanted.described, self.described), (wanted.says, self.says))
            )
        )

    def __str__(self) -> str:
        """Write it as a script does."""
        name = f' "{self.name}"' if self.name else ""
        states = "".join(f" [{state}]" for state in sorted(self.states))
        more = f' described "{self.described}"' if self.described else f' says "{self.says}"' if self.says else ""
        return f"{self.role}{name}{states}{more}"


@dataclass(frozen=True)
class Line:
    """One line of a script: by which key, and what is heard then, by language."""

    key: str
    heard: dict[str, Heard]


def read(words: str) -> Heard:
    """Read `role "name" [state] described "…"` or `role says "…"`; `…` in a text is anything.

    Raises: ValueError.
    """
    found = _LINE.fullmatch(words)
    if not found:
        raise ValueError(f"not in the form of a script: {words}")
    said = found["said"] or ""
    return Heard(
        role=found["role"],
        name=found["name"] or "",
        states=frozenset(re.findall(r"\[([^\]]+)\]", found["states"])),
        described=said if found["how"] == "described" else "",
        says=said if found["how"] == "says" else "",
    )


@cache
def steps_of(journey: str) -> dict[str, list[Line]]:
    """Read a script, step by step. Raises: ValueError for a line of a table in another form."""
    found: dict[str, list[Line]] = {}
    step: list[Line] = []
    for number, line in enumerate((SCRIPTS / f"{journey}.md").read_text().splitlines(), start=1):
        if heading := _STEP.fullmatch(line):
            step = found.setdefault(heading["name"], [])
        elif row := _ROW.fullmatch(line):
            key = row["key"].strip("`")
            if key not in KEYS:
                raise ValueError(f"{journey}.md:{number}: no such key: {key}")
            step.append(Line(key, {language: read(row[language]) for language in LANGUAGES}))
        elif line.startswith("## ") or (line.startswith("|") and not line.startswith(("| Key ", "|---"))):
            raise ValueError(f"{journey}.md:{number}: a step is `## Words {{name}}`, a line `| key | `French` | `English` |`: {line}")
    return found


def hear(page: Page, language: str, journey: str, step: str) -> None:
    """Hear on the page what a step of a script says, in its order, and reach by Tab what is reached so."""
    lines = [(line.key, line.heard[language]) for line in steps_of(journey)[step]]
    listener = page.context.new_cdp_session(page)
    try:
        _find_all(page, listener, [(key, wanted) for key, wanted in lines if key != FOCUS], f"{journey}, {step}")
        for wanted in [wanted for key, wanted in lines if key == FOCUS]:
            _focus_comes(page, listener, wanted, f"{journey}, {step}")
        _tab_through(page, listener, [wanted for key, wanted in lines if key == TAB], f"{journey}, {step}")
    finally:
        listener.detach()


def _find_all(page: Page, listener: CDPSession, lines: list[tuple[str, Heard]], where: str) -> None:
    missing, heard = "", list[Heard]()
    for _ in range(PATIENCE):
        heard = _everything(listener)
        at, missing = 0, ""
        for key, wanted in lines:
            place = next((place for place in range(at, len(heard)) if heard[place].answers(wanted)), None)
            if place is None:
                missing = f"{where}: no {wanted} ({key}) on {page.url} after {heard[at - 1] if at else 'its beginning'}; what follows:"
                break
            at = place + 1
        if not missing:
            return
        page.wait_for_timeout(100)
    raise AssertionError("\n  ".join([missing, *map(str, heard[at : at + 60])]))


def _focus_comes(page: Page, listener: CDPSession, wanted: Heard, where: str) -> None:
    focused = _focused(listener, with_text=True)
    for _ in range(PATIENCE):
        if focused is not None and focused.answers(wanted):
            return
        page.wait_for_timeout(100)
        focused = _focused(listener, with_text=True)
    raise AssertionError(f"{where}: {focused} has the focus on {page.url}, not {wanted}")


def _tab_through(page: Page, listener: CDPSession, wanted: list[Heard], where: str) -> None:
    met: list[str] = []
    for each in wanted:
        while True:
            page.keyboard.press("Tab")
            focused = _focused(listener)
            met.append(str(focused))
            if focused and focused.answers(each):
                break
            assert len(met) < MOST_PRESSES, f"{where}: Tab does not reach {each} on {page.url}, but:\n  " + "\n  ".join(met)


def _everything(listener: CDPSession) -> list[Heard]:
    """All that is not silent, in the order of reading."""
    nodes = {node["nodeId"]: node for node in listener.send("Accessibility.getFullAXTree")["nodes"]}
    found: list[Heard] = []

    def walk(node: dict[str, Any]) -> None:
        if not node["ignored"] and _value(node, "role") not in SILENT:
            found.append(_heard(node, nodes))
        for child in node.get("childIds", []):
            if child in nodes:
                walk(nodes[child])

    for node in nodes.values():
        if "parentId" not in node:
            walk(node)
    return found


def _focused(listener: CDPSession, *, with_text: bool = False) -> Heard | None:
    element = listener.send("Runtime.evaluate", {"expression": "document.activeElement"})["result"]
    if "objectId" not in element:
        return None
    (node,) = listener.send("Accessibility.getPartialAXTree", {"objectId": element["objectId"], "fetchRelatives": False})["nodes"]
    if not with_text:
        return _heard(node, {})
    nodes = {each["nodeId"]: each for each in listener.send("Accessibility.getFullAXTree")["nodes"]}
    return _heard(nodes.get(node["nodeId"], node), nodes)


def _heard(node: dict[str, Any], nodes: dict[str, dict[str, Any]]) -> Heard:
    name = _plain(_value(node, "name"))
    properties = {each["name"]: each["value"].get("value") for each in node.get("properties", [])}
    states = {words[json.dumps(properties[key]).strip('"')] for key, words in WORDS_OF_STATES.items() if key in properties}
    if properties.get("invalid", "false") not in ("false", False):
        states.add("invalid")
    if "level" in properties:
        states.add(f"level {properties['level']}")
    return Heard(
        role=_value(node, "role"),
        name=name,
        states=frozenset(states - {""}),
        described=_plain(_value(node, "description")),
        says=_plain(_value(node, "value")) or ("" if name else _plain(_text(node, nodes))),
    )


def _text(node: dict[str, Any], nodes: dict[str, dict[str, Any]]) -> str:
    children = [nodes[child] for child in node.get("childIds", []) if child in nodes]
    return " ".join(_value(child, "name") if _value(child, "role") == "StaticText" else _text(child, nodes) for child in children)


def _value(node: dict[str, Any], key: str) -> str:
    return str(node.get(key, {}).get("value", ""))


def _plain(text: str) -> str:
    """Let spaces be one kind of space and stand between words only, and quotation marks not end a text."""
    return _BEFORE_A_MARK.sub("", " ".join(text.split())).replace('"', "”")


@cache
def _like(words: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(piece) for piece in _plain(words).split(ANYTHING)), re.DOTALL)
