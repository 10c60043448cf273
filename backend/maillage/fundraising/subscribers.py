"""What fundraising does when it hears of other floors' news."""

from maillage import journal

journal.subscribe("person.merged", subscriber="fundraising.merged", job="fundraising.recount_person")
journal.subscribe("person.unmerged", subscriber="fundraising.unmerged", job="fundraising.recount_person")
