"""What the demo campaign says, in French and English: keep a human desk for whoever has no way on-line."""

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
