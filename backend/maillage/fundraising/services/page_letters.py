"""Letters about supporters' pages: to their owners, to whoever gave there, to whoever reported something, to moderators."""

from django.conf import settings
from django.utils.functional import Promise as LazyText
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from maillage.fundraising.domain.links import PAGE_NOTES_LINK, PAGE_NOTES_LINK_LASTS, PAGE_OPEN_LINK
from maillage.fundraising.domain.pages import CONFIRM_WITHIN
from maillage.fundraising.models import FundraisingPage, PageDecision, PageMessage, PageReport
from maillage.fundraising.selectors.campaign_pages import given_on, own_page_token
from maillage.fundraising.selectors.funds import name_of
from maillage.fundraising.selectors.page_moderation import open_reports, pages_moderated
from maillage.fundraising.services.letter_parts import about, page
from maillage.fundraising.services.telling import reader_of
from maillage.groups.domain import ReportOutcome, ReportReason
from maillage.groups.models import ContentReport
from maillage.kernel.links import sign_link
from maillage.messaging.domain import Block, Button, Facts, Lane, Letter, Paragraph, Prose, Purpose, Quiet, RecipientKind
from maillage.messaging.models import Message
from maillage.people.models import ContactPoint
from maillage.people.selectors.organisation import organisation

_PERSON = frozenset({RecipientKind.PERSON})
_ADDRESS = frozenset({RecipientKind.ADDRESS})
_ABOUT_A_PAGE = gettext_lazy("your fundraising page")


def _purpose(
    name: str, *, recipients: frozenset[RecipientKind] = _PERSON, title: LazyText = _ABOUT_A_PAGE, confides: bool = False
) -> Purpose:
    return Purpose(f"fundraising.{name}", lane=Lane.TRANSACTIONAL, recipients=recipients, title=title, confides=confides)


def confirm_letter(message: Message) -> Letter:
    """Ask the owner of an address whether they open a page. Raises: LookupError once it is confirmed or forgotten."""
    found = FundraisingPage.objects.filter(pk=about(message), opened_at__isnull=True).select_related("fund").first()
    point = ContactPoint.objects.filter(person=message.person, value=message.address).first()
    if found is None or point is None:
        raise LookupError("nothing is left to confirm")
    token = sign_link(PAGE_OPEN_LINK, ids=[found.pk, point.pk], ends_at=found.created_at + CONFIRM_WITHIN)
    return Letter(
        subject=_("Open your page: %(title)s") % {"title": found.title},
        preview=_("One button, and your page is there. Nobody sees it before."),
        blocks=(
            Paragraph(
                _("Somebody, we hope you, typed a page into our form, which asks for donations to %(fund)s:")
                % {"fund": name_of(found.fund, message.language)}
            ),
            Facts(((_("Title"), found.title), (_("First name shown"), found.first_name))),
            Button(_("See and open my page"), page(message, f"give/p/confirm/{token}/"), accent=True),
            Quiet(_("If it was not you, the same button erases it. If nobody does anything, it is erased after a week.")),
        ),
    )


def opened_letter(message: Message) -> Letter:
    """Give the owner of a page its address and the link by which they look after it."""
    found = _page(message)
    return Letter(
        subject=_("Your page is open: %(title)s") % {"title": found.title},
        preview=_("Its address, to send to your friends, and the link by which you look after it."),
        blocks=(
            Paragraph(_("Your page is there. Send its address to ten people who would give because you ask them:")),
            Button(_("See my page"), page(message, f"give/p/{found.slug}/"), accent=True),
            Paragraph(
                _(
                    "By the next link you add a photo, change your words, thank whoever gave, print a poster or close your page, "
                    "without a password. Keep it to yourself."
                )
            ),
            Button(_("Look after my page"), _own(message, found)),
        ),
    )


