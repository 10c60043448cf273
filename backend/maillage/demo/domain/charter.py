"""The demo's charter of relays: the version in force, the one proposed, and what is said of it."""

TITLE = {"fr": "La charte des relais", "en": "The charter of relays"}

BODY = {
    "fr": """Un relais est une personne d’ici, qui répond d’un lieu. Cette page dit ce que vous promettez en tenant un siège, et ce que nous vous promettons en retour. Elle ne demande ni étiquette, ni expérience, ni argent.

## Ce que promet un relais

**J’écoute avant de parler.** J’accueille qui vient, quelle que soit son opinion, et je ne note l’opinion de personne.

**Je dis vrai.** Quand je ne sais pas, je le dis. Je rapporte ce que j’ai entendu avec les mots de la personne, et rien de plus.

**Je réponds.** À chaque brief, je dis oui ou non avant la date. Un non suffit, sans raison à donner. Un oui, je le tiens, ou je préviens.

**Je garde ce qu’on me confie.** Les noms et les numéros que je vois servent à cette campagne. Je ne les recopie pas, je ne les transmets à personne, et je les rends en partant.

**Je reste correct.** Ni insulte, ni menace, ni mise en scène : la personne élue en face de moi est une personne. Je ne lui offre rien et n’accepte rien d’elle.

**Je passe la main.** Si je n’ai plus le temps, je le dis et je laisse la place. Partir n’est pas un échec.

## Ce que l’organisation vous promet

**Une voix, sous 48 heures.** Quelqu’un vous appelle, dont vous avez le nom. Quand nous manquons à cette promesse, nous le disons et le comptons.

**Jamais au front sans brief.** Une page avant chaque action : ce que nous demandons, où, quand, et que répondre.

**Votre temps est le vôtre.** Deux actions par mois au plus. Vous faites une pause quand vous voulez, sans vous justifier.

**Vos données restent à vous.** Vous voyez ce que nous savons de vous et qui l’a lu. Votre prénom n’est public que si vous le choisissez.

**Nous sommes derrière vous.** En cas de menace ou d’insulte, une personne nommée vous répond le jour même.

**La décision s’écrit ensemble.** Cette charte ne change pas sans que les relais aient lu la proposition et l’aient commentée.

## Comment elle s’applique

Vous vous engagez tant que vous tenez un siège, et vous le quittez le jour que vous voulez. Si quelque chose ne va pas, on s’appelle d’abord. Seul un manquement grave à la parole donnée met fin à un mandat, par une personne qui organise, qui vous en dit la raison.""",
    "en": """A relay is a person from here who answers for a place. This page says what you promise by holding a seat, and what we promise you in return. It asks for no label, no experience and no money.

## What a relay promises

**I listen before I speak.** I welcome whoever comes, whatever they think, and write down nobody’s opinion.

**I tell the truth.** When I do not know, I say so. I report what I heard in the person’s own words, and nothing more.

**I answer.** To each brief I say yes or no before the day. A no is enough, with no reason given. A yes I keep, or I call ahead.

**I keep what I am trusted with.** The names and numbers that I see serve this campaign. I do not copy them, I pass them on to nobody, and I give them back when I leave.

**I stay decent.** No insult, no threat, no stunt: the elected person in front of me is a person. I offer them nothing and accept nothing from them.

**I hand over.** When I no longer have the time, I say so and make room. Leaving is no failure.

## What the organisation promises you

**A voice, within 48 hours.** Somebody calls you, whose name you have. When we break this promise we say so, and count it.

**Never sent out without a brief.** One page before each action: what we ask, where, when, and what to answer.

**Your time is yours.** Two actions a month at most. You take a break when you like, without giving a reason.

**Your data stays yours.** You see what we know of you and who read it. Your first name is public only if you choose so.

**We stand behind you.** If you are threatened or insulted, a named person answers you the same day.

**We decide in writing, together.** This charter does not change before relays have read the proposal and commented on it.

## How it applies

You agree for as long as you hold a seat, and you leave it on any day you like. If something is wrong, we call each other first. Only a grave breach of one’s word ends a term, by an organiser, who tells you the reason.""",
}

NEXT_SUMMARY = {
    "fr": "Une action par mois au lieu de deux, et une promesse de plus : on vous rembourse le trajet.",
    "en": "One action a month instead of two, and one more promise: your travel is paid back.",
}

_CHANGES = {
    "fr": (
        ("Deux actions par mois au plus.", "Une action par mois au plus."),
        (
            "**Nous sommes derrière vous.**",
            "**Vous n’en êtes pas de votre poche.** Le trajet jusqu’à la permanence est remboursé sous quinze jours, sur un ticket ou "
            "une photo.\n\n**Nous sommes derrière vous.**",
        ),
    ),
    "en": (
        ("Two actions a month at most.", "One action a month at most."),
        (
            "**We stand behind you.**",
            "**You are not out of pocket.** Your travel to the office is paid back within a fortnight, on a ticket or a photo.\n\n"
            "**We stand behind you.**",
        ),
    ),
}


def next_body(language: str) -> str:
    """Return the proposed text: the one in force with its changes."""
    body = BODY[language]
    for before, after in _CHANGES[language]:
        body = body.replace(before, after)
    return body


ON_TIME = "Une par mois, c’est mieux. Chez nous la permanence est à quarante minutes : deux, je ne tenais pas."
ON_TRAVEL = "Et pour qui vient à vélo ou à pied ? Proposez un forfait, sinon seuls les tickets de train comptent."
ON_WHOLE = "Tout tient sur une page, gardons-la ainsi. Je la lis à voix haute aux personnes qui se proposent."
ANSWER = "C’est noté : une action par mois, sauf vote décisif, et alors nous demandons avant."
"""What is said of the proposal, and what the national organiser answers to the first."""

WORDING = "area_news"
"""The box beside which own words are proposed."""

OWN_WORDS = {
    "fr": "Je veux recevoir les nouvelles de ma circonscription par courriel, une fois par mois au plus. Ses relais et ses organisateurs se "
    "servent pour cela de cette adresse et du nom de ma circonscription, de rien d’autre. J’arrête quand je veux.",
    "en": "I want the news of my constituency by e-mail, once a month at most. Its relays and organisers use this address and the name of my "
    "constituency for that, and nothing else. I stop whenever I like.",
}
OWN_SUMMARY = {"fr": "On dit à quelle fréquence, comme on nous l’a demandé.", "en": "It says how often, as people asked."}
ON_WORDS = "« Une fois par mois au plus » : on me le demande à chaque porte. Gardons-le."
"""What a relay says of it."""
