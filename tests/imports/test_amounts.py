"""Numbers, euros, yes and no as offices write them; what they mean is read off the page."""

import pytest

from analysis.imports.amounts import read_amount, read_count, read_yes
from analysis.imports.words import Unreadable

AMOUNTS = {
    "1.234,50 €": (1234.5, ""),
    "1,234.50": (1234.5, ""),
    "1234,5": (1234.5, ""),
    "1 234,50": (1234.5, ""),
    "1'234.50": (1234.5, ""),
    "12.345.678,90": (12345678.9, ""),
    "EUR 500": (500, ""),
    "500 Euro": (500, ""),
    "500,-": (500, ""),
    "500,– €": (500, ""),
    "1.234": (1234, ""),  # euros have two decimals, so three digits are thousands
    "0,333": (0.33, "rounded"),
    "333.3330": (333.33, "rounded"),
    "1,5 T€": (1500, ""),
    "2 Mio. €": (2_000_000, ""),
    "rd. 1.200 €": (1200, "approximate"),
    "0": (0, ""),
    "–": (None, ""),
    "k. A.": (None, ""),
    "": (None, ""),
    "-5": "number-negative",
    "50-60": "number-range",
    "über 100": "number-bound",
    "50+": "number-bound",
    "12 USD": "currency",
    "2.000 DM": "currency",
    "viel": "number-unclear",
    "1.23.4": "number-unclear",
    "1e5": "number-unclear",
    "9" * 20: "number-large",
    "=A1*2": "formula",
    "#WERT!": "error-cell",
}
COUNTS = {
    "50": (50, ""),
    "ca. 50": (50, "approximate"),
    "~30": (30, "approximate"),
    "1.200": (1200, ""),
    "40 Schülerinnen": (40, ""),
    "50 TN": (50, ""),
    "k. A.": (None, ""),
    "12,5": "number-part",
    "zehn": "number-unclear",
}
YES = {"ja": True, "Ja": True, "x": True, "yes": True, "true": True, "nein": False, "N": False, "0": False}


def check(read, text, meaning):
    if isinstance(meaning, tuple):
        assert read(text) == meaning
    else:
        with pytest.raises(Unreadable) as error:
            read(text)
        assert error.value.code == meaning


@pytest.mark.parametrize(("text", "meaning"), AMOUNTS.items())
def test_an_amount_is_read_or_refused(text, meaning):
    check(read_amount, text, meaning)


@pytest.mark.parametrize(("text", "meaning"), COUNTS.items())
def test_a_number_of_people_is_read_or_refused(text, meaning):
    check(read_count, text, meaning)


@pytest.mark.parametrize(("text", "meaning"), {**YES, "": None, "k. A.": None}.items())
def test_yes_and_no(text, meaning):
    assert read_yes(text) is meaning


def test_perhaps_is_neither():
    with pytest.raises(Unreadable) as error:
        read_yes("vielleicht")
    assert error.value.code == "yes-no"
