"""One spelling for each telephone number: the international one (E.164), by the plans of `telephones.toml`."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_NOT_DIALLED = re.compile(r"[\s.\-()/\u200b-\u200f\u2010-\u2015\u202a-\u202e\u2060-\u2069\ufeff]+")
"""Spaces, dots, hyphens, brackets, and the invisible marks that come along when a number is copied from a telephone."""
_PAIR = re.compile("..?")


@dataclass(frozen=True, slots=True)
class Plan:
    """How numbers of a country code are dialled: `trunk` within the country only, `moved` to other codes by their first digits."""

    code: str
    trunk: str
    lengths: frozenset[int]
    moved: Mapping[str, str] = field(default_factory=dict)

    def without_trunk(self, digits: str) -> str:
        """Drop what is dialled within the country only; a number never begins with nought where nought is that."""
        if self.trunk and digits.startswith(self.trunk) and (self.trunk[0] == "0" or len(digits) not in self.lengths):
            return digits[len(self.trunk) :]
        return digits


def international(typed: str, *, country: str) -> str:
    """Spell a number as `+33612345678`, whichever way it was typed; empty where it cannot be read.

    One in national form is read as in the country (ISO 3166-1), also where a spreadsheet took its nought or its `+`.
    """
    number = _NOT_DIALLED.sub("", typed)
    if number[:2] == "00":
        number = f"+{number[2:]}"
    if number[:1] == "+":
        plan = _plan_of(number)
        digits = plan.without_trunk(number[1 + len(plan.code) :]) if plan else ""
    else:
        plan = PLANS.get(COUNTRIES.get(country, ""))
        digits = plan.without_trunk(number) if plan else ""
        if plan and len(digits) not in plan.lengths and number.startswith((plan.code, *plan.moved.values())):
            return international(f"+{number}", country=country)
    if plan is None or len(digits) not in plan.lengths or not (digits.isascii() and digits.isdigit()):
        return ""
    return f"+{plan.moved.get(digits[:3], plan.code)}{digits}"


def spellings(number: str) -> set[str]:
    """In which ways an international number is mostly typed: what a cell of a file may hold. One that could not be read is itself."""
    plan = _plan_of(number) if number.startswith("+") else None
    if plan is None:
        return {number}
    digits = number[1 + len(plan.code) :]
    homes = [home for home in PLANS.values() if plan.code in home.moved.values()] or [plan]
    national = {f"{home.trunk}{digits}" for home in homes}
    apart = {sign.join(_PAIR.findall(spelt)) for spelt in national for sign in " .-"}
    abroad = f"+{plan.code} {digits[:1]} {' '.join(_PAIR.findall(digits[1:]))}"
    return {number, f"00{number[1:]}", number[1:], digits, abroad, *national, *apart}


def _plan_of(number: str) -> Plan | None:
    """Find the plan of an international number: no country code begins with another one."""
    return PLANS.get(number[1:2]) or PLANS.get(number[1:3]) or PLANS.get(number[1:4])


def _lengths(text: str) -> frozenset[int]:
    """Read how many digits: `6 8-10`."""
    spans = [(part.partition("-")[0], part.rpartition("-")[2]) for part in text.split()]
    return frozenset(length for least, most in spans for length in range(int(least), int(most) + 1))


_TABLE: dict[str, Any] = tomllib.loads(Path(__file__).with_name("telephones.toml").read_text(encoding="utf-8"))
PLANS: Mapping[str, Plan] = {
    code: Plan(code=code, trunk=trunk, lengths=_lengths(lengths), moved=_TABLE["moved"].get(code, {}))
    for code, (trunk, lengths) in _TABLE["plans"].items()
}
COUNTRIES: Mapping[str, str] = _TABLE["countries"]
