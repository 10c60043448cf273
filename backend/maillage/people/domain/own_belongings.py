"""What this floor and accounts keep of a person, in the order in which it moves when two records are joined."""

from django.utils.translation import gettext_lazy as _

from maillage.people.domain.merging import Belonging

OWN_BELONGINGS = (
    Belonging(
        model="people.ContactPoint",
        column="person",
        told=_("addresses and telephone numbers"),
        gives_way={"people_one_preferred_a_channel": ("is_preferred", False)},
    ),
    Belonging(model="people.PaperForm", column="person", told=_("papers")),
    Belonging(model="people.ImportedPerson", column="person", told=_("where the data came from")),
    Belonging(model="people.Promise", column="person", told=_("promises of a call")),
    Belonging(model="people.AccessReason", column="person"),
    Belonging(model="people.Agreement", column="person", told=_("documents agreed to")),
    Belonging(model="people.Qualification", column="person", told=_("what was learnt")),
    Belonging(model="people.DocumentComment", column="author"),
    Belonging(model="accounts.Grant", column="user", told=_("roles"), only_running=True),
    Belonging(model="people.SavedView", column="owner"),
    Belonging(model="people.Import", column="by"),
)
