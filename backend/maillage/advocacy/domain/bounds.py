"""How long the texts of a published list may be: what is longer is no such list, and is refused before anything is written."""

from collections.abc import Mapping

GROUP_MOST = {"code": 32, "abbreviation": 32, "name": 200}
HOLDER_MOST = {"external_id": 64, "civility": 16, "given_name": 100, "family_name": 100, "office_email": 254, "profile_url": 200}
SEAT_MOST = 64
OFFICE_MOST = {"external_id": 64, "title": 200, "organ": 300}
ROLL_CALL_MOST = {"external_id": 64, "number": 32, "title": 1000, "address": 500}


def require_fitting(said: object, most: Mapping[str, int]) -> None:
    """Let through what has no text longer than is kept. Raises: ValueError."""
    for name, longest in most.items():
        if len(getattr(said, name)) > longest:
            raise ValueError(f"{name} is longer than {longest} letters")
