"""An address proved by its owner, what is told then, and what nobody else learns."""

import json
from dataclasses import asdict
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from maillage.fundraising.domain.words import DonationState
from maillage.fundraising.models import AddressProof, Donation, Donor
from maillage.fundraising.selectors.allowance import Whose, allowances
from maillage.fundraising.selectors.funds import rules_of
from maillage.fundraising.services import ask_for_proof, forget_proofs, prove_donor
from maillage.fundraising.services.erasure import erase_donor
from maillage.fundraising.services.giving import FOUND_WITHIN
from maillage.kernel.clock import now
from maillage.kernel.sealing import unseal
from maillage.messaging.models import Message
from maillage.people import services as people
from maillage.people.domain.law import GivingRules
from maillage.people.models import Person
from tests.backend.accounts.factories import make_user, sign_in
from tests.backend.days import in_days
from tests.backend.fundraising.factories import DECLARED, make_donation, make_donor, make_fund
from tests.backend.people.factories import make_person
from tests.backend.relays.factories import make_network

pytestmark = pytest.mark.django_db

CLAIRE = DECLARED.email
STRANGER = "stranger@people.example"
WHO = {"given_name": "Claire", "family_name": "Dumontel", "born_on": "1984-05-17"}
NOBODY = {"given_name": "Zoé", "family_name": "Inconnue", "born_on": "1984-05-17"}


@pytest.fixture
def fund():
    return make_fund(code="rive-commune")


def post(path, body, **headers):
    return Client().post(
        f"/api/v1/fundraising/{path}", json.dumps(body), content_type="application/json", headers={"Accept-Language": "en"} | headers
    )


def code_sent():
    message = Message.objects.latest("queued_at")
    return unseal(bytes(message.secret))


def proof_of(address=CLAIRE):
    assert post("proofs/", {"email": address}).status_code == 204
    answer = post("proofs/confirm/", {"email": address, "code": code_sent()})
    assert answer.status_code == 200, answer.content
    return answer.json()["token"]


def give(fund, proof="", who=WHO, **changed):
    donor = {name: value for name, value in asdict(DECLARED).items() if name != "language"} | who | {"email": changed.pop("email", CLAIRE)}
    body = {"amount": 5000, "donor": donor, "declaration": rules_of(fund, now()).declaration.version, "proof": proof, "again": True}
    key = changed.pop("key", uuid4().hex)
    return post(f"funds/{fund.code}/donations/", body | changed, **{"Idempotency-Key": key})


def ask(fund, proof="", who=WHO):
    return post(f"funds/{fund.code}/allowance/", who | {"proof": proof})


def given(fund, amount, *, email=CLAIRE, proved=True, state=DonationState.SETTLED):
    return make_donation(fund, amount=amount, state=state, donor=make_donor(email=email, proved_at=now() if proved else None))


# a code


def test_a_code_is_mailed_to_whoever_it_is():
    make_person(email=CLAIRE)
    answers = [post("proofs/", {"email": email, "language": "fr"}) for email in (CLAIRE, STRANGER)]
    assert [(answer.status_code, answer.content) for answer in answers] == [(204, b"")] * 2
    assert sorted(Message.objects.values_list("address", "purpose", "language", "person")) == [
        (email, "fundraising.proof_code", "fr", None) for email in (CLAIRE, STRANGER)
    ]
    assert CLAIRE.encode() not in b"".join(bytes(proof.address) for proof in AddressProof.objects.all())


def test_a_code_works_once_however_it_is_typed():
    post("proofs/", {"email": CLAIRE.upper()})
    code = code_sent()
    answer = post("proofs/confirm/", {"email": CLAIRE, "code": code.replace("-", " ")})
    assert set(answer.json()) == {"token", "ends_at"}
    assert AddressProof.objects.get().code is None
    assert post("proofs/confirm/", {"email": CLAIRE, "code": code}).json()["code"] == "wrong_code"


def test_three_wrong_tries_end_a_code_in_the_same_words_as_a_wrong_one():
    post("proofs/", {"email": CLAIRE})
    code = code_sent()
    wrong = f"{(int(code.replace('-', '')) + 1) % 10**8:08}"
    answers = [post("proofs/confirm/", {"email": CLAIRE, "code": wrong}) for _ in range(3)]
    answers.append(post("proofs/confirm/", {"email": CLAIRE, "code": code}))
    answers.append(post("proofs/confirm/", {"email": STRANGER, "code": code}))
    assert {(answer.status_code, answer.content) for answer in answers} == {(400, answers[0].content)}


