from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FundraisingConfig(AppConfig):
    name = "maillage.fundraising"
    label = "fundraising"

    def ready(self) -> None:
        """Register what is kept of who gave, and what becomes of it."""
        from maillage.fundraising.domain.card_testing import MARKS_KEPT, TRIES_KEPT
        from maillage.fundraising.domain.news import DONATION_NEWS, NEWS_SOURCE
        from maillage.fundraising.domain.pages import CONFIRM_WITHIN
        from maillage.fundraising.domain.payments import UNPAID_KEPT
        from maillage.fundraising.models.donors import KEPT
        from maillage.fundraising.selectors.funds import legal_lines
        from maillage.fundraising.selectors.own import donations_of
        from maillage.fundraising.selectors.signs import signs_of_donations
        from maillage.fundraising.services.card_letters import CARD_LETTERS
        from maillage.fundraising.services.correction_letters import CORRECTION_LETTERS
        from maillage.fundraising.services.erasure import erase_donor
        from maillage.fundraising.services.giving_letters import GIVING_LETTERS
        from maillage.fundraising.services.monthly_letters import MONTHLY, monthly_letter
        from maillage.fundraising.services.page_letters import PAGE_LETTERS
        from maillage.fundraising.services.proof_letters import ADDRESS_DENIED, PROOF_CODE, denied_letter, proof_letter
        from maillage.fundraising.services.receipt_letters import RECEIPT_LETTERS
        from maillage.fundraising.services.yearly_letters import YEARLY_LETTERS
        from maillage.messaging.domain import register
        from maillage.people.domain import (
            WORDINGS,
            Kept,
            Processing,
            register_hall,
            register_legal_lines,
            register_processing,
            register_reading,
            register_source,
        )
        from maillage.people.domain.merging import Belonging, register_belonging

        for purpose, letter in (*RECEIPT_LETTERS, *GIVING_LETTERS, *YEARLY_LETTERS, *CORRECTION_LETTERS):
            register(purpose, letter)
        WORDINGS[DONATION_NEWS.version] = DONATION_NEWS
        register_source(NEWS_SOURCE, _("on the form of a donation"))
        register_hall("fundraising", export=donations_of, erase=erase_donor, signs=signs_of_donations)
        register_legal_lines("fundraising", legal_lines)
        register(MONTHLY, monthly_letter)
        register(PROOF_CODE, proof_letter)
        register(ADDRESS_DENIED, denied_letter)
        register_belonging(Belonging(model="fundraising.Donor", column="person"))
        register_belonging(Belonging(model="fundraising.FundraisingPage", column="owner"))
        for purpose, letter in PAGE_LETTERS:
            register(purpose, letter)
        register_reading("fundraising.batch", _("what you gave by cheque, in cash or by transfer"))
        register_reading("fundraising.bank", _("the bank account beside the books"))
        register_reading("fundraising.journal", _("the journal of the books"))
        register_reading("fundraising.donations", _("the list of donations"))
        register_reading("fundraising.monthly", _("the list of monthly donations"))
        register_reading("fundraising.donation", _("your donation"))
        register_reading("fundraising.receipt", _("the receipt of your donation"))
        register_reading("fundraising.file", _("a file of donations"))
        for purpose, letter in CARD_LETTERS:
            register(purpose, letter)
        register_reading("fundraising.held", _("the list of cards that wait for the treasurer"))
        register_reading("fundraising.disputes", _("the list of donations that banks take back"))
        register_reading("fundraising.given_back", _("what went back of your donation"))  # lines of before the card told it
        register_reading("fundraising.differences", _("the list of differences between the books and the payment provider"))
        register_reading("fundraising.excesses", _("what you gave beyond what the law allows"))
        register_reading("fundraising.near_identities", _("givers who may be one person"))
        register_processing(
            Processing(
                name="fundraising.tries",
                title=_("Payments that are tried"),
                purpose=_("See stolen cards being tried out, and stop it."),
                basis=_("Legitimate interest (GDPR 6(1)(f)): nobody’s stolen card is used here."),
                data=_("The provider’s mark of your card, never its number; your network and browser, as a keyed hash."),
                recipients=_("Nobody."),
                duration=_("One day for the network and the browser, 90 days for the rest."),
                kept=(Kept(MARKS_KEPT, by="fundraising.forget_tries"), Kept(TRIES_KEPT, by="fundraising.forget_tries")),
            )
        )
        register_processing(
            Processing(
                name="fundraising.donations",
                title=_("Donations"),
                purpose=_("Take donations, keep the caps and the books that the law asks for, and send receipts."),
                basis=_(
                    "What the law asks of whoever takes donations (GDPR 6(1)(c)); for the rest the contract that a donation is (6(1)(b))."
                ),
                data=_(
                    "Your names, e-mail address, amounts and days; where the law asks for them birth date, nationality and tax address. "
                    "The constituency that your address names, or else what you told us of where you live."
                ),
                recipients=_(
                    "The treasurer; the payment provider, who gets your name and e-mail address with the payment and alone sees your "
                    "card; the authority to which donors are declared."
                ),
                duration=_(
                    "Ten years after the donation, as books are kept; thirty days after you began one that was never paid; "
                    "your e-mail address until you ask us to forget it."
                ),
                kept=(
                    Kept(timedelta(days=365 * KEPT.years), by="fundraising.forget_declarations"),
                    Kept(UNPAID_KEPT, by="fundraising.forget_unpaid"),
                ),
            )
        )
        register_processing(
            Processing(
                name="fundraising.pages",
                title=_("Pages on which supporters raise money"),
                purpose=_("Show your page, add up what is given on it, and bring your thanks to whoever gave."),
                basis=_("What you ask us to do by opening a page (GDPR 6(1)(b)). You yourself publish your words, photo and first name."),
                data=_(
                    "Your names and e-mail address; the title, words, photo, goal and last day of your page; the message of whoever gives."
                ),
                recipients=_("Everybody, of what the page shows. Its owner learns who gave only if the giver agreed on the form."),
                duration=_(
                    "Until you ask us to forget you: the page then closes and says nothing of you. One never confirmed goes after a week."
                ),
                kept=(Kept(CONFIRM_WITHIN, by="fundraising.forget_pages"),),
            )
        )