def asked_letter(message: Message) -> Letter:
    """Tell the owner of a team that a page asks to belong to it. Raises: LookupError where it asks no more, or is hidden."""
    found = FundraisingPage.objects.select_related("fund", "team").get(pk=about(message))
    if found.team is None or found.team.owner_id is None or found.joined_at is not None or found.hidden_at is not None:
        raise LookupError("it asks no more")
    said = {"name": found.first_name, "title": found.title, "team": found.team.title}
    return Letter(
        subject=_("%(name)s would like to join your team") % said,
        preview=_("You say yes or no. Nothing is added up before."),
        blocks=(
            Paragraph(_("The page “%(title)s” of %(name)s asks to belong to your team “%(team)s”.") % said),
            Button(_("See this page"), page(message, f"give/p/{found.slug}/")),
            Paragraph(_("If you say yes, its page and yours name each other, and what it raises counts in the sum of your team.")),
            Button(_("Say yes or no"), f"{_own(message, found.team)}#team", accent=True),
        ),
    )


def joined_letter(message: Message) -> Letter:
    """Tell the owner of a page that its team took it in. Raises: LookupError where it belongs to none, or to one that is hidden."""
    found = _page(message)
    if found.team is None or found.joined_at is None or found.team.hidden_at is not None:
        raise LookupError("it belongs to no team that is shown")
    said = {"team": found.team.title}
    return Letter(
        subject=_("You belong to the team “%(team)s”") % said,
        preview=_("What your page raises counts in its sum too."),
        blocks=(
            Paragraph(
                _("Your page belongs to the team “%(team)s” from now on. What it raises counts in the sum of the team too, once.") % said
            ),
            Button(_("See the page of the team"), page(message, f"give/p/{found.team.slug}/")),
            Button(_("Look after my page"), _own(message, found)),
        ),
    )


def declined_letter(message: Message) -> Letter:
    """Tell the owner of a page that the team did not take it in."""
    found = _page(message)
    return Letter(
        subject=_("Your page stays on its own"),
        preview=_("The team that you asked did not take it in."),
        blocks=(
            Paragraph(
                _("The team that you asked did not take your page in. Nothing else changes: your page goes on, and so does its sum.")
            ),
            Button(_("Look after my page"), _own(message, found)),
        ),
    )


def given_letter(message: Message) -> Letter:
    """Tell the owner of pages, at most once a day, that somebody gave there. Raises: LookupError where nobody waits for thanks."""
    pages = FundraisingPage.objects.select_related("fund").filter(
        owner_id=message.person_id, opened_at__isnull=False, hidden_at__isnull=True
    )
    waiting = [(each, count) for each in pages.order_by("opened_at") if (count := given_on(each).filter(thanked_at__isnull=True).count())]
    if not waiting:
        raise LookupError("everybody was thanked")
    blocks: list[Block] = [Paragraph(_("Thank you: because you asked, somebody gave."))]
    for each, count in waiting:
        said = {"title": each.title, "count": count}
        blocks.append(
            Paragraph(
                ngettext(
                    "“%(title)s”: %(count)s donation that you have not thanked for yet.",
                    "“%(title)s”: %(count)s donations that you have not thanked for yet.",
                    count,
                )
                % said
            )
        )
        blocks.append(Button(_("See and thank"), f"{_own(message, each)}#given", accent=each is waiting[0][0]))
    blocks.append(Quiet(_("You receive this at most once a day, while somebody gives on your page.")))
    return Letter(subject=_("Somebody gave on your page"), preview=_("A word of thanks takes a minute."), blocks=tuple(blocks))


def thanks_letter(message: Message) -> Letter:
    """Bring a note of thanks to whoever gave, with the way to refuse further ones. Raises: LookupError where the page is hidden."""
    found = PageMessage.objects.select_related("page__fund").get(pk=about(message))
    if not found.thanks or found.page.hidden_at is not None:
        raise LookupError("the note is gone")
    said = {"name": found.page.first_name, "title": found.page.title}
    token = sign_link(PAGE_NOTES_LINK, ids=[found.pk], ends_at=message.queued_at + PAGE_NOTES_LINK_LASTS)
    return Letter(
        subject=_("%(name)s thanks you") % said,
        preview=found.thanks[:120],
        blocks=(
            Paragraph(_("You gave on the page “%(title)s”. %(name)s writes to you:") % said),
            Prose(source=found.thanks, safe_html=linebreaks(found.thanks, autoescape=True)),
            Button(_("See this page"), page(message, f"give/p/{found.page.slug}/")),
            Quiet(_("%(name)s does not know your address: we brought this note. No more of them:") % said),
            Button(_("I want no more notes of this page"), page(message, f"give/p/notes/{token}/")),
        ),
    )


