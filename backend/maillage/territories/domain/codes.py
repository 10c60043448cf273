"""Codes of places as different sources spell them. Read on input, never written out (decision 2)."""

import re

from maillage.territories.domain.profiles import Profile, profile_of


def bare_code(code: str) -> str:
    """Reduce a code to its letters and digits, upper case: `75-02`, `7502` and ` 75 02` are the same."""
    return re.sub(r"[^0-9A-Z]", "", code.upper())


def display_code(code: str, *, country: str = "FR", kind: str = "constituency") -> str:
    """Write a code as people read it (`7502` -> `75-02`); unchanged where its country shows codes as they are."""
    profile = profile_of(country)
    display = next((rule.display for rule in profile.kinds if rule.code == kind), {}) if profile else {}
    found = re.fullmatch(display["pattern"], code) if display else None
    return found.expand(display["as"]) if found else code


def spellings_of(*, profile: Profile, code: str, parent: str, number: int | None) -> dict[str, str]:
    """Spell a seat's code in each scheme of its country: `{scheme: code}`, without those equal to the code itself."""
    if number is None:
        return {}
    spelled = {}
    for spelling in profile.spellings:
        letters = spelling.parents.get(parent, parent)
        spelled[spelling.scheme] = spelling.pattern.format(parent=letters, number=number, width=max(5 - len(letters), 1))
    return {scheme: other for scheme, other in spelled.items() if other != code}
