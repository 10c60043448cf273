"""What messaging does when it hears of other floors' news."""

from maillage import journal

journal.subscribe("address_change.asked", subscriber="messaging.new_address", job="messaging.write_of_new_address")
journal.subscribe("factor.added", subscriber="messaging.factor_added", job="messaging.tell_of_change")
journal.subscribe("factor.codes_renewed", subscriber="messaging.codes_renewed", job="messaging.tell_of_change")
journal.subscribe("factor.removed", subscriber="messaging.factor_removed", job="messaging.tell_of_change")
journal.subscribe("factor.reset", subscriber="messaging.factor_reset", job="messaging.tell_of_change")
journal.subscribe("password.changed", subscriber="messaging.password_changed", job="messaging.tell_of_change")
journal.subscribe("password.removed", subscriber="messaging.password_removed", job="messaging.tell_of_change")
journal.subscribe("person.entered", subscriber="messaging.entered", job="messaging.ask_entered")
journal.subscribe("person.merged", subscriber="messaging.merged", job="messaging.tell_of_merge")
journal.subscribe("person.unmerged", subscriber="messaging.unmerged", job="messaging.tell_of_parting")
journal.subscribe("role.appointed", subscriber="messaging.appointment", job="messaging.tell_of_appointment")
