"""How places that bear a number are said."""


def ordinal_suffix(number: int, *, language: str) -> str:
    """Give what follows a number that orders constituencies: 1re, 3e in French; 1st, 3rd, 12th in English."""
    if language == "fr":
        return "re" if number == 1 else "e"
    if 10 < number % 100 < 14:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def aside(name: str) -> str:
    """Give what a name adds in brackets: the part of the world of a seat abroad; nothing where it adds none."""
    return name[name.rindex("(") + 1 : -1] if name.endswith(")") and "(" in name else ""