def test_a_code_is_over_after_ten_minutes_and_is_forgotten():
    ask_for_proof(address=CLAIRE, language="fr", now=now() - timedelta(minutes=11))
    assert post("proofs/confirm/", {"email": CLAIRE, "code": code_sent()}).status_code == 400
    post("proofs/", {"email": CLAIRE})
    assert forget_proofs(now=now()) == 1
    assert AddressProof.objects.count() == 1


def test_a_code_of_before_still_works_when_another_was_asked_for():
    post("proofs/", {"email": CLAIRE})
    first = code_sent()
    post("proofs/", {"email": CLAIRE})
    assert post("proofs/confirm/", {"email": CLAIRE, "code": first}).status_code == 200


def test_an_address_is_sent_few_codes_a_minute():
    statuses = [post("proofs/", {"email": CLAIRE}).status_code for _ in range(4)]
    assert statuses == [204, 204, 204, 429]


def test_who_is_signed_in_proves_their_own_address(fund):
    client = Client()
    sign_in(client, make_user(CLAIRE))
    token = client.post("/api/v1/fundraising/proofs/session/").json()["token"]
    assert give(fund, token).status_code == 201
    assert Donor.objects.get().proved_at is not None
    assert Client().post("/api/v1/fundraising/proofs/session/").status_code == 403


# giving with a proof


def test_who_proved_their_address_joins_who_they_are_known_as(fund):
    claire = make_person(email=CLAIRE, given_name="Claire", family_name="Dumontel")
    make_person(email=CLAIRE, given_name="Paul", family_name="Dumontel")
    make_person(email="claire@elsewhere.example", given_name="Claire", family_name="Dumontel")
    assert give(fund, proof_of()).status_code == 201
    assert Donation.objects.get().donor.person == claire


def test_whoever_is_not_known_is_not_made_known_for_giving(fund):
    make_person(email=CLAIRE, given_name="Paul", family_name="Dumontel")
    assert give(fund, proof_of()).status_code == 201
    donor = Donation.objects.get().donor
    assert (donor.person, donor.identity.given_key) == (None, "claire")
    assert Person.objects.count() == 1


def test_without_a_proof_a_donation_joins_no_known_record(fund):
    make_person(email=CLAIRE, given_name="Claire", family_name="Dumontel")
    assert give(fund).status_code == 201
    donor = Donation.objects.get().donor
    assert (donor.person, donor.identity, donor.proved_at) == (None, None, None)


@pytest.mark.parametrize("bad", ["nonsense", "ended"])
def test_a_proof_that_is_none_any_more_is_refused(fund, bad):
    token = proof_of() if bad == "ended" else bad
    AddressProof.objects.update(ends_at=now() - timedelta(seconds=1))
    answer = give(fund, token)
    assert (answer.status_code, answer.json()["code"]) == (400, "proof_ended")
    assert not Donation.objects.exists()


def test_a_lost_answer_finds_the_donation_though_the_proof_has_ended(fund):
    proof, key = proof_of(), uuid4().hex
    first = give(fund, proof, key=key)
    AddressProof.objects.update(ends_at=now() - timedelta(seconds=1))
    again = give(fund, proof, key=key)
    assert (again.status_code, again.json()["token"]) == (201, first.json()["token"])


def test_who_gives_where_no_birth_date_is_asked_is_asked_about_the_same_donation():
    union = make_fund(GivingRules.NONE)
    proof = proof_of()
    assert give(union, proof, who=WHO | {"family_name": "***"}, again=False).status_code == 201
    Donation.objects.update(state=DonationState.SETTLED, settled_at=now())
    assert give(union, proof, who=WHO | {"family_name": "***"}, again=False).json()["code"] == "donation_found"
    assert give(union, proof, again=False).status_code == 201


def test_a_proof_is_of_one_address(fund):
    assert give(fund, proof_of(STRANGER)).json()["code"] == "proof_of_another"


def test_the_proved_giver_is_asked_about_the_same_donation(fund):
    given(fund, 5000)
    assert give(fund, proof_of(), again=False).json()["code"] == "donation_found"
    assert give(fund, again=False).status_code == 201
    Donation.objects.update(started_at=now() - FOUND_WITHIN)
    assert give(fund, proof_of(), again=False).status_code == 201


