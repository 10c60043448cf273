"""What fundraising does when it hears news, its own and that of other floors."""

from maillage import journal

journal.subscribe("person.merged", subscriber="fundraising.merged", job="fundraising.recount_person")
journal.subscribe("person.unmerged", subscriber="fundraising.unmerged", job="fundraising.recount_person")
journal.subscribe("person.placed", subscriber="fundraising.placed", job="fundraising.place_person")
journal.subscribe("person.corrected", subscriber="fundraising.corrected", job="fundraising.place_person")
journal.subscribe("donation.received", subscriber="fundraising.receipts", job="fundraising.make_receipt")
journal.subscribe("donation.refunded", subscriber="fundraising.receipts", job="fundraising.make_receipt")
journal.subscribe("donation.returned", subscriber="fundraising.receipts", job="fundraising.make_receipt")
journal.subscribe("donation.reinstated", subscriber="fundraising.receipts", job="fundraising.make_receipt")
journal.subscribe("donation.received", subscriber="fundraising.excess", job="fundraising.follow_caps")
journal.subscribe("donation.refunded", subscriber="fundraising.excess", job="fundraising.follow_caps")
journal.subscribe("donation.returned", subscriber="fundraising.excess", job="fundraising.follow_caps")
journal.subscribe("donation.reinstated", subscriber="fundraising.excess", job="fundraising.follow_caps")
journal.subscribe("donation.received", subscriber="fundraising.pages", job="fundraising.tell_page_owner")
journal.subscribe("donor.proved", subscriber="fundraising.yearly", job="fundraising.tell_proved")