def hidden_letter(message: Message) -> Letter:
    """Tell the owner of a page that it is hidden, why, and how they answer: the statement of reasons that the law asks for."""
    decision = _decision(message)
    return Letter(
        subject=_("Your page is not shown any more: %(title)s") % {"title": decision.page.title},
        preview=_("The reasons, and how you answer."),
        blocks=(
            Paragraph(_("A moderator of %(organisation)s hid your page.") % {"organisation": organisation().name}),
            *_reasons(decision),
            Paragraph(_("What was given stays given to the fund. Nobody can give on your page while it is hidden.")),
            Button(_("Answer, or change my page"), f"{_own(message, decision.page)}#answer", accent=True),
            *_redress(),
        ),
    )


def shown_letter(message: Message) -> Letter:
    """Tell the owner of a page that it is shown again."""
    decision = _decision(message)
    if decision.page.hidden_at is not None:
        raise LookupError("it was hidden again")
    return Letter(
        subject=_("Your page is shown again: %(title)s") % {"title": decision.page.title},
        preview=_("The decision to hide it was undone."),
        blocks=(
            Paragraph(_("The decision to hide your page was undone. It is shown, and takes donations, as before.")),
            Prose(source=decision.words, safe_html=linebreaks(decision.words, autoescape=True)),
            Button(_("See my page"), page(message, f"give/p/{decision.page.slug}/")),
        ),
    )


def message_hidden_letter(message: Message) -> Letter:
    """Tell whoever gave that their message is not shown any more, and why."""
    decision = _decision(message)
    return Letter(
        subject=_("Your message is not shown any more"),
        preview=_("Your donation stays as it is."),
        blocks=(
            Paragraph(
                _("A moderator took the message away that you left with your donation on the page “%(title)s”.")
                % {"title": decision.page.title}
            ),
            *_reasons(decision),
            Paragraph(_("Your donation stays as it is.")),
            Button(_("See this page"), page(message, f"give/p/{decision.page.slug}/")),
            *_redress(),
        ),
    )


def message_shown_letter(message: Message) -> Letter:
    """Tell whoever gave that their message is shown again."""
    decision = _decision(message)
    return Letter(
        subject=_("Your message is shown again"),
        preview=_("The decision to take it away was undone."),
        blocks=(
            Paragraph(
                _("The decision to take your message away was undone. It is shown again on the page “%(title)s”.")
                % {"title": decision.page.title}
            ),
            Prose(source=decision.words, safe_html=linebreaks(decision.words, autoescape=True)),
            Button(_("See this page"), page(message, f"give/p/{decision.page.slug}/")),
        ),
    )


def received_letter(message: Message) -> Letter:
    """Confirm to whoever reported something that it came."""
    report = ContentReport.objects.get(pk=about(message))
    return Letter(
        subject=_("We have your report"),
        preview=_("A human looks at it, and you are told what is decided, and why."),
        blocks=(
            Paragraph(_("You told us that something on our pages should not be there. A human looks at it.")),
            Facts(((_("Page"), _reported_title(report)), (_("Reason"), str(ReportReason(report.reason).label)))),
            Paragraph(_("You are told here what is decided, and why. Whoever wrote it does not learn who reported it.")),
            Quiet(_("If you reported nothing, somebody mistyped an address: there is nothing to do.")),
        ),
    )


