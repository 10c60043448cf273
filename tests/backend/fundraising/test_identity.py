"""Who counts as one natural person, and who may be one."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from maillage.fundraising.domain.identity import LONGEST_KEY, Identity, Near, Unnamed, identity_of, near, one_slip

BORN = date(1984, 3, 12)
words = st.text("abcdefgh", min_size=1, max_size=6)
identities = st.builds(Identity, words, words, st.dates(date(1980, 1, 1), date(1981, 12, 31)) | st.dates())


def of(family_name: str, given_name: str, born_on: date = BORN) -> Identity:
    return identity_of(family_name=family_name, given_name=given_name, born_on=born_on)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Lefèvre", "Élodie"), ("LEFEVRE", "elodie")),
        (("Lefe\u0300vre", "E\u0301lodie"), ("Lefèvre", "Élodie")),
        (("Bœuf", "Lætitia"), ("Boeuf", "Laetitia")),
        (("Strauß", "Jörg"), ("STRAUSS", "Jorg")),
        (("Sørensen", "Łukasz"), ("Sorensen", "Lukasz")),
        (("d’Artagnan", "Anne"), ("D'ARTAGNAN", "Anne")),
        (("D Artagnan", "Anne"), ("Dartagnan", "Anne")),
        (("Martin-Durand", "Zoé"), ("Martin Durand", "Zoe")),
        (("de La Tour", "Luc"), ("De la tour", "Luc")),
        (("Petit", "Jean-Pierre Marie"), ("Petit", "jean - pierre")),
        (("Petit", "Jean\u2011Pierre"), ("Petit", "Jean\u2013Pierre")),
        (("Petit", "Claire, Anne"), ("Petit", "  Claire  Lucie ")),
        (("\ufb01n", "\u210cugo"), ("Fin", "Hugo")),
    ],
)
def test_spelling_does_not_make_two_people(one, other):
    assert of(*one) == of(*other)
    assert near(of(*one), of(*other)) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("de Gaulle", "Charles"), ("Gaulle", "Charles")),
        (("Petit", "Jean-Pierre"), ("Petit", "Jean Pierre")),
        (("Иванов", "Иван"), ("Петров", "Иван")),
        (("李", "明"), ("王", "明")),
    ],
)
def test_different_names_stay_two_people(one, other):
    assert of(*one) != of(*other)


def test_a_compound_first_name_is_one_and_a_second_first_name_is_dropped():
    assert of("Petit", "Jean-Pierre Marie").given_key == "jeanpierre"
    assert of("Petit", "Jean Pierre").given_key == "jean"
    assert of("de La Tour-d’Auvergne", "Luc").family_key == "delatourdauvergne"


@pytest.mark.parametrize(
    ("family_name", "given_name"), [("", "Zoé"), ("Petit", " - "), ("!?", "Zoé"), ("Petit", "🙂"), ("123", "Zoé"), ("Petit", "１２")]
)
def test_a_name_without_letters_counts_nobody(family_name, given_name):
    with pytest.raises(Unnamed):
        of(family_name, given_name)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (of("Lefebre", "Claire"), Near.TYPING_SLIP),
        (of("Lefebvre", "Clarie"), Near.TYPING_SLIP),
        (of("Lefebvre", "Clare"), Near.TYPING_SLIP),
        (of("Lefebvres", "Claire"), Near.TYPING_SLIP),
        (of("Claire", "Lefebvre"), Near.NAMES_SWAPPED),
        (of("Lefebvre", "Claire", date(1984, 12, 3)), Near.DAY_MONTH_SWAPPED),
        (of("Lefebvre", "Claire", date(1984, 3, 13)), Near.BIRTH_DATE_SLIP),
        (of("Lefebvre", "Claire", date(1994, 3, 12)), Near.BIRTH_DATE_SLIP),
        (of("Lefebvre", "Claire", date(1948, 3, 12)), Near.BIRTH_DATE_SLIP),
        (of("Lefebvre", "Claire", date(1984, 3, 21)), Near.BIRTH_DATE_SLIP),
        (of("Lefebvre", "C."), Near.GIVEN_INITIAL),
        (of("Lefebvre", "Claire-Marie"), Near.GIVEN_PART),
        (of("Lefebvre-Martin", "Claire"), Near.FAMILY_PART),
        (of("Martin Lefebvre", "Claire"), Near.FAMILY_PART),
        (of("Lefebvre", "Claire"), None),
        (of("Lefebvre", "Julien"), None),
        (of("Martin", "Claire"), None),
        (of("Lefebvre", "Claire", date(1985, 4, 12)), None),
        (of("Lefebre", "Claire", date(1984, 3, 13)), None),
        (of("Lefebre", "Clarie"), None),
    ],
)
def test_who_is_near_is_shown_to_the_treasurer_with_why(other, why):
    assert near(of("Lefebvre", "Claire"), other) == near(other, of("Lefebvre", "Claire")) == why


@given(identities, identities)
def test_near_is_the_same_from_both_sides_and_never_exact(one, other):
    assert near(one, other) == near(other, one)
    assert near(one, one) is None


@given(identities, st.data())
def test_one_slip_anywhere_in_a_name_is_near(one, data):
    name = data.draw(st.sampled_from(["family_key", "given_key"]))
    word = getattr(one, name)
    at = data.draw(st.integers(0, len(word) - 1))
    slips = [word[:at] + "z" + word[at:], word[:at] + "z" + word[at + 1 :]]
    if len(word) > 1:
        slips += [word[:at] + word[at + 1 :], word[:at] + word[at : at + 2][::-1] + word[at + 2 :]]
    wrong = data.draw(st.sampled_from(slips))
    assume(wrong != word)
    keys = {"family_key": one.family_key, "given_key": one.given_key, name: wrong}
    assert near(one, Identity(**keys, born_on=one.born_on)) is not None
    assert one_slip(word, wrong)


@given(words, words)
def test_one_slip_is_told_alike_from_both_sides_and_no_slip_is_none(one, other):
    assert one_slip(one, other) == one_slip(other, one)
    assert not one_slip(one, one)


@given(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=60))
def test_a_key_is_the_key_of_itself(family_name, given_name):
    try:
        identity = of(family_name, given_name)
    except Unnamed:
        return
    assert of(identity.family_key, identity.given_key) == identity
    assert len(identity.family_key) <= LONGEST_KEY


@given(st.text("abcdefghijéèêçöüÀÉœ", min_size=1, max_size=20))
def test_capitals_and_small_letters_are_one(name):
    assert of(name.upper(), name.lower()) == of(name.lower(), name.upper()) == of(name.title(), name)