def test_a_donor_who_proves_later_joins_the_proven_count_and_is_refused_nothing(fund):
    claire = make_person(email=CLAIRE, given_name="Claire", family_name="Dumontel")
    first = given(fund, 700_000)
    assert give(fund, amount=600_000).status_code == 201
    later = Donation.objects.latest("started_at").donor
    for _ in range(2):
        prove_donor(donor_id=later.pk, now=now())
    later.refresh_from_db()
    assert (later.person, later.identity) == (claire, first.donor.identity)
    (allowance,) = allowances(Whose([first.donor.identity_id], proven=True), fund=fund, today=in_days())
    assert (allowance.counted, allowance.remaining) == (1_300_000, 0)
    assert Donation.objects.latest("started_at").state == DonationState.STARTED


# what is told


def test_who_proved_their_address_reads_what_is_left(fund):
    given(fund, 626_000)
    answer = ask(fund, proof_of())
    (cap,) = answer.json()["caps"]
    assert (cap["cap"], cap["counted"], cap["remaining"], cap["period"]) == (750_000, 626_000, 124_000, str(now().year))
    assert "1,240" in answer.json()["said"]


def test_a_euro_given_in_a_stranger_s_name_tells_nothing_of_what_they_gave(fund):
    given(fund, 626_000)
    given(fund, 100, email=STRANGER)
    proof = proof_of(STRANGER)
    assert ask(fund, proof).json()["caps"][0]["counted"] == 100
    refused = give(fund, proof, email=STRANGER, amount=200_000)
    assert (refused.json()["code"], "remaining" in refused.json()) == ("over_the_cap", False)
    assert not any(letter.isdigit() for letter in " ".join(refused.json()["fields"]["amount"]))


def test_what_was_given_from_another_address_is_told_where_both_join_one_known_record(fund):
    claire = make_person(email=CLAIRE, given_name="Claire", family_name="Dumontel")
    work = "claire@work.example"
    for amount, email in ((626_000, CLAIRE), (1_000, work)):
        make_donation(fund, amount=amount, state=DonationState.SETTLED, donor=make_donor(email=email, person=claire, proved_at=now()))
    proof = proof_of(work)
    assert ask(fund, proof).json()["caps"][0]["remaining"] == 123_000
    assert ask(fund, proof_of(STRANGER)).json()["caps"][0]["remaining"] == 750_000


def test_without_a_proof_the_same_is_said_whatever_the_truth(fund):
    given(fund, 750_000)
    ended = proof_of()
    AddressProof.objects.update(ends_at=now() - timedelta(seconds=1))
    answers = [ask(fund, proof, who) for who in (WHO, NOBODY) for proof in ("", "nonsense", ended)]
    assert {(answer.status_code, answer.content) for answer in answers} == {(200, answers[0].content)}
    assert answers[0].json() == {"code": "proof_needed", "said": "Confirm with the code we sent you.", "caps": []}


def test_names_without_a_letter_are_refused_whoever_asks(fund):
    for proof in ("", proof_of()):
        assert ask(fund, proof, WHO | {"family_name": "..."}).json()["fields"].keys() == {"family_name"}


def test_a_stranger_s_name_and_birth_date_reveal_nothing_to_whoever_proves_another_address(fund):
    given(fund, 626_000)
    proof = proof_of(STRANGER)
    answers = [ask(fund, proof, who) for who in (WHO, NOBODY)]
    assert {(answer.status_code, answer.content) for answer in answers} == {(200, answers[0].content)}
    assert answers[0].json()["caps"][0]["counted"] == 0


def statements(work):
    with CaptureQueriesContext(connection) as seen:
        answer = work()
    return answer, [query["sql"].split(" WHERE ")[0][:30].partition("SAVEPOINT")[0] for query in seen]


def test_an_unproven_request_for_a_known_identity_at_its_cap_is_like_one_for_an_unknown(fund):
    make_person(email=CLAIRE, given_name="Claire", family_name="Dumontel")
    given(fund, 750_000)
    give(fund, amount=100)  # what counts requests has its row
    known, of_known = statements(lambda: give(fund, amount=750_000))
    unknown, of_unknown = statements(lambda: give(fund, amount=750_000, who=NOBODY, email=STRANGER))
    assert (known.status_code, known.headers.keys()) == (201, unknown.headers.keys())
    assert known.json() | {"token": ""} == unknown.json() | {"token": ""}
    assert of_known == of_unknown
    assert not any("donoridentity" in statement or "people_" in statement for statement in of_known)


