"""What the page of the caught mails says, in the reader's language."""

TEXTS = {
    "en": {
        "title": "Caught mails",
        "standin": "A stand-in for this machine only: Maillage hands its mails over here by SMTP, and none leaves.",
        "search": "Address or subject",
        "find": "Search",
        "all": "All mails",
        "empty": "Nothing has been sent yet.",
        "none": "No mail is about “{words}”.",
        "delete": "Delete all",
        "count": "{count} mails",
        "one": "1 mail",
        "to": "To",
        "from": "From",
        "html": "As shown",
        "text": "Plain text",
        "headers": "Headers",
        "file": "Whole mail (.eml)",
        "attached": "Attached",
        "nohtml": "This mail has no HTML part.",
        "notext": "This mail has no plain-text part.",
        "missing": "This mail is not here (any more).",
        "newer": "Newer",
        "older": "Older",
    },
    "fr": {
        "title": "Courriels interceptés",
        "standin": "Doublure pour cette machine seulement : Maillage remet ici ses courriels par SMTP, et aucun ne part.",
        "search": "Adresse ou objet",
        "find": "Chercher",
        "all": "Tous les courriels",
        "empty": "Rien n’a encore été envoyé.",
        "none": "Aucun courriel ne correspond à « {words} ».",
        "delete": "Tout supprimer",
        "count": "{count} courriels",
        "one": "1 courriel",
        "to": "À",
        "from": "De",
        "html": "Tel qu’affiché",
        "text": "Texte brut",
        "headers": "En-têtes",
        "file": "Courriel entier (.eml)",
        "attached": "Pièces jointes",
        "nohtml": "Ce courriel n’a pas de partie HTML.",
        "notext": "Ce courriel n’a pas de partie en texte brut.",
        "missing": "Ce courriel n’est pas (ou plus) ici.",
        "newer": "Plus récents",
        "older": "Plus anciens",
    },
}


def language_of(accepted: str) -> str:
    """Choose between the two languages from an Accept-Language header; English when neither is named."""
    wanted = (part.strip()[:2].lower() for part in accepted.split(","))
    return next((language for language in wanted if language in TEXTS), "en")
