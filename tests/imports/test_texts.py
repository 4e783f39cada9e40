"""Personal data never enter: what is taken for an address or a telephone number, and what is not."""

import pytest

from analysis.imports.texts import read_actor, read_text
from analysis.imports.words import Unreadable

HIDDEN = {
    "Fragen an a.b@example.org": "Fragen an …",
    "a.b(at)example.org": "…",
    "Tel. 0341 123-4567": "…",
    "Tel.: 0341/1234567, abends": "…, abends",
    "+49 (341) 1234567": "…",
    "Handy 0170 1234567": "…",
}
KEPT = (
    "07.09.2018 - 09.09.2018",
    "2018-09-07",
    "07-09-2018",
    "Beschluss VII-DS-01264",
    "20.000 Gäste, 1.000.000 Euro",
    "Zimmer 012",
    "@Stadtfest",
    "PLZ 04109 Leipzig",
)


@pytest.mark.parametrize(("text", "shown"), HIDDEN.items())
def test_addresses_and_numbers_are_left_out(text, shown):
    assert read_text(text) == (shown, "personal-cell")


@pytest.mark.parametrize("text", KEPT)
def test_dates_papers_and_sums_are_kept(text):
    assert read_text(text) == (text, "")


def test_a_text_is_one_line_without_control_characters():
    assert read_text("Chor\n und \x07 Orgel") == ("Chor und Orgel", "")
    assert read_text(" – ".strip()) == (None, "")


def test_a_person_is_no_actor():
    assert read_actor("Frau Dr. Erfunden") == (None, "personal-name")
    for person in ("Hr. Erfunden", "Fr. Erfunden", "Dr. E. Erfunden", "Prof. Erfunden", "Herrn Erfunden"):
        assert read_actor(person) == (None, "personal-name")
    assert read_actor("Dr.-Erfunden-Schule") == ("Dr.-Erfunden-Schule", "")
    assert read_actor("Frauenchor e. V.") == ("Frauenchor e. V.", "")


@pytest.mark.parametrize(("text", "code"), {"=A1": "formula", "Stra\ufffde": "lost-letter"}.items())
def test_what_cannot_be_read_is_told(text, code):
    with pytest.raises(Unreadable) as error:
        read_text(text)
    assert error.value.code == code