def test_a_proved_address_is_told_by_the_same_statements_whoever_is_asked_about(fund):
    given(fund, 626_000)
    proof = proof_of(STRANGER)
    ask(fund, proof)
    (_one, known), (_other, unknown) = statements(lambda: ask(fund, proof)), statements(lambda: ask(fund, proof, NOBODY))
    assert known == unknown


def test_an_address_asks_sixty_times_a_day(fund, monkeypatch):
    monkeypatch.setattr("maillage.fundraising.services.proofs.MOST_USES", 2)
    proof = proof_of()
    assert [ask(fund, proof).json()["code"] for _ in range(3)] == ["told", "told", "proof_needed"]
    assert give(fund, proof).json()["code"] == "asked_too_often"


def test_amounts_are_not_halved_until_one_knows_what_somebody_gave(fund):
    given(fund, 626_000)
    proof = proof_of(STRANGER)
    answers = [give(fund, proof, email=STRANGER, amount=amount).json() for amount in (700_000, 400_000, 200_000, 100_000, 100)]
    assert [answer.get("code") for answer in answers] == ["over_the_cap"] * 3 + ["asked_too_often"] * 2
    assert ask(fund, proof).json()["code"] == "asked_too_often"
    assert give(fund, proof_of(), amount=100).status_code == 201


def test_an_address_begins_ten_donations_a_day_without_paying_them(fund):
    proof = proof_of()
    answers = [give(fund, proof, amount=100 + turn) for turn in range(11)]
    assert [answer.status_code for answer in answers] == [201] * 10 + [400]
    assert answers[10].json()["code"] == "asked_too_often"
    assert Donation.objects.count() == 10
    Donation.objects.filter(amount=100).update(state=DonationState.PROCESSING)
    assert give(fund, proof, amount=200).status_code == 201
    assert give(fund, proof_of(STRANGER), NOBODY, email=STRANGER).status_code == 201


def test_an_address_asks_and_gives_in_two_names_a_day(fund):
    proof = proof_of(STRANGER)
    assert ask(fund, proof).json()["code"] == give(fund, proof, NOBODY, email=STRANGER).json().get("code", "told") == "told"
    third = NOBODY | {"given_name": "Paul"}
    assert ask(fund, proof, third).json()["code"] == "asked_too_often"
    assert give(fund, proof, third, email=STRANGER).json()["code"] == "asked_too_often"
    assert [ask(fund, proof, who).json()["code"] for who in (WHO, NOBODY)] == ["told"] * 2


# what stays


def test_who_is_forgotten_leaves_no_proof(fund):
    person = make_person(email=CLAIRE, given_name="Claire", family_name="Dumontel")
    assert give(fund, proof_of()).status_code == 201
    erase_donor(person.pk, now())
    donor = Donor.objects.get()
    assert (donor.email, donor.person, AddressProof.objects.count()) == ("", None, 0)
    assert donor.identity is not None


def test_two_records_joined_keep_one_cap(fund):
    net = make_network()
    here = net.country.area("0101")
    kept, absorbed = make_person(area=here, email=CLAIRE), make_person(area=here, email=STRANGER)
    donors = [make_donor(person=person, proved_at=now(), email=email) for person, email in ((kept, CLAIRE), (absorbed, STRANGER))]
    for donor in donors:
        make_donation(fund, amount=100_000, state=DonationState.SETTLED, donor=donor)

    def left():
        return allowances(Whose([donors[0].identity_id], proven=True), fund=fund, today=in_days())[0].remaining

    assert left() == 550_000
    organiser = net.organiser()
    merge = people.merge_people(kept_id=kept.pk, absorbed_id=absorbed.pk, values={}, by=organiser, now=now())
    assert set(Donor.objects.values_list("person", flat=True)) == {kept.pk}
    assert left() == 550_000
    people.take_apart(merge_id=merge.pk, by=organiser, now=now())
    assert set(Donor.objects.values_list("person", flat=True)) == {kept.pk, absorbed.pk}
    assert left() == 550_000
