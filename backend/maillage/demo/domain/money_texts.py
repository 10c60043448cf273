"""What the demo's funds say, in French and English: two invented recipients, whose association, party and numbers nobody bears."""

from typing import Any

PARTY: dict[str, Any] = {
    "code": "rive-commune",
    "legal_name": "Association de financement de Rive commune",
    "address": "3 quai de l’Exemple, 26000 Valence",
    "phone": "+33199000000",
    "email": "dons@rive-commune.example",
    "party": "Rive commune",
    "iban": "FR1420041010050500013M02606",
    "creditor_id": "FR00ZZZ123456",
}
"""The association of financing of a party that does not exist; the account's number is the one of textbooks, the
telephone's one of those that France keeps for films."""

ASSOCIATION: dict[str, Any] = {
    "code": "une-personne",
    "legal_name": "Une personne en face",
    "address": "1 rue de l’Exemple, 75000 Paris",
    "registration": "W000000000",
    "purpose": "Aider chacune et chacun dans ses démarches, avec une personne en face.",
    "quality": "Association d’intérêt général",
    "signatory": "Camille Exemple, trésorière",
}

TEXTS: dict[str, dict[str, dict[str, Any]]] = {
    "rive-commune": {
        "fr": {
            "name": "Rive commune",
            "title": "Payez le trajet d’un relais vers son rendez-vous.",
            "lead": "Le même jour, 577 permanences. La route est notre première dépense.",
            "uses": [
                [1000, "un aller-retour de 90 km, comme de Nyons à Crest"],
                [5000, "la salle et le café d’une soirée publique"],
                [20000, "la formation d’un relais, de l’appel à la première rencontre"],
            ],
            "other_ways": "Par chèque à l’ordre de l’Association de financement de Rive commune, 3 quai de l’Exemple, 26000 Valence. "
            "Par virement : écrivez-nous, nous vous envoyons le numéro du compte.",
            "thanks": "Quelqu’un prendra la route grâce à vous.",
        },
        "en": {
            "name": "Common Shore",
            "title": "Pay the way of a relay to their meeting.",
            "lead": "577 constituency offices on one day. The road is our first expense.",
            "uses": [
                [1000, "a return trip of 90 km, as from Nyons to Crest"],
                [5000, "the room and the coffee of a public evening"],
                [20000, "the training of a relay, from the first call to the first meeting"],
            ],
            "other_ways": "By cheque to the order of Association de financement de Rive commune, 3 quai de l’Exemple, 26000 Valence. "
            "By bank transfer: write to us, and we send you the number of the account.",
            "thanks": "Somebody will take the road because of you.",
        },
    },
    "une-personne": {
        "fr": {
            "name": "Une personne en face",
            "title": "Une heure de permanence, une démarche qui aboutit.",
            "lead": "Des bénévoles reçoivent, deux fois par semaine, qui n’y arrive pas seul devant un écran.",
            "uses": [
                [1500, "une heure de permanence dans une bibliothèque"],
                [6000, "une tablette d’occasion, remise en état"],
            ],
            "other_ways": "Par chèque à l’ordre d’Une personne en face, 1 rue de l’Exemple, 75000 Paris.",
            "thanks": "Une démarche de plus aboutira.",
        },
        "en": {
            "name": "Somebody there",
            "title": "An hour of opening, a paper that gets done.",
            "lead": "Twice a week, volunteers receive whoever cannot manage alone in front of a screen.",
            "uses": [
                [1500, "an hour of opening in a library"],
                [6000, "a second-hand tablet, mended"],
            ],
            "other_ways": "By cheque to the order of Une personne en face, 1 rue de l’Exemple, 75000 Paris.",
            "thanks": "One more paper will get done.",
        },
    },
}

ENVELOPES: dict[str, dict[str, str]] = {
    "campagne": {"fr": "Campagne nationale", "en": "National campaign"},
    "departement": {"fr": "%(place)s", "en": "%(place)s"},
    "solidarite": {"fr": "Solidarité entre circonscriptions", "en": "Solidarity between constituencies"},
}
"""Envelopes of the party's fund; the second is for the department of the demo accounts."""
