"""Which column holds what, guessed from the words above it, in French and English."""

from collections.abc import Mapping, Sequence

from maillage.kernel.text import fold
from maillage.people.domain.imports import ImportField

_WORDS: dict[ImportField, str] = {
    ImportField.GIVEN_NAME: "prenom|prenoms|prenom usuel|given name|first name|firstname|forename|givenname",
    ImportField.FAMILY_NAME: "nom|nom de famille|nom usuel|nom d usage|family name|last name|lastname|surname|familyname|name",
    ImportField.EMAIL: (
        "email|e mail|mail|courriel|adresse email|adresse e mail|adresse mail|adresse electronique|email address|e mail address|mel"
    ),
    ImportField.PHONE: (
        "telephone|tel|portable|mobile|telephone portable|telephone mobile|numero de telephone|phone|phone number|mobile phone|gsm"
    ),
    ImportField.POSTAL_CODE: "code postal|cp|codepostal|postcode|postal code|zip|zip code|zipcode",
    ImportField.COMMUNE: "commune|ville|localite|city|town|municipality|nom commune|libelle commune",
    ImportField.COMMUNE_CODE: "code insee|insee|code commune|codecommune|code insee commune|commune code|municipality code",
    ImportField.CONSTITUENCY: "circonscription|circo|code circonscription|circonscription legislative|constituency|constituency code|seat",
    ImportField.LANGUAGE: "langue|language|locale|lang",
    ImportField.BIRTH_DATE: "date de naissance|naissance|ne le|ne e le|nee le|birth date|date of birth|birthdate|dob|birthday",
}
_KNOWN = {word: field for field, words in _WORDS.items() for word in words.split("|")}


def proposed_fields(headings: Sequence[str], *, remembered: Mapping[str, str]) -> dict[str, int]:
    """Propose a column for each thing that a heading names: what was chosen for that heading before, else what its words say.

    `remembered` maps a folded heading to a field, or to nothing where the column was left out. A field takes one column, the first.
    """
    found: dict[str, int] = {}
    for column, heading in enumerate(headings):
        word = fold(heading)
        field = remembered.get(word, _KNOWN.get(word, ""))
        if field in ImportField.values:
            found.setdefault(field, column)
    return found
