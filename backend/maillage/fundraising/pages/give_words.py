"""What the form of a donation says once it is used, sent with the page so that its script needs no dictionary."""

from django.utils.translation import gettext as _


def give_words() -> dict[str, str]:
    """Return the sentences of the island; `{name}` is filled in the browser."""
    return {
        "give": _("Give {amount}"),
        "give_monthly": _("Give {amount} each month"),
        "give_nothing": _("Choose an amount"),
        "cost_once": _("After tax, your donation costs you {amount}."),
        "cost_monthly": _("After tax, each month costs you {amount}. You stop it in two clicks, without a password."),
        "no_number": _("Write the amount in figures, such as 12.50."),
        "not_positive": _("Write an amount above zero."),
        "cents": _("An amount has two figures after the point at most: a cent is the smallest coin."),
        "too_little": _("The smallest donation here is {amount}: below, what the payment costs would eat it."),
        "too_much": _("The law allows at most {amount}."),
        "huge": _("The largest payment here is {amount}. For more, write to us."),
        "missing": _("Please fill this in."),
        "email": _("This address looks incomplete: name@example.org."),
        "no_day": _("This day does not exist. Write day, month and year in figures."),
        "too_young": _("One gives from the age of {age} on."),
        "too_old": _("Check the year."),
        "not_ticked": _("Tick this to give: the law asks for it."),
        "shares": _("The parts add up to more than your donation of {amount}."),
        "one_wrong": _("One thing needs another look. Nothing was sent, and what you typed is kept."),
        "many_wrong": _("{count} things need another look. Nothing was sent, and what you typed is kept."),
        "sending": _("Sending…"),
        "asking_bank": _("Asking your bank…"),
        "confirming": _("Your bank asks you to confirm. Stay on this page."),
        "fields_loading": _("The payment fields are loading…"),
        "fields_failed": _("The payment fields did not load. What you typed is kept."),
        "try_again": _("Try again"),
        "offline": _("You are not connected. Nothing was sent, and what you typed is kept. Give again once you are back on line."),
        "away": _("The answer is late. Do not pay again: we look whether your donation came through."),
        "looking": _("We look whether your donation came through…"),
        "not_started": _("Your donation did not reach us. Nothing was taken, and what you typed is kept. You may give again."),
        "still_unknown": _(
            "We do not know yet whether it came through. Do not pay again: we write to you as soon as we know, and this page tells it."
        ),
        "follow": _("Follow my donation"),
        "thanked": _("Thank you: your donation of {amount} is under way. A mail confirms it."),
        "failed": _("That did not work. Nothing was taken, and what you typed is kept."),
        "found": _("We have found your donation of {amount}, made a moment ago from this device. Give again?"),
        "found_see": _("See the one that exists"),
        "found_again": _("Yes, give {amount} once more"),
        "who_first": _("First say who you are: the fields that are marked."),
        "code_sent": _("A code was sent to {email}. It works once, for ten minutes."),
        "code_failed": _("That did not work. Try again in a moment; what you typed is kept."),
        "left": _("What the law still lets you give"),
        "counted": _("{counted} counted of {cap}"),
        "over_instead": _("Give {amount} instead"),
        "restored": _("What you had typed is back. It was kept on this device only; a card number never is."),
    }
