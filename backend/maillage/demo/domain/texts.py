"""What the demo campaign says, in French and English: keep a human desk for whoever has no way on-line."""

ORGANISATION = {
    "name": "Maillage",
    "address": "1 rue de l’Exemple, 75000 Paris",
    "email": "donnees@demo.example",
    "officer": "Odile Exemple, dpo@demo.example",
    "publisher": "Camille Exemple",
    "host": "Cette machine, pour une démonstration. Rien ici n'est réel.",
}
"""Who runs the demo, invented; its name is the software's own, so that the pages show the default identity."""

NETWORK = {
    "fr": ("Personne hors ligne", "Une personne par circonscription, pour que chaque démarche puisse se faire aussi avec un être humain."),
    "en": ("Nobody off line", "One person in each constituency, so that every public service can also be had from a human being."),
}

ACTION_TITLE = {"fr": "577 rendez-vous pour garder un guichet humain", "en": "577 meetings to keep a human desk open"}

ACTION_SUMMARY = {
    "fr": "Dans chaque circonscription, le même jour, les trois mêmes questions à votre députée ou votre député.",
    "en": "In every constituency, on the same day, the same three questions to your member of parliament.",
}

ACTION_BRIEF = {
    "fr": """Nous demandons la même chose, le même jour, dans toute la France : **que chaque démarche en ligne puisse aussi se faire avec un être humain**, à moins de trente minutes de chez soi.

## Vos trois questions

1. **Voterez-vous la garantie d’un guichet humain ?** Pour toute démarche obligatoire, une adresse et un téléphone où quelqu’un répond.
2. **Viendrez-vous passer une heure dans un espace France services avec nous ?** Une date suffit.
3. **Pouvons-nous publier votre réponse ce soir ?** Lisez-lui la phrase à voix haute avant de partir.

## Si l’on vous répond « tout le monde a un téléphone »

Treize millions de personnes se disent en difficulté avec le numérique. Racontez une personne que vous connaissez : c’est plus fort qu’un chiffre.

## Avant d’y aller

- Demandez le rendez-vous à la permanence, en trois lignes.
- Venez à deux, restez vingt minutes, remerciez.
- Le soir même, soixante secondes de compte rendu suffisent.
""",
    "en": """We ask for the same thing, on the same day, all over France: **that every on-line procedure can also be done with a human being**, less than thirty minutes from home.

## Your three questions

1. **Will you vote for the right to a human desk?** For every compulsory procedure, an address and a telephone where somebody answers.
2. **Will you spend an hour in a public-service centre with us?** A date is enough.
3. **May we publish your answer tonight?** Read the sentence aloud to them before you leave.

## If you hear “everybody has a telephone”

Thirteen million people say that they struggle with digital services. Tell the story of somebody you know: it is stronger than a figure.

## Before you go

- Ask the constituency office for the meeting, in three lines.
- Go in twos, stay twenty minutes, say thank you.
- The same evening, a report of sixty seconds is enough.
""",
}

MOTIVATIONS = (
    "J’aide déjà mes voisins à remplir leurs papiers le samedi, autant que cela serve à tous.",
    "Ma mère a renoncé à une aide parce que tout se passait en ligne. Je veux que cela change.",
    "Je suis médiatrice numérique dans une bibliothèque, je vois chaque jour ceux qui décrochent.",
    "J’ai du temps depuis ma retraite et je connais bien le canton.",
    "Étudiant, je veux rencontrer mon député pour de bon, pas seulement signer une pétition.",
    "Facteur pendant trente ans, je sais qui n’a pas d’ordinateur ici.",
    "Je travaille à la mairie ; le guichet a fermé l’an dernier et les gens tournent en rond.",
    "Je n’ai jamais milité, mais la question me tient à cœur.",
)

QUOTES = (
    "Je voterai la garantie si les communes ne la paient pas seules.",
    "Je viendrai une matinée en janvier, c’est promis.",
    "Le tout-numérique a laissé trop de gens sur le bord.",
    "Il faut d’abord équiper les mairies.",
)

