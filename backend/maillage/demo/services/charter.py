"""A charter in force, to which each holder agreed, a next version that is being discussed, and own words beside a box of a form."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from maillage.accounts.models import User
from maillage.demo.domain.charter import (
    ANSWER,
    BODY,
    NEXT_SUMMARY,
    ON_TIME,
    ON_TRAVEL,
    ON_WHOLE,
    ON_WORDS,
    OWN_SUMMARY,
    OWN_WORDS,
    TITLE,
    WORDING,
    next_body,
)
from maillage.people import services as people
from maillage.people.domain import AGREE_WITHIN, AgreedBy, CommentState, DocumentWords, Voice, paragraphs
from maillage.people.models import DocumentVersion, Person
from maillage.relays.models import Term

PROPOSED_FOR = timedelta(days=7)
PROPOSED_BEFORE = timedelta(days=3)
COMMENTS_FOR = timedelta(days=11)


def adopt_first(*, by: User, now: datetime) -> DocumentVersion:
    """Propose a charter at an instant and adopt it a week later, before anybody holds a seat."""
    texts = {language: DocumentWords(TITLE[language], BODY[language]) for language in TITLE}
    version = people.draft_charter(by=by, now=now, texts=texts)
    people.propose_version(version_id=version.pk, comments_until=(now + PROPOSED_FOR).date(), by=by, now=now)
    at = now + PROPOSED_FOR
    return people.adopt_version(version_id=version.pk, agree_by=(at + AGREE_WITHIN).date(), by=by, now=at, expected=0)


def agree(person: Person, version: DocumentVersion, *, now: datetime) -> None:
    """Let a person agree, by the link that was mailed to them."""
    people.agree_to_version(person_id=person.pk, version_id=version.pk, source=AgreedBy.LINK, language=person.language, now=now)


def propose_next(*, by: User, now: datetime) -> DocumentVersion:
    """Propose the next version, and let two relays and an organiser say what they think; one of them has an answer."""
    at = now - PROPOSED_BEFORE
    texts = {language: DocumentWords(TITLE[language], next_body(language), NEXT_SUMMARY[language]) for language in TITLE}
    version = people.draft_charter(by=by, now=at, texts=texts)
    version = people.propose_version(version_id=version.pk, comments_until=(now + COMMENTS_FOR).date(), by=by, now=at)
    reads = paragraphs(next_body("fr"))
    on_time = next(index for index, words in enumerate(reads) if "Une action par mois" in words)
    relay = Person.objects.get(user__email=settings.DEMO_ACCOUNTS["relay"])
    other = Term.objects.filter(ends_at__isnull=True).exclude(person=relay).select_related("person").order_by("seat__area__code").first()
    organiser = Person.objects.get(user__email=settings.DEMO_ACCOUNTS["department_organiser"])
    first = _say(version, other.person if other else relay, Voice.RELAY, ON_TIME, at=at + timedelta(hours=5), paragraph=on_time)
    _say(version, relay, Voice.RELAY, ON_TRAVEL, at=at + timedelta(hours=20), paragraph=on_time + 2)
    _say(version, organiser, Voice.ORGANISER, ON_WHOLE, at=at + timedelta(hours=31), paragraph=None)
    people.answer_comment(comment_id=first, state=CommentState.TAKEN_IN, answer=ANSWER, by=by, now=at + timedelta(hours=40))
    return version


def propose_words(*, by: User, now: datetime) -> DocumentVersion:
    """Propose own words beside the box of news, of which a relay says what they think."""
    at = now - PROPOSED_BEFORE
    texts = {language: DocumentWords("", words, OWN_SUMMARY[language]) for language, words in OWN_WORDS.items()}
    version = people.draft_wording(slug=WORDING, by=by, now=at, texts=texts)
    version = people.propose_version(version_id=version.pk, comments_until=(now + COMMENTS_FOR).date(), by=by, now=at)
    relay = Person.objects.get(user__email=settings.DEMO_ACCOUNTS["relay"])
    _say(version, relay, Voice.RELAY, ON_WORDS, at=at + timedelta(hours=22), paragraph=0)
    return version


def _say(version: DocumentVersion, person: Person, voice: Voice, words: str, *, at: datetime, paragraph: int | None) -> UUID:
    comment = people.write_comment(
        version_id=version.pk, person_id=person.pk, voice=voice, language="fr", words=words, paragraph=paragraph, now=at
    )
    return comment.pk
