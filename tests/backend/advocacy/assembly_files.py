"""Files as the Assemblée nationale publishes them, small."""

import json
import zipfile
from pathlib import Path
from typing import Any


def zipped(tmp_path: Path, documents: dict[str, object]) -> str:
    """An archive of documents, by their names in it."""
    path = tmp_path / "archive.json.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, document in documents.items():
            archive.writestr(name, document if isinstance(document, str) else json.dumps(document))
    return str(path)


def voters(*numbers: str) -> Any:
    """A list of voters, as it writes one: nothing, one object, or several in a list."""
    named = [{"acteurRef": number, "mandatRef": "PM1", "parDelegation": "false"} for number in numbers]
    return {"votant": named if len(named) > 1 else named[0]} if named else None


def scrutin(number: int = 12, *, corrected: object = None, result: str = "adopté", **lists: Any) -> dict[str, Any]:
    """One roll call of the 17th legislature; `lists` by its own names for them."""
    return {
        "scrutin": {
            "@xmlns": "http://schemas.assemblee-nationale.fr/referentiel",
            "uid": f"VTANR5L17V{number}",
            "numero": str(number),
            "legislature": "17",
            "dateScrutin": "2026-10-14",
            "titre": "l'ensemble de la proposition de loi sur le guichet humain (première lecture).",
            "sort": {"code": result, "libelle": "L'Assemblée nationale a adopté"},
            "syntheseVote": {"nombreVotants": "4", "decompte": {"pour": "2", "contre": "1", "abstentions": "1", "nonVotants": "1"}},
            "ventilationVotes": {"organe": {"groupes": {"groupe": [{"organeRef": "PO1", "vote": {"decompteNominatif": lists}}]}}},
            "miseAuPoint": corrected,
        }
    }
