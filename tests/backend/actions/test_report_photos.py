"""The photo that comes with a report: drawn anew, for whoever may read the report, gone when somebody says so or its time is over."""

import base64
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from maillage.actions import services
from maillage.actions.domain import PHOTO_SIDE, PHOTOS_KEPT
from maillage.actions.models import Assignment, ReportPhoto
from maillage.actions.selectors.own import answers_of
from maillage.actions.services.erasure import erase_answers
from maillage.kernel.clock import now
from maillage.people.models import Person
from tests.backend.accounts.factories import make_user, sign_in
from tests.backend.actions.factories import assignment_of, make_launched
from tests.backend.kernel.test_images import bomb, sent
from tests.backend.relays.factories import SmallNetwork, make_holder

API = "/api/v1/actions/assignments"


@pytest.fixture
def asked(net: SmallNetwork) -> tuple[Assignment, Person]:
    """A relay who was asked just now."""
    _, holder = make_holder(net.seat("0101"))
    return assignment_of(make_launched(net), "0101"), holder


def report(client, assignment: Assignment, picture: bytes | None = None, **said: object):
    photo = {"photo": base64.b64encode(picture).decode()} if picture else {}
    body = {"met": "staff", **photo, **said}
    return client.post(f"{API}/{assignment.pk}/report/", data=body, content_type="application/json")


def from_a_telephone() -> bytes:
    told = Image.Exif()
    told[0x010F] = "Marque de test"
    told.get_ifd(0x8825)[2] = (48.0, 51.0, 24.0)
    return sent(size=(2600, 1300), exif=told, comment=b"chez moi")


def test_it_says_no_place_and_no_device_and_stays_as_small_as_it_needs(client, asked):
    assignment, holder = asked
    sign_in(client, holder.user)
    path = report(client, assignment, from_a_telephone()).json()["report"]["photo"]
    answer = client.get(path)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/jpeg", "private, no-cache")
    assert client.get(path, headers={"if-none-match": answer["ETag"]}).status_code == 304
    drawn = Image.open(BytesIO(answer.content))
    assert (drawn.size, dict(drawn.getexif()), "icc_profile" in drawn.info) == ((PHOTO_SIDE, PHOTO_SIDE // 2), {}, False)
    for told in (b"Marque", b"chez moi", b"Exif"):
        assert told not in answer.content
    assert report(client, assignment, quote="Sans autre photo.").json()["report"]["photo"] == path
    assert report(client, assignment, sent(), quote="Sans autre photo.").json()["report"]["photo"] != path
    assert ReportPhoto.objects.count() == 1


@pytest.mark.parametrize(("picture", "code"), [(bomb(), "image_too_large"), (b"<svg/>", "image_unreadable")])
def test_what_is_no_picture_of_a_telephone_is_refused_and_nothing_reported(client, asked, picture: bytes, code: str):
    assignment, holder = asked
    sign_in(client, holder.user)
    answer = report(client, assignment, picture)
    assert (answer.status_code, answer.json()["code"], list(answer.json()["fields"])) == (400, code, ["photo"])
    assert report(client, assignment, photo="no base64!").json()["code"] == "image_unreadable"
    assert list(report(client, assignment, photo="A" * 2_100_000).json()["fields"]) == ["photo"]
    assignment.refresh_from_db()
    assert (assignment.answer, ReportPhoto.objects.count()) == ("waiting", 0)


def test_it_is_seen_and_taken_out_by_who_sent_it_and_who_organises_the_place(net: SmallNetwork, client, asked):
    assignment, holder = asked
    address = f"{API}/{assignment.pk}/report/photo/"
    above, beside, member = net.organiser("department", "01"), net.organiser("department", "02"), make_user()
    for user in (holder.user, above):
        sign_in(client, holder.user)
        report(client, assignment, sent())
        for other in (member, beside):
            sign_in(client, other)
            assert (client.get(address).status_code, client.delete(address).status_code) == (404, 404)
        sign_in(client, above)
        board = client.get(f"/api/v1/actions/{assignment.action_id}/board/").json()
        assert next(line["report"]["photo"] for line in board["assignments"] if line["id"] == str(assignment.pk)).startswith(address)
        sign_in(client, user)
        assert client.get(address).status_code == 200
        assert (client.delete(address).status_code, client.get(address).status_code, client.delete(address).status_code) == (204, 404, 204)
    assert client.get(f"{API}/{assignment.pk}/").json()["report"]["met"] == "staff"


def test_it_goes_with_who_asks_to_be_forgotten_and_a_year_after_the_action(asked):
    assignment, holder = asked
    who = {"assignment_id": assignment.pk, "author_id": holder.pk, "met": "staff"}
    services.report_assignment(**who, photo=sent(), now=now())
    told = answers_of(holder.pk)["report_photos"]
    assert base64.b64decode(told[0]["jpeg_base64"]) == bytes(ReportPhoto.objects.get().jpeg)
    erased_at = now()
    erase_answers(holder.pk, erased_at)
    assert not ReportPhoto.objects.exists()
    assignment.refresh_from_db()
    assert assignment.changed_at == erased_at  # an open board hears of it
    services.report_assignment(**who, photo=sent(), now=now())
    ends_at = assignment.action.ends_at
    assert services.forget_photos(now=ends_at + PHOTOS_KEPT - timedelta(seconds=1)) == 0
    assert services.forget_photos(now=ends_at + PHOTOS_KEPT) == 1
    assignment.refresh_from_db()
    assert assignment.changed_at == ends_at + PHOTOS_KEPT
