"""The catalogues hold every text of the server, in each language, with the same places to fill."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

LOCALE = Path(settings.LOCALE_PATHS[0])
BACKEND = LOCALE.parent
ENTRY = re.compile(
    r'((?:^#.*\n)*)(?:^msgctxt "(?P<context>.*)"\n)?^msgid "(?P<id>.+)"\n(?:^msgid_plural "(?P<plural>.*)"\n)?(?P<text>(?:^msgstr.*\n?)+)',
    re.M,
)
FILLED = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")
needs_gettext = pytest.mark.skipif(shutil.which("xgettext") is None, reason="gettext is not installed")


def entries(language: str) -> dict[tuple[str, str], tuple[str, list[str]]]:
    """Read a catalogue: (context, msgid) to (plural, texts)."""
    source = (LOCALE / language / "LC_MESSAGES" / "django.po").read_text()
    return {
        (found["context"] or "", found["id"]): (found["plural"] or "", re.findall(r'^msgstr(?:\[\d\])? "(.*)"$', found["text"], re.M))
        for found in ENTRY.finditer(source)
    }


@pytest.mark.parametrize("language", ["fr", "en"])
def test_nothing_is_untranslated_or_doubtful(language: str) -> None:
    source = (LOCALE / language / "LC_MESSAGES" / "django.po").read_text()
    assert "#, fuzzy" not in source
    assert "#~" not in source
    assert [key for key, (_plural, texts) in entries(language).items() if not texts or not all(texts)] == []


def test_both_languages_hold_the_same_texts() -> None:
    assert entries("fr").keys() == entries("en").keys()
    assert len(entries("fr")) > 100


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_translation_fills_the_same_places(language: str) -> None:
    for (_context, msgid), (plural, texts) in entries(language).items():
        wanted = set(FILLED.findall(msgid)) | set(FILLED.findall(plural))
        for text in texts:
            assert set(FILLED.findall(text)) <= wanted, text
        assert set().union(*(FILLED.findall(text) for text in texts)) == wanted, msgid


def test_french_puts_no_break_before_its_double_signs() -> None:
    texts = [text for _plural, texts in entries("fr").values() for text in texts]
    assert [text for text in texts if re.search(r" [:;?!»€](?:\s|$)|« ", text)] == []


@needs_gettext
def test_every_text_of_the_code_is_in_the_catalogues(tmp_path: Path) -> None:
    """Extract again, as `makemessages` does, and compare."""
    shutil.copytree(LOCALE, tmp_path / "locale", ignore=shutil.ignore_patterns("*.mo"))
    for room in ("config", "maillage", "templates"):
        shutil.copytree(BACKEND / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    script = "from django.conf import settings; settings.configure(); import django; django.setup();"
    script += "from django.core.management import call_command;"
    script += "call_command('makemessages', locale=['en'], no_location=True, no_wrap=True, verbosity=0)"
    subprocess.run([sys.executable, "-c", script], cwd=tmp_path, check=True, capture_output=True)
    source = (tmp_path / "locale" / "en" / "LC_MESSAGES" / "django.po").read_text()
    wanted = {((found["context"] or ""), found["id"]) for found in ENTRY.finditer(source.split("#~", 1)[0])}
    known = set(entries("en"))
    assert wanted - known == set(), "run `python manage.py makemessages` and translate"
    assert known - wanted == set(), "texts that the code no longer says"
