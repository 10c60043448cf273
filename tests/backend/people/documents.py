"""The charter as situations: in force, proposed, agreed to."""

from datetime import date, datetime, timedelta

from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.people import services
from maillage.people.domain import AgreedBy, DocumentWords, bound_by
from maillage.people.models import Agreement, DocumentVersion, Person
from maillage.people.selectors import day_of_house

BODY = "Un relais écoute.\n\nIl dit ce qu’il a entendu.\n\n- sans juger\n- sans compter"
TEXTS = {
    "fr": DocumentWords("Charte des relais", BODY),
    "en": DocumentWords("Charter of relays", "A relay listens.\n\nThey say what they heard."),
}
NEXT_TEXTS = {
    "fr": DocumentWords("Charte des relais", f"{BODY}\n\nOn lui répond sous trois jours.", "On promet une réponse."),
    "en": DocumentWords("Charter of relays", "A relay listens.\n\nThey say what they heard, and where.", "A promise more."),
}

OWN_WORDS = "Nous pouvons vous écrire."


def house_day(days: int, *, at: datetime | None = None) -> date:
    """Return the day of the organisation, which says until when a text is discussed, so many days from an instant (now)."""
    return day_of_house(at or now()) + timedelta(days=days)


def make_charter(*, at: datetime | None = None, texts: dict[str, DocumentWords] | None = None) -> DocumentVersion:
    """A charter in force, which nobody has agreed to."""
    proposed = propose_charter(at=at, texts=texts or TEXTS)
    return services.adopt_version(
        version_id=proposed.pk, agree_by=house_day(30, at=at), by=None, now=at or now(), expected=len(bound_by("charter"))
    )


def propose_charter(
    *, at: datetime | None = None, texts: dict[str, DocumentWords] | None = None, days: int = 14, members_comment: bool = False
) -> DocumentVersion:
    """A version open for comments."""
    draft = draft_charter(at=at, texts=texts or NEXT_TEXTS)
    return services.propose_version(
        version_id=draft.pk, comments_until=house_day(days, at=at), by=None, now=at or now(), members_comment=members_comment
    )


def draft_charter(*, at: datetime | None = None, texts: dict[str, DocumentWords] | None = None, by: User | None = None) -> DocumentVersion:
    return services.draft_charter(by=by, now=at or now(), texts=texts)


def draft_wording(slug: str = "relay_contact", words: str = OWN_WORDS, *, at: datetime | None = None) -> DocumentVersion:
    """The organisation's own words for a box, not shown to anybody yet."""
    texts = {"fr": DocumentWords("", words), "en": DocumentWords("", f"{words} (en)")}
    return services.draft_wording(slug=slug, by=None, now=at or now(), texts=texts)


def propose_wording(slug: str = "relay_contact", words: str = OWN_WORDS, *, at: datetime | None = None) -> DocumentVersion:
    draft = draft_wording(slug, words, at=at)
    return services.propose_version(version_id=draft.pk, comments_until=house_day(14, at=at), by=None, now=at or now())


def adopt_wording(slug: str = "relay_contact", words: str = OWN_WORDS, *, at: datetime | None = None) -> DocumentVersion:
    """The organisation's own words for a box, in force."""
    return services.adopt_version(version_id=propose_wording(slug, words, at=at).pk, by=None, now=at or now())


def agree(person: Person, version: DocumentVersion) -> Agreement:
    """Somebody agreed in the app."""
    return services.agree_to_version(person_id=person.pk, version_id=version.pk, source=AgreedBy.APP, language="fr", now=now())
