"""What relays writes about the charter: it is proposed, it came into force, it waits to be read."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.kernel import dates
from maillage.messaging.domain import Button, Facts, Lane, Letter, Paragraph, Purpose, Quiet, RecipientKind
from maillage.messaging.models import Message
from maillage.people import selectors as people
from maillage.people.domain import VersionState
from maillage.people.models import DocumentText, DocumentVersion, Person
from maillage.relays.models import CharterRequest, Term
from maillage.relays.selectors.waiting import charter_path
from maillage.relays.services.letter_parts import about, greeted, is_by_hand, page

_PERSON = frozenset({RecipientKind.PERSON})
_CHARTER = gettext_lazy("the charter of relays")

PROPOSED = Purpose("relays.charter_proposed", lane=Lane.MAIL, recipients=_PERSON, can_be_stopped=True, title=_CHARTER)
ADOPTED = Purpose("relays.charter_adopted", lane=Lane.MAIL, recipients=_PERSON, title=_CHARTER)
REMINDER = Purpose("relays.charter_reminder", lane=Lane.MAIL, recipients=_PERSON, title=_CHARTER)
SENT = Purpose("relays.charter_sent", lane=Lane.TRANSACTIONAL, recipients=_PERSON, title=gettext_lazy("answers about your application"))


def proposed_letter(message: Message) -> Letter:
    """Tell a holder that a version is proposed, what changes, and until when they may comment."""
    version = DocumentVersion.objects.select_related("document").get(pk=about(message), state=VersionState.PROPOSED)
    person = _person(message)
    if version.comments_until is None or not _holds(person):
        raise LookupError("they hold no seat any more, or it is closed")
    words, _is_fallback = people.text_in(version, message.language)
    until = dates.day(version.comments_until, people.zone_of_house())
    return Letter(
        subject=_("The charter may change: say what you think before %(day)s") % {"day": until},
        preview=words.summary or words.title,
        blocks=(
            Paragraph(_("%(name)s, a new version of the charter of relays is proposed.") % {"name": greeted(person)}),
            *_summary(words),
            Facts(((_("Open for comments until"), until), (_("Version"), str(version.number)))),
            Button(_("Read what changes, and comment"), f"{settings.PUBLIC_URL}/app/charter?version={version.pk}", accent=True),
            Quiet(_("Nothing changes for you today. What you agreed to holds until another version is adopted.")),
        ),
    )


def adopted_letter(message: Message) -> Letter:
    """Ask a holder to agree to the version that came into force; their term goes on."""
    request, words, until = _asked(message)
    return Letter(
        subject=_("The charter has changed: read it, and agree before %(day)s") % {"day": until},
        preview=words.summary or words.title,
        blocks=(
            Paragraph(_("%(name)s, a new version of the charter of relays is in force.") % {"name": greeted(request.person)}),
            *_summary(words),
            *_where(message, request.person),
            Paragraph(_("You go on holding your seat meanwhile. If you do not agree by %(day)s, an organiser calls you.") % {"day": until}),
            Quiet(_("Rather leave? You may leave your seat on any day, from your page. It costs nothing, and nobody will mind.")),
        ),
    )


def reminder_letter(message: Message) -> Letter:
    """Remind a holder, kindly, that the charter waits for them."""
    request, words, until = _asked(message)
    return Letter(
        subject=_("The charter still waits for you"),
        preview=words.summary or words.title,
        blocks=(
            Paragraph(
                _("%(name)s, we asked you to agree to the new charter before %(day)s, and have not seen your answer.")
                % {"name": greeted(request.person), "day": until}
            ),
            *_summary(words),
            *_where(message, request.person),
            Quiet(_("You go on holding your seat. If something in it is in your way, answer this mail: it is written together.")),
        ),
    )


def sent_letter(message: Message) -> Letter:
    """Send an applicant the charter to read and agree to, which is needed before a seat is theirs."""
    request, _words, _until = _asked(message)
    return Letter(
        subject=_("The charter of relays, to read and agree to"),
        preview=_("One page: what you would promise, and what is promised to you."),
        blocks=(
            Paragraph(_("%(name)s, before a seat is yours, you read one page.") % {"name": greeted(request.person)}),
            Paragraph(_("It says what a relay promises, and what the organisation promises in return. You agree with one button, or not.")),
            Button(_("Read the charter"), charter_page(message, request.person), accent=True),
            Quiet(_("Opening the page agrees to nothing.")),
        ),
    )


CHARTER_LETTERS = ((PROPOSED, proposed_letter), (ADOPTED, adopted_letter), (REMINDER, reminder_letter), (SENT, sent_letter))


def charter_page(message: Message, person: Person) -> str:
    """The address of the page on which one person reads the charter and agrees to it."""
    return page(message, charter_path(person.pk, now=message.queued_at))


def _where(message: Message, person: Person) -> tuple[Button | Paragraph, ...]:
    """Where the charter is read: on its page, or with whoever brings the letter."""
    if is_by_hand(message):
        return (Paragraph(_("Whoever brings you this reads it with you. If you agree, you sign it on paper.")),)
    return (Button(_("Read what changed, and agree"), charter_page(message, person), accent=True),)


def _asked(message: Message) -> tuple[CharterRequest, DocumentText, str]:
    """Return what a mail asks, the words in its language, and the day. Raises: LookupError when it is answered or replaced."""
    request = CharterRequest.objects.select_related("person", "version__document").get(pk=about(message))
    version = request.version
    if version.state != VersionState.ADOPTED or version.agree_by is None:
        raise LookupError("another version is in force")
    if people.agreement_of(request.person_id, version.pk):
        raise LookupError("they have agreed")
    words, _is_fallback = people.text_in(version, message.language)
    return request, words, dates.day(version.agree_by, people.zone_of_house())


def _person(message: Message) -> Person:
    if message.person is None:
        raise LookupError("nobody is written to")
    return message.person


def _holds(person: Person) -> bool:
    return Term.objects.filter(person=person, ends_at__isnull=True).exists()


def _summary(words: DocumentText) -> tuple[Paragraph, ...]:
    return (Paragraph(words.summary),) if words.summary else ()