def decided_letter(message: Message) -> Letter:
    """Tell whoever reported something what was decided, and why."""
    report = ContentReport.objects.get(pk=about(message))
    if report.outcome == ReportOutcome.OPEN:
        raise LookupError("nothing is decided")
    is_hidden = report.outcome == ReportOutcome.HIDDEN
    return Letter(
        subject=_("What you reported is not shown any more") if is_hidden else _("What you reported stays"),
        preview=_("What was decided, and why."),
        blocks=(
            Paragraph(_("A moderator looked at what you reported on the page “%(title)s”.") % {"title": _reported_title(report)}),
            Paragraph(_("It is not shown any more. The reasons:") if is_hidden else _("It stays as it is. The reasons:")),
            Prose(source=report.answer, safe_html=linebreaks(report.answer, autoescape=True)),
            *_redress(),
        ),
    )


def wait_letter(message: Message) -> Letter:
    """Tell a moderator, at most once a day, how many reports wait."""
    reader = reader_of(message)
    kept = pages_moderated(reader, now=message.queued_at) if reader else FundraisingPage.objects.none()
    count = open_reports().filter(page__in=kept.values("pk")).count()
    if not count:
        raise LookupError("nothing waits for them")
    return Letter(
        subject=ngettext("%(count)s report waits for you", "%(count)s reports wait for you", count) % {"count": count},
        preview=_("Somebody says that a fundraising page should not say what it says."),
        blocks=(
            Paragraph(_("You look at what is shown, keep it or hide it, and say why: whoever it concerns reads your reasons.")),
            Button(_("Look at them"), f"{settings.PUBLIC_URL}/app/desk/money/pages", accent=True),
            Quiet(_("You receive this at most once a day, because you moderate these pages.")),
        ),
    )


def _page(message: Message) -> FundraisingPage:
    return FundraisingPage.objects.select_related("fund", "team").get(pk=about(message), owner__isnull=False)


def _decision(message: Message) -> PageDecision:
    return PageDecision.objects.select_related("page__fund").get(pk=about(message))


def _own(message: Message, found: FundraisingPage) -> str:
    return page(message, f"give/p/mine/{own_page_token(found, now=message.queued_at)}/")


def _reasons(decision: PageDecision) -> tuple[Block, ...]:
    reason = str(ReportReason(decision.reason).label) if decision.reason else ""
    return (
        *((Facts(((_("Reason"), reason),)),) if reason else ()),
        Prose(source=decision.words, safe_html=linebreaks(decision.words, autoescape=True)),
    )


def _redress() -> tuple[Block, ...]:
    """Say what whoever disagrees may do; a human decided, by no machine."""
    house = organisation()
    write = _("Write to %(email)s if you disagree: another human looks at it.") % {"email": house.email} if house.email else ""
    said = _("A human decided this, and no machine took part. The courts are open to you in any case.")
    return (Quiet(f"{write} {said}".strip()),)


def _reported_title(report: ContentReport) -> str:
    found = PageReport.objects.select_related("page").filter(report=report).first()
    return found.page.title if found is not None else ""


PAGE_LETTERS = (
    (_purpose("confirm_page", recipients=_ADDRESS), confirm_letter),
    (_purpose("page_opened", confides=True), opened_letter),
    (_purpose("team_asked", confides=True), asked_letter),
    (_purpose("team_joined", confides=True), joined_letter),
    (_purpose("team_declined", confides=True), declined_letter),
    (_purpose("page_given", confides=True), given_letter),
    (_purpose("page_thanks", recipients=_ADDRESS, title=gettext_lazy("thanks for your donation")), thanks_letter),
    (_purpose("page_hidden", confides=True), hidden_letter),
    (_purpose("page_shown"), shown_letter),
    (_purpose("message_hidden", recipients=_ADDRESS, title=gettext_lazy("your message on a page")), message_hidden_letter),
    (_purpose("message_shown", recipients=_ADDRESS, title=gettext_lazy("your message on a page")), message_shown_letter),
    (_purpose("report_received", recipients=_ADDRESS, title=gettext_lazy("what you reported")), received_letter),
    (_purpose("report_decided", recipients=_ADDRESS, title=gettext_lazy("what you reported")), decided_letter),
    (
        _purpose("reports_wait", recipients=_PERSON | _ADDRESS, title=gettext_lazy("reports that wait")),
        wait_letter,
    ),
)
"""Purposes and the writers of their letters."""