PREVENTED = "La permanence est fermée toute la semaine, et son équipe ne répond pas."
"""What keeps a relay of the demo from going."""

DRAFT_TITLE = {"fr": "Une heure au guichet, à deux", "en": "One hour at the desk, in twos"}

DRAFT_SUMMARY = {
    "fr": "Inviter chaque députée et chaque député à passer une heure derrière un guichet.",
    "en": "Invite every member of parliament to spend an hour behind a desk.",
}

DRAFT_BRIEF = {
    "fr": """Proposez une date, un lieu, et **restez à côté**. Une heure derrière un guichet en apprend plus qu’un rapport.

1. Choisissez l’espace France services le plus proche.
2. Demandez à l’équipe quelle heure lui convient.
3. Envoyez l’invitation, avec votre téléphone.

## Qui inviter

{{ official }}

## Ce que nous savons déjà

{{ positions }}

{{ contacts }}

## Chez vous, en chiffres

{{ figures }}

## Chez vos voisins

{{ neighbours }}
""",
    "en": """Offer a date, a place, and **stay beside them**. An hour behind a desk teaches more than a report.

1. Choose the nearest public-service centre.
2. Ask its team which hour suits them.
3. Send the invitation, with your telephone number.

## Whom to invite

{{ official }}

## What we know already

{{ positions }}

{{ contacts }}

## Your place in figures

{{ figures }}

## Next door

{{ neighbours }}
""",
}

SUBJECTS = (
    {
        "fr": {"title": "Un guichet humain partout", "decision": "Proposition de loi garantissant un guichet humain"},
        "en": {"title": "A human desk everywhere", "decision": "Bill that guarantees a human desk"},
    },
    {
        "fr": {
            "title": "Les moyens des espaces France services",
            "decision": "Projet de loi de finances, mission Cohésion des territoires",
        },
        "en": {"title": "Money for public-service centres", "decision": "Finance bill, mission on territorial cohesion"},
    },
)
"""On what MPs are asked where they stand."""

INVENTED_VOTES = (
    ("Vote inventé pour la démonstration : l'article premier, sur le guichet humain", 60, "for"),
    ("Vote inventé pour la démonstration : l'amendement qui retire les communes rurales", 12, "against"),
)
"""Title, days ago, and which vote is for the subject."""

SOURCE = "https://www.example.org/seance-publique"

MET = "Vingt minutes à la permanence. Trois questions posées, la réponse a été relue à voix haute."

DISPUTED = "La vidéo de la séance montre que cette phrase portait sur un autre texte."

NOTES = (
    ("office_holder", "Préfère les rendez-vous du vendredi matin, et demande des chiffres sur la circonscription avant de répondre."),
    ("promised", "Venir passer une heure dans un espace France services avec nous."),
    ("help", "La médiathèque prête sa salle le samedi ; demander à l’accueil une semaine avant."),
    ("next", "Rappeler la permanence pour fixer la date de la visite."),
)
"""What a relay of the demo noted: a kind and a sentence."""

HAND_OVER_WORDS = "Je change de région en fin de mois. Tout est dans mes notes, et je reste joignable deux semaines."

IMPORT = {"file": "forum-des-associations.csv", "origin": "Forum des associations de septembre, bulletins signés au stand"}

CONVERSATIONS = (
    (
        "Lucie",
        "lucie@visiteurs.example",
        "Bonjour, je viens d’emménager. Où peut-on vous rencontrer ?",
        "Bonjour Lucie, je suis au marché chaque samedi matin, près de la fontaine. Venez quand vous voulez.",
    ),
    (
        "Monsieur Abgrall",
        "abgrall@visiteurs.example",
        "Bonjour, la ligne de car vers le lycée va être supprimée. Pouvez-vous en parler à notre député ?",
        "",
    ),
)
"""Who wrote to the place of the demo's relay: name, address, words, and the answer where there is one."""
