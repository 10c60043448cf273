"""Names of invented people. Given and family names are common ones; nobody in particular is meant."""

GIVEN_NAMES = (
    "Camille", "Nadia", "Samir", "Inès", "Thomas", "Aïcha", "Bastien", "Julie", "Karim", "Noémie",
    "Hugo", "Fatou", "Yann", "Louise", "Mehdi", "Solène", "Rachid", "Élise", "Antoine", "Maïwenn",
    "Lucas", "Awa", "Jeanne", "Paul", "Leïla", "Arnaud", "Chloé", "Moussa", "Claire", "Étienne",
    "Sarah", "Gaël", "Amina", "Romain", "Agathe", "Ibrahim", "Manon", "Pierre", "Thi-Mai", "Vincent",
)  # fmt: skip

FAMILY_NAMES = (
    "Vernoux", "Aubrac", "Quillien", "Delestre", "Fontanel", "Chastain", "Montagnier", "Rivoire", "Lanoë", "Berthomieu",
    "Delmas", "Querrien", "Pastourel", "Grézy", "Vauclair", "Teyssier", "Belkacem", "Ferhat", "Diarra", "Le Goff",
    "Marchal", "Sorel", "Castaing", "Haddad", "Poirel", "Etcheverry", "Nguyen", "Rouvière", "Bonnard", "Kervella",
    "Mazière", "Traoré", "Lacombe", "Schmitt", "Vidal", "Paoli", "Hoarau", "Tanguy", "Fabre", "Mercier",
    "Oulhaj", "Darras", "Cazenave", "Weiss", "Besson", "Lemaître", "Carpentier", "Ollivier", "Gauthier", "Moreau",
)  # fmt: skip


def full_name(number: int) -> tuple[str, str]:
    """Name the n-th invented person; the first 2,000 are all different."""
    return GIVEN_NAMES[number % len(GIVEN_NAMES)], FAMILY_NAMES[(number * 7 + number // len(GIVEN_NAMES)) % len(FAMILY_NAMES)]
