"""The letters that messaging itself writes, and the plain twin of any letter."""

from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from maillage.kernel.sealing import keyed_hash, seal, unseal
from maillage.messaging.domain import Button, Facts, Heading, Letter, Paragraph, Prose, Quiet
from maillage.messaging.services.compose import compose

texts = st.text(alphabet=st.characters(exclude_categories=("C",)), min_size=1, max_size=60)
blocks = st.one_of(
    st.builds(Paragraph, texts),
    st.builds(Heading, texts),
    st.builds(Quiet, texts),
    st.builds(Facts, st.tuples(st.tuples(texts, texts))),
    st.builds(Button, label=texts, url=texts.map(lambda text: f"https://campaign.example/?q={text}")),
)


@given(st.lists(blocks, min_size=1, max_size=5))
def test_the_plain_twin_says_all_that_the_letter_says(several: list[Paragraph]) -> None:
    letter = Letter(subject="Sujet", blocks=tuple(several))
    rendered = compose(letter, language="fr")
    for block in several:
        assert block.plain().strip() in rendered.text
    assert "<p" not in rendered.text or any("<p" in block.plain() for block in several)


@given(texts)
def test_html_is_never_made_of_what_people_typed(text: str) -> None:
    rendered = compose(
        Letter(subject=text, blocks=(Paragraph(f"<script>{text}"),)), language="fr", stop_url="https://x.example", stop_title=text
    )
    assert "<script>" not in rendered.html
    assert "\n" not in rendered.subject


def test_prose_keeps_its_source_in_plain_and_its_html_in_html() -> None:
    rendered = compose(Letter(subject="S", blocks=(Prose("**Oui**", "<p><strong>Oui</strong></p>"),)), language="fr")
    assert "**Oui**" in rendered.text
    assert "<strong>Oui</strong>" in rendered.html


def test_the_foot_says_why_and_how_to_stop() -> None:
    with translation.override("en"):
        rendered = compose(Letter(subject="S", blocks=()), language="en", stop_url="https://x.example/stop", stop_title="briefs")
    for face in (rendered.text, rendered.html):
        assert "briefs" in face
        assert "https://x.example/stop" in face
        assert "/en/privacy/" in face


@given(st.text(max_size=80))
def test_what_is_sealed_is_read_again_and_by_nobody_else(text: str) -> None:
    sealed = seal(text)
    assert unseal(sealed) == text
    if len(text) > 3:
        assert text.encode() not in sealed


def test_a_hash_depends_on_its_purpose() -> None:
    assert keyed_hash("a@b.example", purpose="suppression") == keyed_hash("a@b.example", purpose="suppression")
    assert keyed_hash("a@b.example", purpose="suppression") != keyed_hash("a@b.example", purpose="other")
